"""Signers of visible digital seals in the store: by two officers, believed when chained."""

from functools import partial
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from kordon.lib.traveldocs.chip import Outcome as ChipOutcome
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.documents import verify
from kordon.lib.traveldocs.seal import Outcome, Status, verify_seal
from kordon.lib.traveldocs.seal.tests import specimens as s
from kordon.trust import commands, queries, rules
from kordon.trust.believing import trust_in_force
from kordon.trust.models import Certificate, Change, Source, Version
from kordon.trust.tests.conftest import UTOPIA, listed, own, self_signed

GROUND = "Published by the embassy, fingerprint compared."
SIGNER = s.certificate().raw
OTHER = s.certificate(serial=0x5C, subject=a.name("TT")).raw


def verdict():
    said = verify_seal(s.seal(), trust_in_force().seals, on=s.ON)
    return said.outcome, said.status


VALID = (Outcome.VALID, Status.VALID)
UNKNOWN = (Outcome.NOT_VERIFIABLE, Status.UNKNOWN_CERTIFICATE)
UNTRUSTED = (Outcome.NOT_VERIFIABLE, Status.UNTRUSTED_CERTIFICATE)


@pytest.fixture
def offer_signers(ada):
    def make(content=SIGNER, **wishes):
        given = {"file": ("signer.cer", content), "ground": GROUND} | wishes
        return commands.offer_seal_signers(by=ada, change=uuid4(), **given).id

    return make


@pytest.fixture
def signers(offer_signers, ben):
    """Offer signers as Ada, approve as Ben."""

    def make(content=SIGNER, **wishes):
        change = offer_signers(content, **wishes)
        return commands.approve_change(by=ben, change=change)

    return make


def test_a_signer_that_a_trusted_authority_issued_is_believed_once_two_officers_say_so(
    offer_signers, ben, in_force
):
    in_force()
    assert verdict() == UNKNOWN
    change = offer_signers()
    assert verdict() == UNKNOWN
    commands.approve_change(by=ben, change=change)
    assert verdict() == VALID
    assert Version.objects.count() == 2


def test_nobody_approves_what_they_offered(offer_signers, ada):
    with pytest.raises(rules.SameOfficer):
        commands.approve_change(by=ada, change=offer_signers())


def test_the_authority_may_come_later(signers, in_force):
    signers()
    assert verdict() == UNTRUSTED
    in_force()
    assert verdict() == VALID


def test_by_itself_only_where_that_was_asked_for(signers):
    signers()
    assert verdict() == UNTRUSTED
    signers(alone=True)
    assert verdict() == VALID
    signers()
    assert verdict() == UNTRUSTED


def test_a_signer_vouches_for_no_chip(signers):
    """Believed by itself it is still no authority."""
    signers(alone=True)
    assert verify(UTOPIA.signer(), trust_in_force().trust).outcome is ChipOutcome.NOT_VERIFIABLE
    assert trust_in_force().anchors == ()


def test_an_authority_does_not_come_in_by_this_door(offer_signers):
    chips = s.certificate(uses=(s.CHIPS_LISTS,)).raw
    rsa = UTOPIA.signer(a.RSA).certificate()
    for content in (own(UTOPIA), chips, rsa, b"hello", b"", b"-----BEGIN CERTIFICATE-----"):
        with pytest.raises(rules.Unreadable):
            offer_signers(content)
    assert not Change.objects.exists()


def test_a_publisher_is_not_called_like_the_signers(offer):
    with pytest.raises(rules.Incomplete):
        offer(source="seals")


def test_how_they_came_is_said(offer_signers):
    with pytest.raises(rules.Incomplete):
        offer_signers(ground=" ")


def test_the_same_again_is_nothing_new_and_others_join(signers):
    signers()
    with pytest.raises(rules.NothingNew):
        signers()
    signers(OTHER)
    assert Certificate.objects.count() == 2
    assert verdict() == UNTRUSTED


