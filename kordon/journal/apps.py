import gc

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# A batch of entries makes tens of thousands of objects that are gone with it. Looking for cycles
# among them after every 700, as is usual, costs headquarters a fifth of its time.
COLLECT_AFTER, SEVERAL = 20_000, 10


class JournalConfig(AppConfig):
    name = "kordon.journal"
    label = "journal"

    def ready(self) -> None:
        gc.set_threshold(COLLECT_AFTER, SEVERAL, SEVERAL)
        # Facts first, so that what applies them finds them; commands and queries, so that
        # every right there is can be listed.
        autodiscover_modules("facts", "apply", "commands", "queries", "reactions", "duties")
