"""axe finds nothing on any page of the node, in both themes and both languages."""

import pytest

from kordon.node.demo import cast
from kordon.node.demo.staff import COLLEAGUES
from kordon.node.demo.standing import crossing_of
from kordon.ui.tests.axe import axe_violations
from tests.addresses import SAMPLES, addresses

pytestmark = pytest.mark.browser
LOOKS = [("en", False), ("ru", True), ("en", True), ("ru", False)]
ELSEWHERE = {"accounts:sign_in", "accounts:sign_out", "accounts:lock", "accounts:locked", "health"}
MADE_OF = [str(sample) for sample in SAMPLES.values()]
PLAIN = [
    each.url
    for each in addresses()
    if not each.api
    and each.name not in ELSEWHERE
    and not each.name.startswith("api:")
    and not any(f"/{part}" in each.url for part in MADE_OF)
]
CASES = [f"/second-line/{crossing_of(card)}/" for card in cast.WAITING]


def is_page(page, url):
    answer = page.request.get(url, max_redirects=0)
    return answer.status == 200 and "text/html" in answer.headers.get("content-type", "")


@pytest.mark.parametrize("language, dark", LOOKS, ids=["en", "ru dark", "en dark", "ru"])
def test_axe_finds_nothing_on_any_page(demo, open_page, language, dark):
    seen, found = set(), []
    page = open_page(demo, language=language, dark=dark)
    for login in (each.login for each in COLLEAGUES):
        page.context.clear_cookies()
        demo.sign_in(page, login)
        for url in [*PLAIN, *CASES]:
            if url not in seen and is_page(page, url):
                seen.add(url)
                page.goto(url)
                found += [f"{url}: {fault}" for fault in axe_violations(page)]
    assert {"/first-line/", "/second-line/", "/supervisor/", CASES[0]} <= seen
    assert found == []
