"""Damaged input never leaks an exception, and never loses a row without saying so."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kordon.watchlist.sources import FORMATS, SourceError, pack, read
from kordon.watchlist.tests.conftest import un_list, un_person
from kordon.watchlist.tests.test_sources import TABLE, sdn, sheet

GOOD = {
    "un": un_list(un_person(), un_person("XXi.002")),
    "ofac": (sdn() + sdn(37)).encode(),
    "ofac-zip": pack({"sdn.csv": sdn().encode(), "alt.csv": b'36,1,"aka","X",-0- \n'}),
    "opensanctions": b"id,schema,name,aliases,birth_date,countries,identifiers\nQ,Person,A,,1,,\n",
    "ftm": b'{"id":"a","schema":"Person","properties":{"name":["A"],"birthDate":["1974"]}}\n',
    "table": TABLE.encode("cp1251"),
    "table-xlsx": sheet(["name", "birth date"], ["Anna", "1974"]),
}
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
INTERESTING = [b'"', b"\x00", b"\xff", b"<", b"&", b"]]>", b"{", b"\\", b";", b"\n", b"\xd0",
               b"9" * 400, b"<a>" * 40, b'"\n' * 60, b"-", b"\x1a", b"\r"]  # fmt: skip


def survives(format, content):
    """Records and counts, or a reason that somebody foresaw."""
    try:
        parsed = read(format, content)
    except SourceError as error:
        if error.code == "unreadable":
            raise AssertionError(f"unforeseen: {error}") from error
    else:
        counted = len(parsed.records) + parsed.bad_rows
        assert parsed.rows == counted + sum(parsed.skipped.values()) + sum(parsed.joined.values())


@pytest.mark.parametrize("format", sorted(FORMATS))
@QUIET
@given(content=st.binary(max_size=400))
def test_any_bytes(format, content):
    survives(format, content)


@pytest.mark.parametrize("format", sorted(FORMATS))
@QUIET
@given(content=st.text(max_size=400))
def test_any_text(format, content):
    survives(format, content.encode(errors="surrogatepass"))


@pytest.mark.parametrize("sample", sorted(GOOD))
@QUIET
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, 3000), st.integers(0, 40), st.sampled_from(INTERESTING)),
        max_size=4,
    )
)
def test_a_good_file_damaged(sample, cuts):
    content = GOOD[sample]
    for at, length, instead in cuts:
        at %= len(content) + 1
        content = content[:at] + instead + content[at + length :]
    survives(sample.partition("-")[0], content)


@QUIET
@given(
    part=st.sampled_from(
        ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml",
         "xl/_rels/workbook.xml.rels"]
    ),
    at=st.integers(0, 3000),
    instead=st.sampled_from([*INTERESTING, b"ZZZZZ9", b"1e999", b"s", b"-1", "٣".encode()]),
)  # fmt: skip
def test_a_part_of_a_workbook_damaged(part, at, instead):
    source = zipfile.ZipFile(io.BytesIO(GOOD["table-xlsx"]))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                place = at % len(content)
                content = content[:place] + instead + content[place + len(instead) :]
            archive.writestr(name, content)
    survives("table", target.getvalue())
