"""Every row of an input is a record, a bad row, or counted; words become values."""

import io
import zipfile
from dataclasses import fields
from datetime import date

import pytest
from openpyxl import Workbook

from kordon.watchlist.sources import (
    BadRow,
    Kind,
    Options,
    Quality,
    SourceError,
    SourceRecord,
    bad_from_lines,
    bad_to_lines,
    from_lines,
    pack,
    read,
    to_lines,
)
from kordon.watchlist.tests.conftest import un_list, un_person

SDN = '{number},"{name}","{kind}","UTO] [IFSR",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{remarks}"\r\n'
REMARKS = (
    "DOB 12 Aug 1974; alt. DOB 1975; alt. DOB circa Apr 1961; alt. DOB 1968 to 1969; "
    "POB Zenith, Utopia; nationality Kyrgyzstan; citizen Korea, North; Gender Female; "
    "Passport L898902C3 (Kyrgyzstan) issued 2 May 2016 expires 1 May 2026; "
    "alt. Passport Booklet: A12; Cedula No. 12 345 (Colombia); a.k.a. 'ANNIE'; "
    "Head of Protocol; Linked To: NOBODY."
)


def sdn(number=36, name="ERIKSSON, Anna Maria", kind="individual", remarks=REMARKS) -> str:
    return SDN.format(number=number, name=name, kind=kind, remarks=remarks)


def whole(parsed):
    """Nothing is lost."""
    counted = len(parsed.records) + parsed.bad_rows
    assert parsed.rows == counted + sum(parsed.skipped.values()) + sum(parsed.joined.values())
    assert list(from_lines(to_lines(parsed.records))) == sorted(
        parsed.records, key=lambda record: record.source_ref
    )
    return parsed


def test_the_uns_individuals_become_records():
    more = """<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Greta Holm; G. Holm</ALIAS_NAME>
    <DATE_OF_BIRTH>1975</DATE_OF_BIRTH></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY>
    <ALIAS_NAME>Annie</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/>
    </INDIVIDUAL_ALIAS><NAME_ORIGINAL_SCRIPT>ЭРИКССОН</NAME_ORIGINAL_SCRIPT><GENDER>Female</GENDER>
    <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1968</FROM_YEAR>
    <TO_YEAR>1970</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DATE_OF_BIRTH>
    <TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><DATE>1961-04-01</DATE></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>
    <NUMBER>Libyan passport No. 96/184442</NUMBER><ISSUING_COUNTRY>Libya</ISSUING_COUNTRY>
    </INDIVIDUAL_DOCUMENT><NATIONALITY><VALUE>former Utopia</VALUE></NATIONALITY>"""
    parsed = whole(read("un", un_list(un_person(more=more))))
    (record,) = parsed.records
    assert [(n.text, n.quality) for n in record.names] == [
        ("ANNA MARIA ERIKSSON", Quality.GOOD),
        ("ЭРИКССОН", Quality.ORIGINAL_SCRIPT),
        ("Greta Holm", Quality.GOOD),
        ("G. Holm", Quality.GOOD),
        ("Annie", Quality.WEAK),
    ]
    assert record.births == ((1974, 8, 12), (1961, 0, 0), (1975, 0, 0))
    assert record.birth_ranges == ((1968, 1970),)
    assert (record.nationalities, record.sex) == (("KGZ",), "F")
    (document,) = record.documents
    assert (document.type, document.number, document.issuer) == ("passport", "96/184442", "LBY")
    assert record.notes == ("country not known: former Utopia",)
    assert (parsed.skipped, parsed.as_of) == ({"organisation": 1}, "2026-04-19")


def test_ofacs_remarks_are_taken_apart():
    (record,) = whole(read("ofac", sdn().encode())).records
    assert [(n.text, n.quality) for n in record.names] == [
        ("Anna Maria ERIKSSON", Quality.GOOD),
        ("ANNIE", Quality.WEAK),
    ]
    assert record.births == ((1974, 8, 12), (1975, 0, 0), (1961, 0, 0))
    assert record.birth_ranges == ((1968, 1969),)
    assert record.nationalities == ("KGZ", "PRK")
    assert record.places == ("Zenith, Utopia",)
    assert [(d.type, d.number, d.issuer) for d in record.documents] == [
        ("passport", "L898902C3", "KGZ"),
        ("passport", "A12", ""),
        ("identity_card", "12 345", "COL"),
    ]
    assert record.programme == "UTO, IFSR"
    assert "Head of Protocol" in record.remarks


