"""The pages on which the store is looked at, changed and approved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.trust.figures import of_the_store
from kordon.trust.models import Certificate, Change, Version
from kordon.trust.scratch import Offer
from kordon.trust.tests.conftest import LATER, LISTS, SECOND, UTOPIA, listed, own, self_signed


@pytest.fixture
def uploaded(ada, visit):
    """Hand a list in; the address of its preview."""

    def send(content):
        told = {"file": SimpleUploadedFile("x.ml", content), "source": "XP", "title": "Publisher"}
        answer = visit(ada, "/trust/import/", told)
        assert answer.status_code == 302, answer.content.decode()
        return answer.url

    return send


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_an_empty_store_says_what_to_do(ada, visit):
    assert "No authority is trusted yet" in text(visit(ada, "/trust/"))


def test_a_preview_shows_signer_and_states_and_changes_nothing(ada, visit, uploaded):
    page = text(visit(ada, uploaded(listed(*self_signed(UTOPIA, SECOND)))))
    for words in ("C=XP, CN=Publisher CSCA", "Utopia (specimen)", "1 new key", "Nobody here has"):
        assert words in page
    assert not Change.objects.exists()


def test_from_preview_to_the_store_by_two_officers(ada, ben, visit, uploaded):
    preview = uploaded(listed(*self_signed(UTOPIA, SECOND)))
    answer = visit(ada, f"{preview}offer", {})
    assert "Another officer approves it." in text(visit(ada, answer.url))
    assert not Offer.objects.exists()
    visit(ben, f"{answer.url}approve", {})
    page = text(visit(ada, "/trust/"))
    assert "Version 1" in page
    assert Version.objects.get().digest in page
    assert "Utopia CSCA" in text(visit(ada, "/trust/states/UT/"))
    history = text(visit(ada, "/trust/history/"))
    assert "Master list" in history
    assert "approved" in history


def test_the_officer_who_asked_cannot_approve_on_the_page(ada, visit, offer):
    change = offer()
    page = text(visit(ada, f"/trust/changes/{change}/"))
    assert "/approve" not in page
    assert "Another officer must approve" in text(
        visit(ada, f"/trust/changes/{change}/approve", {}), 422
    )


def test_a_list_that_is_none_says_so(ada, visit, uploaded):
    assert "no signed list" in text(visit(ada, uploaded(own(UTOPIA))), 422)


def test_an_older_list_says_so(ada, visit, uploaded, in_force):
    in_force(listed(own(UTOPIA), at=LATER))
    assert "signed later" in text(visit(ada, uploaded(listed(own(UTOPIA)))), 409)


def test_another_signer_is_asked_about(ada, visit, uploaded, in_force):
    in_force()
    stranger = a.Authority(country="XP", number=51, common="Publisher CSCA").signer(more=(LISTS,))
    preview = uploaded(listed(own(UTOPIA), signer=stranger, at=LATER))
    assert "accept_signer" in text(visit(ada, preview))
    assert "Another authority signed" in text(visit(ada, f"{preview}offer", {}), 409)
    assert visit(ada, f"{preview}offer", {"accept_signer": "on"}).status_code == 302


def test_somebody_elses_file_is_not_there(ben, visit, uploaded):
    preview = uploaded(listed(own(UTOPIA)))
    with pytest.raises(Http404):
        visit(ben, preview)


def test_by_hand_revocation_policy_and_withdrawal_are_asked_for(ada, ben, visit, in_force):
    in_force()
    file = SimpleUploadedFile("csca.cer", own(a.Authority(country="XY", number=4)))
    told = {"file": file, "source": "bilateral", "ground": "Handed over."}
    crl = SimpleUploadedFile("x.crl", UTOPIA.revocation_list(5))
    pages = {
        "/trust/by-hand/": told,
        "/trust/revocations/": {"file": crl},
        "/trust/policy/": {"quorum": "2", "by_state": "ut 3, xx 1", "reason": "Two at least."},
        "/trust/sources/XP/withdraw": {"reason": "Stopped."},
    }
    for address, told in pages.items():
        answer = visit(ada, address, told)
        assert answer.status_code == 302, answer.content.decode()
        page = text(visit(ben, answer.url))
        assert "approve" in page
    assert Change.objects.get(kind="policy").said["by_state"] == {"UT": 3, "XX": 1}
    assert Change.objects.filter(status="pending").count() == 4


def test_what_is_typed_wrongly_is_said_on_the_page(ada, visit, in_force):
    in_force()
    for told in ({"quorum": "0", "reason": "No."}, {"quorum": "2", "by_state": "x", "reason": "b"}):
        assert visit(ada, "/trust/policy/", told).status_code == 422
    file = SimpleUploadedFile("x.crl", b"hello")
    assert "cannot be read" in text(visit(ada, "/trust/revocations/", {"file": file}), 422)
    assert "Version 1" in text(visit(ada, "/trust/"))


def test_a_key_is_trusted_no_more_and_again(ada, ben, visit, in_force):
    in_force()
    fingerprint = Certificate.objects.get(state="UT").fingerprint
    page = f"/trust/certificates/{fingerprint}/"
    assert "BEGIN CERTIFICATE" in text(visit(ada, page))
    assert visit(ada, f"{page}distrust", {"reason": ""}).status_code == 422
    for words, again in (
        ("Trust this key again", {}),
        ("Trust this key no more", {"again": "yes"}),
    ):
        answer = visit(ada, f"{page}distrust", {"reason": "The key was stolen."} | again)
        visit(ben, f"{answer.url}approve", {})
        assert words in text(visit(ada, page))


def test_monitoring_hears_the_version_and_the_age_of_the_lists(in_force):
    assert [one.value for one in of_the_store()] == [0]
    in_force()
    version, age = of_the_store()
    assert (version.value, age.labels) == (1, {"list": "XP"})
    assert age.value > 0
