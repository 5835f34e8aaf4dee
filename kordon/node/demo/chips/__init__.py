"""Specimens with a chip, and the authority of Utopia that the demonstration believes.

The files beside this were made once by ``demo/tests/make_chips.py``; nobody has their keys.
"""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

from kordon.border.commands import DocumentRead, hand_in_reading
from kordon.journal.actor import Actor
from kordon.lib.traveldocs.chip import name_file
from kordon.node.demo import cast, seals
from kordon.node.demo.founding import seeder
from kordon.node.demo.seals import seal_of
from kordon.trust.commands import approve_change_at_console, offer_certificates

FOLDER = Path(__file__).resolve().parent
CARDS = {card.key: card for card in (cast.CHIP, cast.CHIP_CHANGED)}
READ = CARDS | seals.CARDS
"""Specimens that the booth's reader reads: a chip, or the seal of a visa."""
GROUND = "Made up for the demonstration; Utopia is the state of specimens."


def believe_utopia() -> None:
    """Put the invented authority into the trust store; the record says that nobody looked."""
    change = uuid5(NAMESPACE_URL, "kordon:demo:trust")
    file = ("csca.cer", (FOLDER / "csca.cer").read_bytes())
    offer_certificates(by=seeder(), change=change, source="bilateral", file=file, ground=GROUND)
    approve_change_at_console(by=seeder(), change=change)


def lay_on_reader(key: str, by: Actor) -> bool:
    """Hand in a specimen as the reader of the officer's booth would; False without a booth."""
    if not by.booth:
        return False
    read = DocumentRead(mrz=READ[key].mrz, files=_files(key), seal=seal_of(key))
    reader = Actor(id=by.id, name=by.name, post=by.post, agency=by.agency, rights=seeder().rights)
    hand_in_reading(by=reader, reading=uuid4(), booth=by.booth, read=read)
    return True


def _files(key: str) -> tuple[tuple[str, bytes], ...]:
    if key not in CARDS:
        return ()
    named = ((name_file(file.name), file.read_bytes()) for file in (FOLDER / key).iterdir())
    return tuple(pair for pair in named if pair[0])
