"""Make the seeds of ``kordon prove fuzz`` anew.

    python -m kordon.measure.tests.make_fuzzing_seeds

Keys are drawn here and kept nowhere: nobody can sign another document in these names. Persons are
specimens of Doc 9303 or invented.
"""

import base64
import json
import os
import shutil
import zlib
from io import BytesIO

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from PIL import Image

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kordon.node.settings")
django.setup()

from kordon.journal import canonical, succession  # noqa: E402
from kordon.journal.sealing import SALT_BYTES  # noqa: E402
from kordon.lib.traveldocs.chip.tests import authority as a  # noqa: E402
from kordon.lib.traveldocs.chip.tests import der, test_genuine  # noqa: E402
from kordon.lib.traveldocs.chip.tests.test_robustness import READERS  # noqa: E402
from kordon.lib.traveldocs.seal import STAMP, VISA  # noqa: E402
from kordon.lib.traveldocs.seal.images import Symbol, write_image  # noqa: E402
from kordon.lib.traveldocs.seal.tests import specimens as seals  # noqa: E402
from kordon.lib.traveldocs.seal.tests import test_vds_nc  # noqa: E402
from kordon.lib.traveldocs.tests import specimens  # noqa: E402
from kordon.measure.fuzzing.chips import CHALLENGE, READERS_KEY  # noqa: E402
from kordon.measure.fuzzing.parser import SEEDS  # noqa: E402
from kordon.watchlist.sources import pack  # noqa: E402
from kordon.watchlist.tests.conftest import un_list, un_person  # noqa: E402
from kordon.watchlist.tests.test_sources import TABLE, sdn, sheet  # noqa: E402

CSCA = a.Authority()
KINDS = ("p256", "explicit", "pss", "rsa", "brainpool384", "p521")
GROUPS = {1: a.dg1(), 2: a.dg2(a.face())}


def put(place: str, content: bytes | str) -> None:
    path = SEEDS / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def put_zones() -> None:
    every = specimens.ALL | {"TD1-long": specimens.LONG_TD1, "TD2-long": specimens.LONG_TD2}
    every |= {"PU": specimens.SINGLE_SHEET, "card": seals.CARD, "passport": seals.PASSPORT}
    for name, lines in every.items():
        put(f"mrz/{name}", "\n".join(lines))
    french = "IDFRAERIKSSON<<<<<<<<<<<<<<<<<<<<<<<\n0001751234568ANNA<<MARIA<<<7408122F2"
    put("mrz/FRA", french)
    flat = "".join(specimens.TD3)
    russian = str.maketrans("QWERTYUIOPASDFGHJKLZXCVBNM<", "йцукенгшщзфывапролдячсмитьб")
    french = str.maketrans("AQZWM<1234567890", "QAWZ,;&é\"'(-è_çà")
    put("mrz-wedge/russian", flat.translate(russian))
    put("mrz-wedge/azerty", "\r\n".join(specimens.TD1).translate(french))
    put("mrz-wedge/qwertz", flat.translate(str.maketrans("YZ<", "ZY;")) + "\r")
    put("mrz-wedge/bars", flat.replace("<", "|"))
    put("mrz-wedge/labelled", "READER 7\t" + "\r\n".join(specimens.TD2) + "\x03 OK")
    put("mrz-wedge/run-on", "".join(specimens.MRVA).lower())


def put_texts() -> None:
    put("names/cyrillic", "icao-cyrillic\nЭрикссон-Ёжикова, Анна")
    put("names/latin", "icao-latin\nMÜLLER O'NEILL ß Đặng")
    put("names/arabic", "icao-arabic\nأَحْمَد مُحَمَّد")
    put("names/ukrainian", "icao-cyrillic-uk\nЩербань Їжак")
    put(
        "letters/own",
        """name = "kg-names"
title = "Kyrgyz names"
state = "KGZ"
language = "ky"
legal_source = "the act, its number and date"

[letters]
"Ж" = "J"
"Ө" = ["O", "OE"]
"Е" = {usual = "E", first = "YE", last = "E", after = {"АОУ" = "YE"}}
""",
    )
    for name, (surname, given) in {
        "latin": ("Eriksson", "Anna Maria"),
        "cyrillic": ("Эрикссон", "Анна"),
        "other": ("ERIKSON", "ANNA-MARIA"),
    }.items():
        zone = "\n".join(specimens.TD3)
        put(f"typed/{name}", f"{surname}\n{given}\nL898902C3\nP\nUTO\nF\n{zone}")


