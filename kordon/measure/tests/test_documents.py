"""The bench of documents: what it calls right can be wrong, and what is absent is said."""

from dataclasses import replace

import pytest

from kordon.lib.traveldocs.chip import (
    ChipFiles,
    Code,
    Outcome,
    read_certificate,
    read_sod,
)
from kordon.lib.traveldocs.chip.asn1 import integer
from kordon.lib.traveldocs.chip.curves import verify_ecdsa
from kordon.lib.traveldocs.chip.keys import RSAKey, Scheme, SignatureAlgorithm, verify_signature
from kordon.lib.traveldocs.chip.tlv import read_node
from kordon.lib.traveldocs.tests.specimens import TD1
from kordon.measure.benches import documents
from kordon.measure.documents import flips, lists, vectors
from kordon.measure.documents.authority import Authority, Period
from kordon.measure.documents.cases import FORGED, SITUATIONS, Maker, cases, dg1, dg2, good_ones
from kordon.measure.documents.importing import import_lists
from kordon.measure.documents.keys import CURVE_NAMED, curve_pair, digest, rsa_pair
from kordon.measure.documents.reviewed import SECURITY_OBJECTS, ZONES, Right
from kordon.measure.documents.ways import WAYS, Way
from kordon.measure.report import Report
from kordon.trust.models import Change
from kordon.trust.rules import Status
from kordon.trust.tests.conftest import LATER, SECOND, UTOPIA, listed, self_signed

P256 = Way(curve="secp256r1", hash="sha256")
QUICK = (
    P256,
    Way(curve="brainpoolP384r1", hash="sha384", explicit=True),
    Way(curve="secp192r1", hash="sha1"),
    Way(bits=2048, hash="sha256", pss=True, mask_hash="sha1"),
)


@pytest.fixture(scope="module")
def good():
    return good_ones(1, (P256,))[0]


def test_every_situation_of_some_ways_is_told_rightly():
    found = list(cases(1, QUICK))
    assert len(found) == len(QUICK) * 2 * len(SITUATIONS)
    assert [fault for fault in (case.faults() for case in found) if fault] == []


def test_all_ways_and_situations_are_more_than_asked_for():
    assert len({way.name for way in WAYS}) == len(WAYS)
    assert len(WAYS) * 2 * len(SITUATIONS) >= 300
    assert {way.curve for way in WAYS} == {"", *CURVE_NAMED}
    assert {way.bits for way in WAYS} == {0, 2048, 3072, 4096}
    assert {(way.pss, way.hash) for way in WAYS if way.bits} >= {
        (pss, name) for pss in (True, False) for name in ("sha1", "sha224", "sha384", "sha512")
    }
    spelt = {way.curve for way in WAYS if way.explicit}
    assert spelt == set(CURVE_NAMED)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_case_whose_right_is_another_is_a_fault(name):
    (case,) = (each for each in cases(1, (P256,), (0,)) if each.document.name.startswith(name))
    assert case.faults() == ""
    others = [each for each in Outcome if each is not case.outcome]
    for wrong in (
        *(replace(case, outcome=each) for each in others),
        replace(case, codes=case.codes | {Code.XCHK_EXPIRED_DOC}),
        replace(case, codes=case.codes ^ {Code.SOD_ALG_WEAK}),
    ):
        assert case.document.name in wrong.faults()


def test_the_same_seed_makes_the_same_octets():
    def octets(seed):
        return [
            (each.document.sod, each.document.anchors, each.document.revocations)
            for each in cases(seed, QUICK, (1,))
        ]

    first = octets(1)
    assert first == octets(1)
    assert all(one != other for one, other in zip(first, octets(2), strict=True))


@pytest.mark.parametrize("curve", CURVE_NAMED.values(), ids=lambda curve: curve.name)
def test_signatures_by_hand_hold_and_others_do_not(curve):
    pair = curve_pair(1, curve.name, 1)
    assert curve.holds(pair.point)
    value = digest("sha256", b"signed")
    r, s = _numbers(pair._sign_by_hand(b"signed", "sha256"))
    assert verify_ecdsa(curve, pair.point, value, r, s)
    assert not verify_ecdsa(curve, pair.point, digest("sha256", b"other"), r, s)


def _numbers(signature):
    return (integer(each) for each in read_node(signature))


