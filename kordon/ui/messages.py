"""One catalogue of words for the whole house, in ``locale/``.

    python -m kordon.ui.messages                collect from code and pages, and compile
    python -m kordon.ui.messages --check        fail where Russian is missing or a file is stale
    python -m kordon.ui.messages --missing ru   print what has no translation yet

Babel does the work, so GNU gettext need not be installed. Pages are made readable to it by
Django's own ``templatize``, the way ``makemessages`` does it.
"""

import ast
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCALE = HERE / "locale"
LANGUAGES = ("ru", "kk", "ky", "tg", "tk", "uz")
COMPLETE = ("ru",)  # what officers work in must be whole; the others serve travellers' papers
SKIPPED = {"tests", "migrations", "node_modules", "static", "assets"}

# As in Django's own catalogues: one differing from theirs would count in another way.
PLURALS = {
    "ru": (
        "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
        " && (n%100<12 || n%100>14) ? 1 : n%10==0"
        " || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
    ),
    "kk": "nplurals=2; plural=(n!=1);",
    "ky": "nplurals=1; plural=0;",
    "tg": "nplurals=2; plural=(n != 1);",
    "tk": "nplurals=2; plural=(n != 1);",
    "uz": "nplurals=1; plural=0;",
}
CALLS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CALLS |= {f"{name}_lazy": places for name, places in CALLS.items() if name != "_"}
CALLS["gettext_noop"] = None
RENAMED = re.compile(r"\b(\w*gettext\w*) as (\w+)")
SENTENCE = re.compile(r"[A-Z].* .*[.?!]")
PLACES = re.compile(r"%(?:\((\w+)\))?[sdrf]|%%|\{\w*\}")
# Header lines that would change with every collecting, or say nothing.
CHANGING = ("POT-", "PO-Rev", "Generated-By", "Last-Tr", "Report-", "Project-", "Language-Team")


def main(arguments: list[str]) -> int:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    if arguments == ["--check"]:
        return check()
    if len(arguments) == 2 and arguments[0] == "--missing":
        return print_missing(arguments[1])
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    return collect()


def collect() -> int:
    """Bring every catalogue up to what code and pages say now, and compile it."""
    template = found()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        po_of(language).write_text(as_text(catalogue), encoding="utf-8")
        mo_of(language).write_bytes(compiled(catalogue))
        done = sum(1 for message in words_of(catalogue) if is_translated(message))
        print(f"{language}: {done} of {len(template)} translated")
    return 0


def check() -> int:
    """Say what is missing, broken or stale; 1 if anything is."""
    template = found()
    wrong: list[str] = []
    for language in LANGUAGES:
        catalogue = read(language)
        if language in COMPLETE:
            wrong += [
                f"{language}: not translated: {name}" for name in lacking(template, catalogue)
            ]
        wrong += [f"{language}: placeholders differ: {name}" for name in broken(catalogue)]
        if is_stale(language, catalogue):
            wrong.append(f"{language}: {mo_of(language).relative_to(ROOT)} is stale")
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        print("Run: python -m kordon.ui.messages, and translate what is missing.", file=sys.stderr)
    else:
        print(f"{len(template)} messages; {', '.join(COMPLETE)} complete, compiled files current.")
    return 1 if wrong else 0


def print_missing(language: str) -> int:
    """Entries without a translation, as a small .po that may be filled in and pasted back."""
    template, catalogue = found(), read(language)
    for message in words_of(template):
        known = catalogue.get(message.id, message.context)
        if known is None or not is_translated(known):
            print(f"{message.context or ''}\t{message.id!r}")
    return 0


def found() -> Catalog:
    """Every message of every app, with the files it stands in."""
    template = Catalog(project="Kordon", charset="utf-8")
    for path in sources():
        where = path.relative_to(ROOT).as_posix()
        for message, comments, context in messages_in(path):
            template.add(message, locations=[(where, 0)], auto_comments=comments, context=context)
    return template