def put_files() -> None:
    folders = {"COM": "com", "SOD": "sod", "list": "crl", "master list": "master-list"}
    for name, (_, good) in READERS.items():
        folder = folders.get(name, name.split()[0].lower())
        folder = {"explicit": "certificate", "pss": "certificate"}.get(folder, folder)
        put(f"{folder}/{name.replace(' ', '-')}", good)
    put("dg1/card", a.dg1("".join(specimens.TD1).encode()))
    put("dg2/jpeg", a.dg2(a.face(_small("JPEG"))))
    put("dg2/jp2", a.dg2(a.face(_small("JPEG2000"), points=1)))
    put("tlv/nested", der.seq(der.seq(der.tlv(0x7F61, der.integer(1))), der.octets(b"abc")))
    put("tlv/indefinite", b"\x30\x80\x24\x80\x04\x01a\x00\x00\x02\x01\x05\x00\x00")
    for kind in KINDS:
        csca = a.Authority(a.KINDS[kind], common=f"Utopia CSCA {kind}")
        put(f"trust/{kind}.cer", csca.certificate())
        put(f"certificate/{kind}", csca.signer(more=(a.document_types("P"),)).certificate())
        sod = csca.signer().sod(GROUPS)
        put(f"sod/{kind}", sod)
        put(f"chip/{kind}", a.com(0x61, 0x75) + sod + b"".join(GROUPS.values()))
        signer = csca.signer(more=(a.extended_usage("2.23.136.1.1.3"),))
        put(f"master-list/{kind}", a.master_list(signer, [csca.certificate(), CSCA.certificate()]))
        put(f"crl/trust-{kind}", csca.revocation_list(5, 6))
    newer = CSCA.signer().sod(GROUPS, lds=("0108", "080000"), hash="sha512")
    put("sod/version-1", newer)
    put("sod/no-attributes", CSCA.signer().sod(GROUPS, attributes=[]))
    put("chip/version-1", newer + b"".join(GROUPS.values()))
    more = GROUPS | {11: READERS["DG11"][1], 12: READERS["DG12"][1], 15: READERS["DG15"][1]}
    more |= {14: READERS["DG14"][1]}
    put("chip/more", CSCA.signer().sod(more) + a.com(*_TAGS) + b"".join(more.values()))
    link = a.Authority(a.P384, number=2, common="Utopia CSCA 2").certificate(by=CSCA)
    put("certificate/link", link)
    put("trust/csca.cer", CSCA.certificate())
    put("crl/trust-csca", CSCA.revocation_list(5, 6))


_TAGS = (0x61, 0x75, 0x6B, 0x6C, 0x6E, 0x6F)


def _small(kind: str) -> bytes:
    held = BytesIO()
    Image.new("RGB", (32, 40), "#dfe5ea").save(held, kind)
    return held.getvalue()


def _armoured(label: str, content: bytes) -> bytes:
    return (
        f"-----BEGIN {label}-----\n".encode()
        + base64.encodebytes(content)
        + (f"-----END {label}-----\n".encode())
    )


def put_answers() -> None:
    one = _armoured("CERTIFICATE", CSCA.certificate())
    put("pem/one", one)
    put("pem/two", one + _armoured("X509 CRL", CSCA.revocation_list(5)))
    put("file-names/tools", "EF_SOD.bin\nEF.COM\ndg02.bin\nDatagroup14.bin\nef011D.bin\nDG1")
    small = a.Kind("rsa", bits=1024)
    answer = test_genuine.answer_rsa(small.pair(5), CHALLENGE, "sha256")
    dg15 = der.tlv(0x6F, small.public(small.pair(5)))
    put("active-answer/rsa", dg15 + der.octets(answer))
    for kind in (a.P256, a.EXPLICIT):
        dg15 = der.tlv(0x6F, kind.public(kind.pair(5)))
        signed = der.octets(kind.sign(kind.pair(5), CHALLENGE))
        put(f"active-answer/{'explicit' if kind.explicit else 'p256'}", dg15 + signed)
    readers = ec.derive_private_key(READERS_KEY, ec.SECP256R1())
    for number, protocol in enumerate(test_genuine.PROTOCOLS):
        group = test_genuine.chip(a.P256, protocol)[14]
        answer = test_genuine.answer_chip(a.P256.pair(5), readers, protocol)
        put(f"chip-answer/{number}", group + der.octets(answer))


def put_seals() -> None:
    signer = seals.signer()
    put("trust/seals.cer", signer.certificate.raw)
    put("trust/seals-nc.cer", test_vds_nc.signer().certificate.raw)
    for name, kind in seals.MADE.items():
        put(f"vds/{name.lower()}", seals.seal(kind))
    put("vds/version-3", seals.seal(version=3))
    put("vds-nc/visa", test_vds_nc.GOOD)
    put("vds-nc/p384", test_vds_nc.made(test_vds_nc.signer(a.P384)))
    put("seal/vds", seals.seal(VISA))
    put("seal/vds-nc", test_vds_nc.GOOD)
    put("seal-typed/hex", seals.seal(VISA).hex())
    put("seal-typed/base64", base64.b64encode(seals.seal(STAMP)))
    put("seal-typed/json", test_vds_nc.GOOD)
    for symbol in Symbol:
        put(f"seal-image/{symbol.lower()}", write_image(seals.seal(STAMP), symbol, scale=2))
    key = ec.generate_private_key(ec.SECP256R1())
    for name, form in (
        ("pkcs8", serialization.PrivateFormat.PKCS8),
        ("older", serialization.PrivateFormat.TraditionalOpenSSL),
    ):
        how = serialization.NoEncryption()
        put(f"seal-key/{name}", key.private_bytes(serialization.Encoding.PEM, form, how))
    for kind in ("PNG", "JPEG", "WEBP"):
        held = BytesIO()
        Image.new("L", (160, 150), 200).save(held, kind)
        put(f"page/{kind.lower()}", held.getvalue())