@pytest.mark.parametrize("name", ["sha1", "sha224", "sha256", "sha384", "sha512"])
def test_pss_by_hand_holds_for_cryptography(name):
    pair = rsa_pair(1, 2048, 1)
    assert pair.n.bit_length() == 2048
    key, how = RSAKey(pair.n, 65537), SignatureAlgorithm(Scheme.PSS, name, "sha256", 11)
    signature = pair.sign_pss(b"signed", name, "sha256", 11)
    verify_signature(key, how, signature, b"signed")
    with pytest.raises(ValueError, match="SOD_SIG_INVALID"):
        verify_signature(key, how, signature, b"other")


def test_flips_are_counted_and_none_is_falsely_verified(good):
    found = flips.flip_all([good], 600, 1, lambda done: None)
    assert found.total == 600
    assert found.false == []
    assert found.outcomes["FAILED"] > 300
    assert found.harmless.total() == found.outcomes["VERIFIED"]


def test_stopped_flips_tell_what_they_found(good):
    def stop(done):
        raise KeyboardInterrupt

    found = flips.flip_all([good], 4_000, 1, stop, portion=20)
    assert found.total == 20
    assert found.false == []


def test_a_flip_in_what_nobody_signs_is_harmless_and_said_where(good):
    original, found = flips.original_of(good), flips.Flipped()
    inside = read_sod(good.sod).signed.signers[0].digest
    flips.judge_flip(found, original, 0, 8 * good.sod.rindex(b"\x02\x01\x01", 0, inside.start) + 16)
    assert found.outcomes == {"VERIFIED": 1}
    assert found.harmless == {"the frame of CMS and the signer's name": 1}


def test_what_is_verified_and_is_not_what_was_signed_is_false(good):
    """Judged beside another original: a flip that nobody signs is VERIFIED, of something else."""
    other = replace(flips.original_of(good), vouched=("something else",))
    found = flips.Flipped()
    inside = read_sod(good.sod).signed.signers[0].digest
    at = good.sod.rindex(b"\x02\x01\x01", 0, inside.start) + 2
    flips.judge_flip(found, other, 0, 8 * at + 3)
    assert found.false == [f"secp256r1-sha256, version 0, EF.SOD, octet {at}, bit 3"]
    assert not found.harmless


def test_an_error_that_comes_out_is_told(good):
    original, found = flips.original_of(good), flips.Flipped()
    without_day = replace(original, document=replace(good, on=None))
    flips.judge_flip(found, without_day, 2, 0)
    assert found.outcomes == {"raised": 1}
    assert "TypeError" in found.false[0]


def test_a_document_that_is_not_verified_is_no_ground_for_flips(good):
    with pytest.raises(ValueError, match="NOT_VERIFIABLE"):
        flips.original_of(replace(good, anchors=()))


def test_everything_that_a_verified_says_is_vouched_for(good):
    said, right = good.verified(), flips.original_of(good).vouched
    files = ChipFiles(sod=good.sod, groups=good.groups)
    assert flips.vouched(files, said) == right
    forged = {**good.groups, 1: dg1(FORGED)}
    assert flips.vouched(ChipFiles(sod=good.sod, groups=forged), said) != right
    other = Maker(Authority(seed=2, way=P256), 0).good.verified()
    for change in (
        {"path": other.path},
        {"path": (*said.path, *other.path)},
        {"signed_at": None},
        {"digests_hold": {1: True}},
        {"dg1": None},
    ):
        assert flips.vouched(files, replace(said, **change)) != right, change
    bent = good.sod[:-1] + bytes([good.sod[-1] ^ 1])  # the last octet of the signature
    assert flips.vouched(ChipFiles(sod=bent, groups=good.groups), said) != right
    signer = replace(said.signer, signature=b"another")
    resigned = replace(said, path=(signer, *said.path[1:]))
    assert flips.vouched(files, resigned) != right
    later = Maker(Authority(seed=1, way=P256), 1).good
    assert flips.vouched(ChipFiles(sod=later.sod, groups=good.groups), said) != right


def test_a_large_group_is_a_face_of_that_size():
    assert 5_000_000 < len(dg2(5_000_000)) < 5_000_200


def test_a_zone_is_judged_by_its_own_verdict():
    row = {"lines": list(TD1), "type": "TD1", "all_ok": True, "checks": {"number": True}}
    assert vectors.judge_zones([row]).wrong == []
    for change in ({"all_ok": False}, {"type": "TD2"}, {"checks": {"number": False}}):
        assert len(vectors.judge_zones([row | change]).wrong) == 1


