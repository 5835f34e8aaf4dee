from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "kordon.network"
    label = "network"
