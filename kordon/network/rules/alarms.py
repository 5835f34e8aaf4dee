"""What is said when an alarm is acknowledged."""

from kordon.journal.refusal import Refusal

LONGEST_NOTE = 500


class NoteMissing(Refusal):
    """Nothing was said, or too much."""

    code = "note_missing"


def check_note(note: str) -> str:
    """The note as it is kept. Raises ``NoteMissing``."""
    note = " ".join(note.split())
    if not note or len(note) > LONGEST_NOTE:
        raise NoteMissing("Say in at most 500 letters what is being done.")
    return note
