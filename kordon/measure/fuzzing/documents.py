"""Parsers of machine readable zones, names and typed text (``kordon.lib.traveldocs``)."""

import json
from dataclasses import replace

from kordon.lib import traveldocs as t
from kordon.lib.traveldocs import crosscheck as c
from kordon.measure.fuzzing.mutating import change_words
from kordon.measure.fuzzing.parser import ACCEPTED, ON, REFUSED, Parser, text_of
from kordon.measure.fuzzing.zones import STRANGE, change_zone


def _said(valid: bool) -> str:
    return ACCEPTED if valid else REFUSED


def _zone(octets: bytes) -> str:
    reading = t.read_mrz(text_of(octets), on=ON)
    return _said(reading.valid)


def _every_field(octets: bytes) -> str:
    """Everything that can be asked of a zone; typed with any keyboard, among other characters."""
    reading = t.read_mrz(text_of(octets), on=ON)
    json.dumps(t.to_json(reading))
    t.find_state(reading.issuer)
    c.record_of(c.Source.ZONE, reading)
    return _said(reading.valid)


def _repair(octets: bytes) -> str:
    reading = t.read_mrz(text_of(octets), on=ON)
    repair = t.repair_mrz(reading)
    t.find_unseen(repair.reading or reading)
    json.dumps(t.repair_to_json(repair))
    return str(repair.outcome).lower()


def _name(octets: bytes) -> str:
    """The name of a table, and in the second line a name."""
    table, _, name = text_of(octets).partition("\n")
    made = t.transliterate(name, t.find_table(table))
    t.check_digit(made)
    return ACCEPTED


def _table(octets: bytes) -> str:
    table = t.read_table(text_of(octets))
    t.transliterate("".join(list(table.letters)[:100]), table)
    return ACCEPTED


def _typed(octets: bytes) -> str:
    """Lines as a person types them beside a zone: names, number, codes, sex; and a zone."""
    surname, given, number, code, state, sex, *zone = (text_of(octets) + "\n" * 6).split("\n")
    reading = t.read_mrz("\n".join(zone), on=ON)
    printed = c.record_of(c.Source.ZONE, reading)
    typed = c.Record(
        source=c.Source.TYPED,
        surname=surname,
        given_names=given,
        number=number,
        document_code=code,
        issuer=state,
        nationality=state,
        births=reading.births,
        sex=sex,
    )
    said = c.cross_check([printed, typed, replace(typed, source=c.Source.EARLIER, cut=True)])
    json.dumps(c.to_json(said))
    return "disagreements" if said.findings else "agrees"


_WORDS = (*STRANGE, "\n", " ", "-", "'", ",", "Ң", "ё", "ß", "Æ", "ا", "ّ", "ة", "\u0301", "\u200d")
_change_text = change_words([each.encode("utf-8", "surrogatepass") for each in _WORDS])
_TOML = ("[letters]", '"', "'''", '"""', "{", "}", "[", "]", "=", "#", "usual", "after", "first")
_change_table = change_words(
    [each.encode() for each in (*_TOML, "\\u0000", "1e9", "true", "through", "ß", "Ж", "\n", ".")]
)

PARSERS = (
    Parser(
        name="mrz",
        tries=_zone,
        change=change_zone,
        covers=(t.read_mrz,),
        vectors=("mrz/mrz_corpus.jsonl",),
    ),
    Parser(
        name="mrz-wedge",
        tries=_every_field,
        change=change_zone,
        covers=(t.read_mrz, t.to_json, t.find_state, c.record_of),
    ),
    Parser(
        name="mrz-repair",
        tries=_repair,
        change=change_zone,
        covers=(t.repair_mrz, t.find_unseen, t.repair_to_json),
        vectors=("mrz/mrz_corpus.jsonl",),
        seeds="mrz",
    ),
    Parser(
        name="names",
        tries=_name,
        refuses=(t.MRZError,),
        change=_change_text,
        covers=(t.transliterate, t.find_table, t.check_digit),
    ),
    Parser(
        name="letters",
        tries=_table,
        refuses=(t.MRZError,),
        change=_change_table,
        covers=(t.read_table,),
    ),
    Parser(
        name="typed",
        tries=_typed,
        change=_change_text,
        covers=(c.cross_check, c.to_json),
    ),
)
