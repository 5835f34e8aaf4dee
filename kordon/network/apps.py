from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NetworkConfig(AppConfig):
    name = "kordon.network"
    label = "network"

    def ready(self) -> None:
        # What rooms above add to the report of a post.
        autodiscover_modules("reports")