def test_a_signer_not_to_be_trusted_is_not_believed(signers, in_force, ada, ben):
    in_force()
    signers()
    row = Certificate.objects.get(fingerprint=s.certificate().fingerprint)
    change = commands.propose_distrust(
        by=ada, change=uuid4(), fingerprint=row.fingerprint, reason="The key was stolen."
    )
    commands.approve_change(by=ben, change=change.id)
    assert verdict() == UNKNOWN


def test_a_revoked_signer_fails(signers, in_force, ada, ben):
    in_force()
    signers()
    file = ("x.crl", UTOPIA.revocation_list(0x5B))
    change = commands.offer_revocation_list(by=ada, change=uuid4(), file=file)
    commands.approve_change(by=ben, change=change.id)
    assert verdict() == (Outcome.INVALID, Status.REVOKED_CERTIFICATE)


def test_withdrawn_they_are_gone_and_authorities_stay(signers, in_force, ada, ben):
    in_force()
    signers()
    change = commands.propose_withdrawal(
        by=ada, change=uuid4(), source="seals", reason="Another list will come."
    )
    commands.approve_change(by=ben, change=change.id)
    assert verdict() == UNKNOWN
    assert list(Source.objects.values_list("name", flat=True)) == ["XP"]
    assert verify(UTOPIA.signer(), trust_in_force().trust).outcome is ChipOutcome.VERIFIED


def test_one_that_a_master_list_lists_too_signs_seals_all_the_same(signers, in_force):
    in_force(listed(*self_signed(UTOPIA), SIGNER))
    signers()
    assert verdict() == VALID
    in_force(listed(own(UTOPIA)), source="XQ")
    assert verdict() == VALID


def test_the_digest_tells_how_they_are_believed(signers):
    signers()
    signers(alone=True)
    first, second = Version.objects.order_by("number").values_list("digest", flat=True)
    assert first != second


def test_states_do_not_count_signers_as_authorities(signers, in_force, ada):
    in_force(listed(own(UTOPIA)))
    signers()
    it = queries.list_states(by=ada)
    assert [(one.certificates, one.anchors, one.left_out) for one in it.states] == [(1, 1, 0)]
    (one,) = it.seal_signers
    assert (one.name, one.issued_by, one.alone) == ("UTTS", "C=UT, CN=Utopia CSCA", False)


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_on_the_pages_from_the_file_to_the_store(ada, ben, visit, in_force):
    in_force()
    page = partial(visit, ada)
    told = {"file": SimpleUploadedFile("s.cer", SIGNER), "ground": GROUND}
    asked = page("/trust/seal-signers/", told)
    assert asked.status_code == 302
    change = text(visit(ben, asked.url))
    for words in ("UTTS", "by its authority", "Signers of seals, by hand", "/approve"):
        assert words in change
    visit(ben, f"{asked.url}approve", {})
    store = text(page("/trust/"))
    assert "UTTS" in store
    assert "by its authority" in store
    assert "Signers of seals, by hand" in store
    shown = text(page(f"/trust/certificates/{s.certificate().fingerprint}/"))
    assert "signs seals" in shown


def test_on_the_pages_what_cannot_be_is_said(ada, visit):
    told = {"file": SimpleUploadedFile("csca.cer", own(UTOPIA)), "ground": GROUND}
    assert "not of a signer" in text(visit(ada, "/trust/seal-signers/", told), 422)
    told = {"file": SimpleUploadedFile("s.cer", SIGNER), "ground": GROUND, "alone": "on"}
    change = text(visit(ada, visit(ada, "/trust/seal-signers/", told).url))
    assert "by itself, by decision" in change


@pytest.mark.django_db
def test_at_the_console(tmp_path, capsys):
    file = tmp_path / "signer.cer"
    file.write_bytes(SIGNER)
    call_command("trust", "add", "--seal-signers", "--alone", "--ground", GROUND, str(file))
    assert "In force as version 1" in capsys.readouterr().out
    assert verdict() == VALID