def test_a_security_object_nobody_reviewed_is_not_judged(tmp_path, good):
    folder = tmp_path / "emrtd" / "sod"
    folder.mkdir(parents=True)
    (folder / "new.der").write_bytes(good.sod)
    tally = vectors.judge_security_objects(tmp_path, good.trust)
    assert (tally.judged, tally.unreviewed) == (0, ["new.der"])


def test_a_reviewed_security_object_told_otherwise_is_wrong(tmp_path, good):
    folder = tmp_path / "emrtd" / "sod"
    folder.mkdir(parents=True)
    (folder / "known.der").write_bytes(good.sod)
    name = vectors._beginning(good.sod[4:])
    for right, wrong in (
        (Right(Outcome.VERIFIED, frozenset(), "good"), 0),
        (Right(Outcome.FAILED, frozenset(), "bad"), 1),
        (Right(Outcome.VERIFIED, frozenset({Code.SOD_ALG_WEAK}), "weak"), 1),
    ):
        tally = vectors.judge_security_objects(tmp_path, good.trust, {name: right})
        assert (tally.judged, len(tally.wrong)) == (1, wrong)


def test_every_review_has_its_reason():
    assert all(each.why for each in (*SECURITY_OBJECTS.values(), *ZONES.values()))


def test_without_vectors_it_is_said_loudly(tmp_path, monkeypatch):
    monkeypatch.delenv("KORDON_VECTORS", raising=False)
    assert vectors.folder_of([]) is None
    report = Report(name="bench documents")
    documents._seals(report, tmp_path)
    documents._lists(report, None)
    documents._chips(report, tmp_path, [])
    skipped = [each for each in report.notes if each.startswith("SKIPPED: ")]
    assert len(skipped) == 4
    assert skipped[0].startswith("SKIPPED: 13 seals")
    assert not report.figures


def test_the_folder_is_the_one_given_before_the_one_of_the_environment(tmp_path, monkeypatch):
    (tmp_path / "a" / "travel-documents").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    monkeypatch.setenv("KORDON_VECTORS", str(tmp_path / "a"))
    assert vectors.folder_of([]) == tmp_path / "a" / "travel-documents"
    assert vectors.folder_of([tmp_path / "b"]) == tmp_path / "b"
    assert vectors.folder_of([tmp_path / "none"]) is None


def test_flips_are_drawn_in_the_bench_as_wished():
    report = Report(name="bench documents", flips=50)
    found = flips.Flipped()
    found.outcomes["FAILED"] = 49
    found.false.append("a place")
    documents._say_flips(report, found)
    assert report.missed == ["flips_falsely_verified_or_raised"]
    assert "FALSE: a place" in report.notes


def test_lists_are_read_and_united(tmp_path):
    folder = tmp_path / "masterlists"
    folder.mkdir()
    (folder / "noise.ml").write_bytes(b"\x30\x03\x02\x01\x00")
    (noise,) = lists.read_lists(tmp_path)
    assert (noise.found, noise.refusal, noise.certificates) == (None, Code.LIST_NOT_CMS, ())
    authority = Authority(seed=1, way=P256)
    stranger = Authority(seed=1, way=P256, key=100, claims=2)
    own = tuple(read_certificate(each.certificate) for each in (authority, stranger))
    read = lists.Listed("two", None, own, 0)
    united = lists.unite([read, read])
    assert (united.total, united.verified, len(united.others)) == (2, 2, 0)
    signer = read_certificate(authority.signer_certificate(Period()))
    alone = lists.unite([lists.Listed("one", None, (signer,), 0)])
    assert alone.verified == 0
    assert "ISSUER_UNKNOWN" in alone.others[0]


@pytest.mark.django_db
def test_the_largest_list_is_imported_on_top_of_another(tmp_path, ada):
    paths = [tmp_path / "earlier.ml", tmp_path / "largest.ml"]
    paths[0].write_bytes(listed(*self_signed(UTOPIA)))
    paths[1].write_bytes(listed(*self_signed(UTOPIA, SECOND), at=LATER))
    took = import_lists(earlier=str(paths[0]), largest=str(paths[1]))
    assert (took["states"], took["added"], took["removed"], took["kept"]) == (2, 1, 0, 1)
    assert 0 < took["diff_s"] < took["import_s"]
    assert Change.objects.filter(status=Status.APPROVED).count() == 2