def put_foreign() -> None:
    sod = CSCA.signer().sod(GROUPS)
    files = {"SOD": sod, "COM": a.com(0x61, 0x75), "DG1": GROUPS[1]}
    reading = {
        "booth": "1",
        "mrz": "\n".join(specimens.TD3),
        "files": {name: base64.b64encode(each).decode() for name, each in files.items()},
        "portrait": base64.b64encode(_small("JPEG")).decode(),
        "seal": base64.b64encode(seals.seal(VISA)).decode(),
        "seal_zone": "\n".join(seals.VISA_B),
        "active_response": "AAECAw==",
        "chip_session": {"private_key": "7f", "response": "mQKQAA==", "protocol": "0.4.0.127"},
    }
    put("reader/whole", json.dumps(reading))
    put("reader/zone", json.dumps({"mrz": reading["mrz"]}))
    put("screening/table", TABLE)
    put("screening/english", "name,birth_date,nationality,document_number\n"
        'ERIKSSON Anna,1974-08-12,KAZ,"A1, B2"\n')  # fmt: skip
    person = {"name": "Anna Eriksson", "birth_date": "1974-08-12", "nationality": ["KAZ"]}
    put("screening-json/one", json.dumps(person | {"documents": [{"number": "A1", "issuer": "D"}]}))
    put("screening-json/two", json.dumps(person | {"ref": "7", "sex": "F", "other_names": ["A"]}))
    put("pairs/two", 'name1,name2\nAnna Eriksson,ERIKSSON Anna\n"Эрикссон, Анна",ANNA ERIKSON\n')
    put("list-un/two", un_list(un_person(), un_person("XXi.002", "DVORAK", "1974")))
    put("list-ofac/csv", sdn() + sdn(37))
    put("list-ofac/zip", pack({"sdn.csv": sdn().encode(), "alt.csv": b'36,1,"aka","X",-0- \n'}))
    opened = "id,schema,name,aliases,birth_date,countries,identifiers\nQ,Person,Anna,A,1974,kz,A1\n"
    put("list-opensanctions/one", opened)
    entity = {"name": ["Anna"], "birthDate": ["1974"], "idNumber": ["A1"]}
    put("list-ftm/one", json.dumps({"id": "a", "schema": "Person", "properties": entity}))
    put("list-table/csv", TABLE)
    put("list-table/cp1251", TABLE.encode("cp1251"))
    put("list-table/xlsx", sheet(["name", "birth date"], ["Anna", "1974"]))


def put_journal() -> None:
    head = {"node": "NORTH", "incarnation": 1, "channel": "up", "number": 1, "seal": "ab" * 32}
    head |= {"at": "2026-06-01T00:00:00+00:00"}
    line = [
        "border.crossing_recorded.v1",
        head["at"],
        "id",
        "Ada",
        "BG",
        "NORTH",
        "1",
        "",
        "cd" * 32,
    ]
    batch = {"v": 1, "node": "NORTH", "incarnation": 1, "channel": "up", "first": 1}
    batch |= {"lines": [[*line, "00" * SALT_BYTES, '{"a":1}']], "before": None}
    batch |= {"head": head | {"signature": "ef" * 64}}
    put("batch/one", zlib.compress(json.dumps(batch).encode()))
    receipt = {
        name: head[name] for name in ("node", "incarnation", "channel", "number", "seal", "at")
    }
    receipt |= {"by": "HQ", "signature": "ef" * 64}
    put("answer/taken", json.dumps({"receipt": receipt}))
    refused = {"code": "files_missing", "text": "…", "held": 5, "names": ["ab" * 32]}
    put("answer/refused", json.dumps({"refused": refused}))
    lists = [{"name": "un", "title": "UN", "as_of": "2026-06-01"}]
    told = {"version": "1.0", "up": 7, "acked": 6, "heads": {"all": 3}, "disk_free": 5}
    told |= {"unsent_since": head["at"], "lists": lists, "certificate_until": head["at"]}
    put("report/whole", json.dumps(told))
    keys = [ed25519.Ed25519PrivateKey.generate() for _ in range(2)]
    said = succession.state("HQ", before=keys[0], after=keys[1])
    put("succession/one", json.dumps({"succession": [vars(said)]}))
    put("message/push", b'{"what":"push","node":"NORTH","mark":"7"}\n' + canonical.dumps(told))
    put("request/push", "NORTH\n1780272000\n" + "0f" * 16 + "\n" + "ab" * 64 + '\n{"a":1}')


def main() -> None:
    shutil.rmtree(SEEDS, ignore_errors=True)
    for each in (put_zones, put_texts, put_files, put_answers, put_seals, put_foreign, put_journal):
        each()


if __name__ == "__main__":
    main()
