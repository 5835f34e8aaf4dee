from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    name = "kordon.journal"
    label = "journal"

    def ready(self) -> None:
        # Facts first, so that what applies them finds them; commands and queries, so that
        # every right there is can be listed.
        autodiscover_modules("facts", "apply", "commands", "queries", "reactions", "duties")