def sources() -> list[Path]:
    inside = (
        path for path in (ROOT / "kordon").rglob("*") if path.suffix in {".py", ".html", ".txt"}
    )
    return sorted(
        path
        for path in inside
        if not SKIPPED & set(path.relative_to(ROOT).parts)
        and (path.suffix == ".py" or "templates" in path.parts)
    )


def messages_in(path: Path) -> Iterator[tuple[Any, list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is left of a page is calls among X's; indentation would confuse Python's tokenizer.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    source = BytesIO(text.encode())
    renamed = {new: CALLS[name] for name, new in RENAMED.findall(text) if name in CALLS}
    found_here = extract("python", source, CALLS | renamed, ["Translators:"], {"encoding": "utf-8"})
    for _line, message, comments, context in found_here:
        yield message, comments, context
    if path.suffix == ".py":
        for sentence in refusals_in(text):
            yield sentence, [], None


def refusals_in(text: str) -> Iterator[str]:
    """Sentences of rules: ``raise SameOfficer("Another officer must …")``.

    Rules know no framework and cannot mark their words; they are translated where they are shown.
    """
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            first = node.exc.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                sentence = first.value
                if SENTENCE.fullmatch(sentence):
                    yield sentence


def read(language: str) -> Catalog:
    """The catalogue of a language; a new one with Django's plural forms if there is none."""
    path = po_of(language)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        header = f'Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"'
        path.write_text(
            f'msgid ""\nmsgstr ""\n"{header}Plural-Forms: {PLURALS[language]}\\n"\n',
            encoding="utf-8",
        )
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def as_text(catalogue: Catalog) -> str:
    file = BytesIO()
    write_po(file, catalogue, width=100, sort_output=True, include_lineno=False, omit_header=False)
    lines = file.getvalue().decode().splitlines()
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in CHANGING))]
    start = next(i for i, line in enumerate(kept) if line.startswith("msgid"))
    title = f"# Kordon in {catalogue.locale_identifier}. Written by python -m kordon.ui.messages."
    return "\n".join([title, *kept[start:]]).rstrip() + "\n"


def compiled(catalogue: Catalog) -> bytes:
    whole = deepcopy(catalogue)
    for message in words_of(catalogue):
        if not is_translated(message):  # Babel would write plurals in English, counted as here
            whole.delete(message.id, message.context)
    file = BytesIO()
    write_mo(file, whole)
    return file.getvalue()


def is_stale(language: str, catalogue: Catalog) -> bool:
    """Whether the compiled file says anything else than the catalogue does."""
    if not mo_of(language).exists():
        return True
    with mo_of(language).open("rb") as file:
        return told(read_mo(file)) != told(catalogue)


def told(catalogue: Catalog) -> dict[Any, Any]:
    """What is translated, and how. Babel reads lists and bytes from .mo, tuples, text from .po."""
    return {
        (plain(message.id), plain(message.context)): plain(message.string)
        for message in words_of(catalogue)
        if is_translated(message)
    }


def plain(text: Any) -> Any:
    if isinstance(text, bytes):
        return text.decode()
    return tuple(text) if isinstance(text, list) else text


def words_of(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return bool(strings) and all(strings) and not message.fuzzy


def lacking(template: Catalog, catalogue: Catalog) -> list[str]:
    """What the code says and the catalogue does not."""
    return [
        repr(message.id)
        for message in words_of(template)
        if (known := catalogue.get(message.id, message.context)) is None or not is_translated(known)
    ]


def broken(catalogue: Catalog) -> list[str]:
    """Translations that lost or invented a placeholder."""
    return [repr(m.id) for m in words_of(catalogue) if is_translated(m) and not keeps_places(m)]


def keeps_places(message: Message) -> bool:
    ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    allowed = [places(text or "") for text in ids]
    return all(places(text or "") in allowed for text in strings)


def places(text: str) -> list[str]:
    return sorted(found.group() for found in PLACES.finditer(text))


def po_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def mo_of(language: str) -> Path:
    return po_of(language).with_suffix(".mo")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
