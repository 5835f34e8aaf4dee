"""Documents of Utopia with a chip, and a trust store that believes Utopia."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from PIL import Image

from conftest import officer
from kordon.border.rules.chip import ChipPresented
from kordon.border.tests.conftest import zone
from kordon.lib.traveldocs.chip import ChipFiles
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.trust import commands

CSCA = a.Authority()


def image(kind="JPEG", size=(90, 120)):
    drawn = BytesIO()
    Image.new("RGB", size, (200, 180, 160)).save(drawn, kind)
    return drawn.getvalue()


def files(authority=CSCA, *, picture=None, mrz=None, more=(), **changes):
    """The files of a chip: signed, with the zone of the page and a portrait."""
    groups = {
        1: a.dg1((mrz or zone()).replace("\n", "").encode()),
        2: a.dg2(a.face(picture or image())),
        **dict(more),
    }
    signer = authority.signer(end=a.BEGIN + timedelta(days=9999), **changes)
    return ChipFiles(sod=signer.sod(groups), com=a.com(0x61, 0x75), groups=groups)


def chip(**changes):
    return ChipPresented(files=files(**changes))


def tampered():
    good = files()
    return ChipPresented(
        files=ChipFiles(sod=good.sod, com=good.com, groups=good.groups | {2: a.dg2(a.face(b"!"))})
    )


def believe(authority=CSCA):
    """Two officers put the authority into the store."""
    change = commands.offer_certificates(
        by=officer("Ada", 1),
        change=uuid4(),
        source="bilateral",
        file=("csca.cer", authority.certificate()),
        ground="Handed over, fingerprint compared.",
    )
    return commands.approve_change(by=officer("Ben", 2), change=change.id)
