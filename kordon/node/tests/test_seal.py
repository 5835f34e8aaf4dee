"""``kordon seal``: seals read from images, digits and JSON; verified; made."""

import base64
import io
import json

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.seal import KINDS, read_vds
from kordon.lib.traveldocs.seal.images import Symbol, read_image, write_image
from kordon.lib.traveldocs.seal.tests import specimens as s
from kordon.lib.traveldocs.seal.tests.test_vds_nc import GOOD as JSON
from kordon.node.seal import main

GOOD = s.seal()
VISA, PASSPORT = "|".join(s.VISA_B), "|".join(s.PASSPORT)
VALUES = {
    "mrz_b": VISA,
    "entries": 2,
    "stay": {"days": 90},
    "passport_number": "L898902C3",
    "visa_type": "0102",
}
STAMP = {
    **s.STAMP_VALUES,
    "moment": "2024-05-03T13:37+00:00",
    "birth": "1974-08-12",
    "stay_until": "2024-08-01",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with what the deeds are given."""
    monkeypatch.chdir(tmp_path)
    pair = a.P256.pair(100)
    files = {
        "authority.crt": s.CSCA.certificate(),
        "signer.crt": s.certificate().raw,
        "list.crl": s.GOOD_LIST,
        "seal.png": write_image(GOOD),
        "seal.bin": GOOD,
        "seal.hex": GOOD.hex().encode(),
        "seal.json": JSON,
        "key.pem": pair.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "locked.pem": pair.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"open")
        ),
        "garbage": b"garbage",
    }
    for name, octets in files.items():
        (tmp_path / name).write_bytes(octets)
    return tmp_path


@pytest.fixture
def ask(folder, monkeypatch, capsys):
    def ask(*words, given=b""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        with pytest.raises(SystemExit) as left:
            main(words)
        said = capsys.readouterr()
        return left.value.code, said.out

    return ask


@pytest.fixture
def refused(folder, capsys):
    def refused(*words):
        with pytest.raises(SystemExit) as left:
            main(words)
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return refused


TRUST = ("--trust", "authority.crt", "list.crl", "--signer", "signer.crt", "--date", "2024-06-01")


@pytest.mark.parametrize("shape", ["seal.png", "seal.bin", "seal.hex", GOOD.hex(), "-"])
def test_a_seal_is_read_in_any_shape(ask, shape):
    status, out = ask("read", shape, "--json", given=GOOD if shape == "-" else b"")
    assert status == 0
    assert json.loads(out)["values"]["passport_number"] == "L898902C3"


def test_a_seal_is_read_for_people(ask):
    _, out = ask("read", "seal.png")
    assert "values.passport_number: L898902C3\n" in out
    assert out.endswith("Nothing of this is verified.\n")
    assert '"type": "icao.visa"' in ask("read", "seal.json", "--json")[1]


@pytest.mark.parametrize(
    ("shape", "code"),
    [("garbage", "READ_ERROR"), ("nowhere.png", "FILE"), ("dc07", "WRONG_FORMAT")],
)
def test_what_is_no_seal_ends_in_one_sentence(ask, shape, code):
    status, out = ask("read", shape)
    assert out == ""
    assert isinstance(status, str)
    assert "\n" not in status
    assert json.loads(ask("read", shape, "--json")[0])["error"]["code"] == code


def test_a_seal_is_verified_with_zones(ask):
    status, out = ask("verify", "seal.png", *TRUST, "--mrz", VISA, "--passport", PASSPORT)
    assert (status, out.split("\n")[0]) == (0, "VALID")
    assert len(out.splitlines()) == 11
    other = VISA.replace("ANNA", "ANNE")
    status, out = ask("verify", "seal.png", *TRUST, "--mrz", other)
    assert (status, out.split("\n")[0]) == (1, "INVALID (SEAL_VISA_MISMATCH)")
    told = json.loads(ask("verify", "seal.png", *TRUST, "--mrz", other, "--json")[1])
    assert [each["field"] for each in told["compared"] if each["same"] == "DIFFERENT"] == [
        "given_names"
    ]


def test_three_outcomes_are_three_exits(ask):
    assert ask("verify", "seal.png", *TRUST)[0] == 0
    assert ask("verify", GOOD[:-1].hex(), *TRUST)[0] == 1
    assert ask("verify", "seal.png", *TRUST[:3])[0] == 3
    status, out = ask("verify", "garbage", *TRUST, "--json")
    told = json.loads(out)
    assert (status, told["status"]) == (3, "READ_ERROR")
    assert "no image of one" in told["trouble"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.png",), "nowhere.png: no such file or directory"),
        (("seal.png", "--trust", "nowhere.crt"), "nowhere.crt: no such file or directory"),
        (("seal.png", "--trust", "garbage"), "garbage: no certificate"),
        (("seal.png", "--signer", "garbage"), "garbage: no certificate"),
        (("seal.png", "--mrz", "nonsense"), "--mrz is no zone"),
        (("seal.png", "--passport", ""), "--passport is no zone"),
        (("seal.png", "--also-for", "KAZ"), "--also-for is written"),
        (("seal.png", "--also-for", "00112233445566"), "--also-for is written"),
        (("seal.png", "--also-for", "00112233445566=KAZ"), "no signer given has this"),
    ],
)
def test_a_slip_of_the_caller_is_no_verdict_on_the_seal(refused, words, said):
    """1 would say that the seal is forged."""
    status, out, told = refused("verify", *words)
    assert (status, out) == (2, "")
    assert said in told
    assert told.count("\n") == 1
    assert said in json.loads(refused("verify", *words, "--json")[2])["error"]["text"]


def test_trust_in_a_certificate_by_itself_in_armour_and_for_another_state(ask, folder):
    raw = s.certificate().raw
    armour = base64.encodebytes(raw).decode()
    text = f"-----BEGIN CERTIFICATE-----\n{armour}-----END CERTIFICATE-----\n"
    (folder / "signer.pem").write_text(text)
    assert ask("verify", "seal.png", "--trust", "signer.pem", "--date", "2024-06-01")[0] == 0
    foreign = s.seal(issuer="KAZ").hex()
    assert ask("verify", foreign, *TRUST)[0] == 1
    named = s.certificate().fingerprint[:12]
    assert ask("verify", foreign, *TRUST, "--also-for", f"{named}=KAZ")[0] == 0
    assert ask("verify", foreign, *TRUST, "--also-for", f"{named[:7]}=KAZ")[0] == 2


def test_a_seal_made_for_trials(ask, folder):
    by = s.signer(serial=0)
    (folder / "trial.crt").write_bytes(by.certificate.raw)
    words = ("verify", s.seal(by=by).hex(), "--trust", "trial.crt", "--date", "2024-06-01")
    assert (ask(*words)[0], ask(*words, "--trials")[0]) == (1, 0)


def test_a_master_list_is_trust(ask, folder):
    lister = s.CSCA.signer(more=(a.extended_usage(s.CHIPS_LISTS),))
    (folder / "list.ml").write_bytes(a.master_list(lister, [s.CSCA.certificate()]))
    words = ("--trust", "list.ml", "--signer", "signer.crt", "--date", "2024-06-01")
    assert ask("verify", "seal.png", *words)[0] == 0


def test_what_each_kind_may_say_is_listed(ask):
    status, out = ask("write", "--kinds")
    told = {each["kind"]: each for each in map(json.loads, out.splitlines())}
    assert (status, set(told)) == (0, {each.name for each in KINDS.values()})
    assert set(VALUES) <= told["VISA"]["required"].keys() | told["VISA"]["optional"].keys()
    assert told["STAMP"]["required"]["moment"] == "2026-11-26T08:15+05:00"


@pytest.mark.parametrize("days", ["1e999", "2.5", "true", '"x"', "-1", "99999"])
def test_a_stay_that_is_none_is_refused_in_words(ask, days):
    given = json.dumps(VALUES | {"stay": {"days": 0}}).replace('"days": 0', f'"days": {days}')
    status, out = ask(*WRITE, "VISA", *KEY, given=given.encode())
    assert out == ""
    assert status.startswith("stay: ")


@pytest.mark.parametrize("moment", ["9999-12-31T23:59-23:59", "0001-01-01T00:00+23:59"])
def test_a_moment_outside_of_all_time_is_refused_in_words(ask, moment):
    given = json.dumps(STAMP | {"moment": moment}).encode()
    status, out = ask(*WRITE, "STAMP", *KEY, given=given)
    assert out == ""
    assert status.startswith("moment: ")


WRITE = ("write", "--issuer", "UTO", "--certificate", "signer.crt", "--issued", "2024-05-02")
WRITE = (*WRITE, "--signed", "2024-05-03", "--kind")
KEY = ("--key", "key.pem")


@pytest.mark.parametrize(("kind", "values"), [("VISA", VALUES), ("STAMP", STAMP)])
@pytest.mark.parametrize("symbol", [str(each) for each in Symbol])
def test_a_seal_is_made_and_drawn(ask, folder, kind, values, symbol):
    given = json.dumps(values).encode()
    options = ("--image", "out.png", "--symbol", symbol, "--scale", "4", "--header", "3")
    status, out = ask(*WRITE, kind, *KEY, *options, given=given)
    assert status == 0
    found = read_image((folder / "out.png").read_bytes())
    assert (str(found.symbol), found.octets) == (symbol, bytes.fromhex(out))
    assert read_vds(found.octets).values["passport_number" if kind == "VISA" else "border_point"]
    assert ask("verify", "out.png", *TRUST)[0] == 0


def test_a_seal_in_json_is_made(ask, folder):
    by = s.certificate(uses=(s.SEALS_NC,))
    (folder / "nc.crt").write_bytes(by.raw)
    words = ("write", "--issuer", "UTO", "--certificate", "nc.crt", "--kind", "icao.visa", *KEY)
    status, out = ask(*words, "--json", given=b'{"number": "V1"}')
    assert status == 0
    (folder / "made.json").write_text(json.loads(out)["seal"])
    assert ask("verify", "made.json", *TRUST)[0] == 0


def test_a_key_under_a_password(ask, monkeypatch):
    given = json.dumps(VALUES).encode()
    assert "password" in ask(*WRITE, "VISA", "--key", "locked.pem", given=given)[0]
    monkeypatch.setenv("KORDON_SEAL_PASSWORD", "open")
    assert ask(*WRITE, "VISA", "--key", "locked.pem", given=given)[0] == 0


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("BADGE", *KEY), VALUES, "no kind of seal"),
        (("VISA",), VALUES, "name a key"),
        (("VISA", "--key", "garbage"), VALUES, "no key in PEM"),
        (("VISA", "--module", "/nowhere", "--token", "x", "--label", "x"), VALUES, "cannot be"),
        (("VISA", *KEY), [], "no JSON object"),
        (("VISA", *KEY), {**VALUES, "stay": 90}, "stay: 90 cannot be written"),
        (("VISA", *KEY), {**VALUES, "stay": {"weeks": 2}}, "stay: "),
        (("VISA", *KEY), {**VALUES, "visa_type": "x"}, "visa_type: "),
        (("STAMP", *KEY), {**STAMP, "birth": "1974"}, "birth: "),
        (("STAMP", *KEY), {**STAMP, "moment": None}, "moment: null"),
        (("VISA", *KEY), {**VALUES, "entries": "two"}, "entries: int is needed"),
        (("VISA", *KEY, "--image", "no/where.png"), VALUES, "no such file"),
        (("VISA", *KEY, "--image", "out.png", "--scale", "0"), VALUES, "module of 0 pixels"),
    ],
)
def test_what_cannot_be_made_ends_in_one_sentence(ask, words, given, said):
    status, out = ask(*WRITE, *words, given=json.dumps(given).encode())
    assert said in status
    assert (out, "\n" in status) == ("", False)


def test_more_than_any_seal_holds(ask):
    assert "more on standard input" in ask(*WRITE, "VISA", *KEY, given=b" " * 200_000)[0]
