"""Whom headquarters believes, posts believe: the same version, from the same file."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from kordon.border.commands import check_traveller
from kordon.border.facts import Direction, Identity
from kordon.border.models import SealVerification
from kordon.border.rules.presenting import Presentation
from kordon.border.rules.seal import SealPresented
from kordon.journal import files
from kordon.journal.channels import OnlyAtHeadquarters
from kordon.lib.traveldocs.chip import Outcome
from kordon.lib.traveldocs.chip.tests.documents import verify
from kordon.lib.traveldocs.seal import Outcome as SealOutcome
from kordon.lib.traveldocs.seal import verify_seal
from kordon.lib.traveldocs.seal.tests import specimens
from kordon.measure.direct import exchange
from kordon.measure.nodes import EVERYTHING
from kordon.trust import commands
from kordon.trust.believing import trust_in_force
from kordon.trust.models import Certificate, Version
from kordon.trust.tests.conftest import SECOND, UTOPIA, listed, self_signed

from .conftest import up

SECOND_OFFICER = replace(EVERYTHING, id=uuid4())


def offered():
    return commands.offer_master_list(
        by=EVERYTHING,
        change=uuid4(),
        source="XP",
        title="List of the publisher",
        file=("list.ml", listed(*self_signed(UTOPIA, SECOND))),
    )


def test_a_list_approved_at_headquarters_verifies_at_the_post(hq, aksuu):
    with hq.here():
        change = offered()
        commands.approve_change(by=SECOND_OFFICER, change=change.id)
        there = trust_in_force()
    asyncio.run(exchange(aksuu, hq, until=Version.objects.exists))
    with aksuu.here():
        here = trust_in_force()
        assert (here.number, here.digest, here.as_of) == (there.number, there.digest, there.as_of)
        assert Certificate.objects.count() == 2
        assert verify(UTOPIA.signer(), here.trust).outcome is Outcome.VERIFIED
        assert files.is_kept(change.said["records"])
        assert not files.is_kept(change.said["original"])


@pytest.fixture
def signer_told(hq, aksuu):
    """Utopia's authority and the signer of its seals, approved at headquarters, at the post."""
    with hq.here():
        commands.approve_change(by=SECOND_OFFICER, change=offered().id)
        change = commands.offer_seal_signers(
            by=EVERYTHING,
            change=uuid4(),
            file=("signer.cer", specimens.certificate().raw),
            ground="Published by the embassy, fingerprint compared.",
        )
        commands.approve_change(by=SECOND_OFFICER, change=change.id)
    asyncio.run(exchange(aksuu, hq, until=lambda: Version.objects.count() == 2))


def test_signers_of_seals_approved_at_headquarters_verify_at_the_post(hq, aksuu, signer_told):
    with hq.here():
        there = trust_in_force()
    with aksuu.here():
        here = trust_in_force()
        assert (here.number, here.digest) == (there.number, there.digest)
        said = verify_seal(specimens.seal(), here.seals, on=specimens.ON)
        assert said.outcome is SealOutcome.VALID


def test_a_seal_verified_at_the_post_is_known_at_headquarters(hq, aksuu, signer_told):
    with aksuu.here():
        stamp = specimens.seal(specimens.STAMP, values=specimens.STAMP_VALUES)
        typed = Identity(issuer="UTO", number="L898902C3", surname="ERIKSSON")
        made = check_traveller(
            by=replace(EVERYTHING, post="AKSUU"),
            check=uuid4(),
            presentation=Presentation(
                direction=Direction.ENTRY, typed=typed, seal=SealPresented(octets=stamp)
            ),
        )
        said = SealVerification.objects.get(check_uuid=made.pk).said
    up(aksuu, hq)
    with hq.here():
        row = SealVerification.objects.get(check_uuid=made.pk)
        assert (row.outcome, row.trust_version, row.post) == ("VALID", 2, "AKSUU")
        assert row.said == said


def test_a_post_changes_nothing(aksuu):
    with aksuu.here(), pytest.raises(OnlyAtHeadquarters):
        offered()
