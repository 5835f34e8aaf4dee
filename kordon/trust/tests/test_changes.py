"""Everything else that changes the store: by hand, revocation, distrust, withdrawal, policy."""

import hashlib
from base64 import encodebytes
from uuid import uuid4

import pytest

from kordon.lib.traveldocs.chip import Outcome
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.documents import verify
from kordon.trust import commands, queries, rules
from kordon.trust.believing import trust_in_force
from kordon.trust.models import Certificate, Change, Distrusted, Source, Version
from kordon.trust.rules import Policy
from kordon.trust.tests.conftest import LATER, SECOND, UTOPIA, listed, own, self_signed


def outcome(signer=None):
    return verify(signer or UTOPIA.signer(), trust_in_force().trust).outcome


def pem(*certificates):
    return b"".join(
        b"-----BEGIN CERTIFICATE-----\n" + encodebytes(one) + b"-----END CERTIFICATE-----\n"
        for one in certificates
    )


@pytest.fixture
def do(ada, ben):
    """Ask as Ada, approve as Ben."""

    def make(command, **wishes):
        change = command(by=ada, change=uuid4(), **wishes)
        return commands.approve_change(by=ben, change=change.id)

    return make


@pytest.fixture
def by_hand(do):
    def make(content, source="bilateral"):
        return do(
            commands.offer_certificates,
            source=source,
            file=("csca.cer", content),
            ground="Handed over by the embassy, fingerprint read out by telephone.",
        )

    return make


@pytest.mark.parametrize("source", ["own", "bilateral"])
@pytest.mark.parametrize("packed", [bytes, pem])
def test_what_came_by_hand_is_believed_whatever_the_lists_say(do, by_hand, source, packed):
    do(commands.propose_policy, policy=Policy(quorum=9), reason="Strict.")
    by_hand(packed(own(UTOPIA)), source)
    assert outcome() is Outcome.VERIFIED


def test_what_came_by_hand_joins_what_is_there(by_hand):
    by_hand(own(UTOPIA))
    by_hand(own(SECOND))
    assert Certificate.objects.count() == 2
    assert outcome() is Outcome.VERIFIED


def test_the_same_certificate_again_is_nothing_new(by_hand):
    by_hand(own(UTOPIA))
    with pytest.raises(rules.NothingNew):
        by_hand(own(UTOPIA))


def test_what_cannot_be_used_is_refused(ada):
    forged = UTOPIA.certificate(pair=a.P256.pair(99))
    signer = UTOPIA.signer(more=(a.extension("2.5.29.19", a.seq()),)).certificate()
    for content in (b"", b"hello", forged, pem(forged), b"-----BEGIN CERTIFICATE-----", signer):
        with pytest.raises(rules.Unreadable):
            commands.offer_certificates(
                by=ada, change=uuid4(), source="own", file=("x", content), ground="By hand."
            )
    assert not Change.objects.exists()


def test_by_hand_says_whose_and_how(ada):
    for changes in ({"source": "XP"}, {"ground": " "}):
        wishes = {"source": "own", "ground": "By hand."} | changes
        with pytest.raises(rules.Incomplete):
            commands.offer_certificates(by=ada, change=uuid4(), file=("x", own(UTOPIA)), **wishes)


def test_an_authority_in_too_few_lists_is_not_believed(do, in_force):
    do(commands.propose_policy, policy=Policy(quorum=2), reason="Two at least.")
    in_force()
    assert outcome() is Outcome.NOT_VERIFIABLE
    in_force(listed(own(UTOPIA)), source="XQ")
    assert outcome() is Outcome.VERIFIED


def test_a_state_may_be_asked_for_in_more_lists_than_others(do, in_force):
    in_force()
    do(commands.propose_policy, policy=Policy(by_state={"UT": 2}), reason="Utopia by two.")
    assert outcome() is Outcome.NOT_VERIFIABLE
    second = SECOND.signer()
    assert verify(second, trust_in_force().trust).codes != ("CHAIN_NO_CSCA_FOR_COUNTRY",)


@pytest.mark.parametrize(
    "policy", [Policy(quorum=0), Policy(quorum=51), Policy(by_state={"utopia": 2})]
)
def test_a_policy_that_cannot_be(ada, policy):
    with pytest.raises(rules.Incomplete):
        commands.propose_policy(by=ada, change=uuid4(), policy=policy, reason="Because.")


