from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NetworkConfig(AppConfig):
    name = "kordon.network"
    label = "network"

    def ready(self) -> None:
        # What rooms add to the report of a post, and to the figures for monitoring.
        autodiscover_modules("reports", "figures")
