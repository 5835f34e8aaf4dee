from importlib import import_module

from django.apps import AppConfig


class WatchlistConfig(AppConfig):
    name = "kordon.watchlist"
    label = "watchlist"

    def ready(self) -> None:
        # Its rows stand outside the journal, so its model stands outside ``models``.
        import_module("kordon.watchlist.scratch")