def test_a_key_not_to_be_trusted_is_not_in_any_certificate(do, in_force, by_hand):
    in_force()
    by_hand(UTOPIA.certificate(serial=9))  # the same key, by another door
    fingerprint = queries.trust_in_force().anchors[0].fingerprint
    row = Certificate.objects.filter(state="UT").first()
    do(
        commands.propose_distrust,
        fingerprint=row.fingerprint,
        reason="The state says that the key was stolen.",
    )
    assert fingerprint
    assert outcome() is Outcome.NOT_VERIFIABLE
    in_force(listed(*self_signed(UTOPIA, SECOND), at=LATER))
    assert outcome() is Outcome.NOT_VERIFIABLE


def test_a_link_to_a_key_not_to_be_trusted_does_not_help(do, in_force):
    heir = a.Authority(number=3)
    in_force(listed(own(UTOPIA), own(heir), heir.certificate(by=UTOPIA)))
    assert outcome(heir.signer()) is Outcome.VERIFIED
    do(commands.propose_distrust, fingerprint=_fingerprint(own(heir)), reason="Stolen.")
    assert outcome(heir.signer()) is Outcome.NOT_VERIFIABLE
    assert outcome() is Outcome.VERIFIED


def _fingerprint(der):
    return hashlib.sha256(der).hexdigest()


def test_trusted_again_even_where_nobody_lists_it_any_more(do, in_force):
    in_force()
    fingerprint = _fingerprint(own(UTOPIA))
    do(commands.propose_distrust, fingerprint=fingerprint, reason="Doubt.")
    in_force(listed(own(SECOND), at=LATER))
    do(
        commands.propose_distrust,
        fingerprint=fingerprint,
        distrust=False,
        reason="The doubt was cleared.",
    )
    assert not Distrusted.objects.exists()


def test_distrust_that_says_nothing_new_or_of_nobody(ada, in_force):
    in_force()
    with pytest.raises(rules.NothingNew):
        commands.propose_distrust(
            by=ada, change=uuid4(), fingerprint=_fingerprint(own(UTOPIA)), distrust=False,
            reason="It is trusted.",
        )  # fmt: skip
    with pytest.raises(rules.NoSuchCertificate):
        commands.propose_distrust(by=ada, change=uuid4(), fingerprint="0" * 64, reason="Gone.")


def test_a_withdrawn_source_is_gone_with_its_signer_and_its_order(do, in_force, offer):
    in_force(listed(own(UTOPIA), at=LATER))
    do(commands.propose_withdrawal, source="XP", reason="The publisher has stopped.")
    assert (Source.objects.count(), Certificate.objects.count()) == (0, 0)
    assert outcome() is Outcome.NOT_VERIFIABLE
    assert Change.objects.get(pk=offer()).said["new_signer"]


def test_only_a_source_that_is_there_can_be_withdrawn(ada):
    with pytest.raises(rules.NoSuchSource):
        commands.propose_withdrawal(by=ada, change=uuid4(), source="XP", reason="Stopped.")


def test_a_revoked_signer_fails(do, in_force):
    in_force()
    assert outcome() is Outcome.VERIFIED
    signer = UTOPIA.signer()
    do(commands.offer_revocation_list, file=("crl", UTOPIA.revocation_list(signer.serial)))
    assert outcome() is Outcome.FAILED


def test_a_revocation_list_of_nobody_we_trust_is_refused(ada, in_force):
    in_force(listed(own(SECOND)))
    for content in (UTOPIA.revocation_list(5), b"hello", b""):
        with pytest.raises(rules.Unreadable):
            commands.offer_revocation_list(by=ada, change=uuid4(), file=("crl", content))


def test_an_older_revocation_list_is_refused(ada, do, in_force):
    in_force()
    do(commands.offer_revocation_list, file=("crl", UTOPIA.revocation_list(5)))
    with pytest.raises(rules.OlderList):
        commands.offer_revocation_list(
            by=ada, change=uuid4(), file=("crl", UTOPIA.revocation_list(5, 6))
        )


def test_every_change_makes_a_version(do, in_force):
    in_force()
    do(commands.propose_policy, policy=Policy(quorum=2), reason="Two at least.")
    do(commands.propose_policy, policy=Policy(quorum=1), reason="One at least.")
    digests = list(Version.objects.order_by("number").values_list("digest", flat=True))
    assert len(digests) == 3
    assert digests[0] == digests[2] != digests[1]


def test_names_that_no_database_keeps_are_kept_with_question_marks(by_hand):
    strange = a.Authority(country="\u0000Z", common="A\u0000B\u202eC", number=6)
    by_hand(strange.certificate())
    row = Certificate.objects.get()
    assert (row.state, "\u0000" in row.subject) == ("??", False)
    assert "A?B?C" in row.subject
