"""Documents of Utopia, good in everything but what a test makes wrong, and their verification."""

from datetime import date

from kordon.lib.traveldocs.chip import (
    ChipFiles,
    Result,
    Trust,
    read_certificate,
    read_revocation_list,
    verify_chip,
)
from kordon.lib.traveldocs.chip.tests import authority as a

ON = date(2024, 6, 1)
GROUPS = {1: a.dg1(), 2: a.dg2(a.face())}
CSCA = a.Authority()
OTHER = a.Authority(number=2)


def trust(*authorities, lists=(), **more):
    anchors = [read_certificate(each.certificate()) for each in authorities or (CSCA,)]
    return Trust(anchors, revocation_lists=map(read_revocation_list, lists), **more)


GOOD_LIST = CSCA.revocation_list(5, 6)


def verify(signer=None, believed=None, *, groups=GROUPS, com=None, on=ON, sod=None, **more):
    asked = {each: more.pop(each) for each in ("mrz", "issued", "rules") if each in more}
    signer = signer or CSCA.signer()
    files = ChipFiles(sod=sod or signer.sod(GROUPS, **more), com=com, groups=groups)
    return verify_chip(files, believed or trust(lists=[GOOD_LIST]), on=on, **asked)


def findings(said, step):
    return [(each.result, each.code) for each in said.findings if each.step is step]


def only_problem(said, step, result, code):
    """This step says this, and no other step anything but that it passed or was not done."""
    assert (result, code) in findings(said, step), said.findings
    others = {each.result for each in said.findings if each.step is not step}
    assert others <= {Result.PASSED, Result.NOT_DONE}, said.findings
