from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NetworkConfig(AppConfig):
    name = "kordon.network"
    label = "network"

    def ready(self) -> None:
        # What rooms add to the report of a post, and to the figures for monitoring.
        autodiscover_modules("reports", "figures")
        # What the broker adds to an enrolment.
        import_module("kordon.network.broker.enrolling")