def test_ofacs_files_are_joined_and_every_row_is_counted():
    files = {
        "sdn.csv": sdn() + sdn(37, "NOBODY LTD", "-0- ") + sdn(38, "ARK", "vessel") + "\x1a",
        "alt.csv": '36,1,"aka","HOLM, Greta",-0- \n37,2,"aka","NB",-0- \n99,3,"aka","X",-0-\n',
        "add.csv": '36,1,-0- ,"Osh","Kyrgyzstan",-0- \r\n',
    }
    parsed = whole(read("ofac", pack({name: text.encode() for name, text in files.items()})))
    (record,) = parsed.records
    assert "Greta HOLM" in {name.text for name in record.names}
    assert "Osh, Kyrgyzstan" in record.places
    assert parsed.skipped == {"organisation": 1, "vessel": 1, "alias of organisation": 1}
    assert parsed.joined == {"alias": 1, "address": 1}
    (bad,) = parsed.bad
    assert (bad.file, bad.line, bad.code) == ("alt.csv", 3, "orphan")


def test_an_unclosed_quote_costs_one_row():
    text = sdn(1) + '2,"NEVER CLOSED,"individual"\r\n' + sdn(3)
    parsed = whole(read("ofac", text.encode()))
    assert [record.source_ref for record in parsed.records] == ["1", "3"]
    assert [bad.line for bad in parsed.bad] == [2]


def test_packing_is_repeatable():
    files = {"sdn.csv": b"1", "alt.csv": b"2"}
    assert pack(files) == pack(dict(reversed(files.items())))


def test_opensanctions_rows_become_records():
    text = (
        "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,dataset,"
        "first_seen\n"
        'Q1,Person,Anna Eriksson,"Эрикссон Анна;Annie",1974-08-12;1975,kg;us,Osh,L898902C3,EU,'
        "UN,2023-04-20T10:00:00\n"
        "Q2,Company,Nobody,,,,,,,,\n"
        "Q3,Person,,,,,,,,,\n"
    )
    parsed = whole(read("opensanctions", text.encode()))
    (record,) = parsed.records
    assert record.births == ((1974, 8, 12), (1975, 0, 0))
    assert record.nationalities == ("KGZ", "USA")
    assert (record.documents[0].number, record.listed_on) == ("L898902C3", "2023-04-20")
    assert (parsed.skipped, parsed.bad[0].code) == ({"Company": 1}, "no_name")


def test_ftm_entities_become_records_and_passports_join_their_holders():
    lines = b"""{"id":"a","schema":"Person","properties":{"name":["Anna Eriksson"],
"birthDate":["1974-08"],"nationality":["kg"],"gender":["female"],"passportNumber":["X1"]}}
{"id":"p","schema":"Passport","properties":{"holder":["a"],"number":["L8"],"country":["kg"]}}
{"id":"q","schema":"Passport","properties":{"number":["Z9"],"country":["us"]}}
{"id":"v","schema":"Vehicle","properties":{"registrationNumber":["01KG1","01KG2"]}}
{"id":"c","schema":"Company","properties":{"name":["Nobody"]}}
{"id":"a","schema":"Person","properties":{"name":["Twice"]}}
not json
{"id":"n","schema":"Person","properties":{}}
""".replace(b',\n"birth', b',"birth')
    parsed = whole(read("ftm", lines))
    person, vehicle, document = parsed.records
    assert person.births == ((1974, 8, 0),)
    assert [(d.number, d.issuer) for d in person.documents] == [("X1", ""), ("L8", "KGZ")]
    assert (vehicle.kind, vehicle.plate) == (Kind.VEHICLE, "01KG1")
    assert (document.kind, document.documents[0].issuer) == (Kind.DOCUMENT, "USA")
    assert (parsed.skipped, parsed.joined) == ({"Company": 1}, {"document": 1})
    assert [bad.code for bad in parsed.bad] == ["duplicate_reference", "bad_json", "no_name"]


BLANK_FTM = b"""{"id":" ","schema":"Person","properties":{"name":["Anna"]}}
{"id":"\\u0001","schema":"Person","properties":{"name":["Anna"]}}
{"id":"a","schema":"Person","properties":{"name":["Anna"]}}
"""
BLANK_ROWS = (
    b"id,schema,name,aliases,birth_date,countries,identifiers\n"
    b" ,Person,Anna,,,,\n\x01,Person,Anna,,,,\nb,Person,\x01,,,,\na,Person,Anna,,,,\n"
    b" a,Person,Anna,,,,\n"
)


@pytest.mark.parametrize(("format", "content"), [("ftm", BLANK_FTM), ("opensanctions", BLANK_ROWS)])
def test_a_reference_that_is_blank_is_none(format, content):
    """What is kept must be found again: a record without reference could not be."""
    parsed = whole(read(format, content))
    assert [record.source_ref for record in parsed.records] == ["a"]


TABLE = "Фамилия;Имя;Дата рождения;Гражданство;Паспорт;Пол\nЭРИКССОН;Анна;12.08.1974;KG;AC123;ж\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_table_is_read_in_any_encoding_of_the_region(encoding):
    (record,) = whole(read("table", TABLE.encode(encoding))).records
    assert [name.text for name in record.names] == ["ЭРИКССОН Анна"]
    assert (record.births, record.nationalities, record.sex) == (((1974, 8, 12),), ("KGZ",), "F")
    assert record.documents[0].number == "AC123"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter):
    text = TABLE.replace(";", delimiter)
    assert len(whole(read("table", text.encode())).records) == 1


