"""What commands that need no framework say alike: of files that cannot be read, of days."""

import argparse
from datetime import date


def sentence(error: Exception) -> str:
    """What went wrong, with the name of the file if there was one."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {(error.strerror or str(error)).lower()}."
    return str(error) or type(error).__name__


def day(text: str) -> date:
    """The day of an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it as 2026-11-26") from None
