from importlib import import_module

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "kordon.trust"
    label = "trust"

    def ready(self) -> None:
        # Its rows stand outside the journal, so its model stands outside ``models``.
        import_module("kordon.trust.scratch")