def test_bad_rows_of_a_table_say_what_is_wrong():
    text = (
        "name,birth date,nationality,sex\n"
        "Anna,sometime,,\nBen,,Atlantis,\n,,,F\nCai,,,q\nDan,1.1.1990,,,extra\nDan,,,\nDan,,,\n"
    )
    parsed = whole(read("table", text.encode()))
    assert [(bad.line, bad.code) for bad in parsed.bad] == [
        (2, "bad_date"),
        (3, "unknown_country"),
        (4, "no_name"),
        (5, "bad_sex"),
        (6, "wrong_columns"),
        (8, "duplicate_reference"),
    ]


def test_a_table_of_documents_or_plates():
    documents = read("table", b"passport,issuer\nAC1,KGZ\n", Options(kind="document"))
    assert documents.records[0].kind is Kind.DOCUMENT
    plates = read("table", "Госномер\n01KG1\n".encode(), Options(kind="vehicle"))
    assert plates.records[0].plate == "01KG1"


def sheet(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_is_read_with_its_dates():
    content = sheet(
        ["ФИО", "Дата рождения", "Паспорт"],
        ["ЭРИКССОН Анна", date(1974, 8, 12), 1234567],
        [None, None, None],
        ["ХОЛЬМ Грета", 1980, "AC 12"],
    )
    first, second = whole(read("table", content)).records
    assert (first.births, first.documents[0].number) == (((1974, 8, 12),), "1234567")
    assert second.births == ((1980, 0, 0),)


def rezipped(content: bytes, **changes: bytes) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            key = name.replace("/", "_").replace(".", "_")
            archive.writestr(name, changes.get(key, source.read(name)))
    return target.getvalue()


def test_a_sheet_that_claims_a_million_columns_costs_nothing():
    cells = b'<row r="9999999"><c r="ZZZ9999999" t="inlineStr"><is><t>x</t></is></c></row>'
    body = b'<worksheet xmlns="x"><sheetData>' + cells + b"</sheetData></worksheet>"
    with pytest.raises(SourceError, match="no rows"):
        read("table", rezipped(sheet(["name"]), xl_worksheets_sheet1_xml=body))


def test_a_workbook_with_entities_is_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(SourceError) as error:
        read("table", rezipped(sheet(["name"]), xl_worksheets_sheet1_xml=bomb))
    assert error.value.code == "unsafe_xml"


def test_an_archive_that_unpacks_to_far_more_is_refused():
    with pytest.raises(SourceError) as error:
        read("table", rezipped(sheet(["name"]), xl_worksheets_sheet1_xml=b" " * 50_000_000))
    assert error.value.code == "suspicious_ratio"


@pytest.mark.parametrize(
    "bomb",
    [
        b'<!DOCTYPE l [<!ENTITY a "b">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>',
        b'<!DOCTYPE l SYSTEM "file:///etc/passwd"><CONSOLIDATED_LIST/>',
    ],
)
def test_xml_with_a_document_type_is_refused(bomb):
    with pytest.raises(SourceError) as error:
        read("un", bomb)
    assert error.value.code == "unsafe_xml"


def test_xml_nested_without_end_is_refused():
    with pytest.raises(SourceError) as error:
        read("un", b"<CONSOLIDATED_LIST>" + b"<a>" * 100_000)
    assert error.value.code == "too_deep"


def test_a_file_beyond_the_bound_is_refused():
    with pytest.raises(SourceError) as error:
        read("un", io.BytesIO(b"<" * 101), Options(max_bytes=100))
    assert error.value.code == "too_large"


def test_json_nested_without_end_costs_one_row():
    bad = b"[" * 100_000 + b"\n"
    good = b'{"id":"a","schema":"Person","properties":{"name":["Anna"]}}\n'
    parsed = whole(read("ftm", bad + good))
    assert (len(parsed.records), parsed.bad[0].code) == (1, "bad_json")


def test_what_cannot_be_stored_does_not_come_in():
    text = '{"id":"a","schema":"Person","properties":{"name":["An\\u0000na\\ud800 \\u202eERIK"]}}'
    (record,) = read("ftm", text.encode()).records
    assert record.names[0].text == "An na ERIK"


def test_bad_rows_survive_being_written():
    rows = (BadRow(3, "bad_date", "why", "Ана", "a.csv"),)
    assert tuple(bad_from_lines(bad_to_lines(rows))) == rows


def test_a_record_survives_being_written_with_every_field_filled():
    (record,) = read("un", un_list(un_person())).records
    assert {f.name for f in fields(SourceRecord)} >= {"names", "births"}
    assert list(from_lines(to_lines([record]))) == [record]
