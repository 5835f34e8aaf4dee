"""What may be written down: bounded text of characters that every database keeps."""

from kordon.border.rules.refusals import BadCharacter, TextTooLong
from kordon.journal.refusal import Refusal

MAX_TEXT = 10_000


def check_text(text: str, *, needed: type[Refusal] | None = None) -> str:
    """The text without blanks around it. Raises ``needed`` if empty, ``TextTooLong``."""
    text = text.strip()
    if needed is not None and not text:
        raise needed("Say it in words.")
    if len(text) > MAX_TEXT:
        raise TextTooLong("At most 10,000 characters.")
    check_characters("text", text)
    return text


def check_characters(name: str, text: str) -> None:
    """Raises ``BadCharacter`` for NUL and for half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadCharacter(name) from error
    if "\x00" in text:
        raise BadCharacter(name)
