"""What is not documented does not exist: settings, commands, facts, rights, decisions, links."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import get_resolver

from kordon.accounts.doors import PAGES
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.fact import KINDS
from kordon.node import reference
from kordon.node.cli import LINES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
NAMED = re.compile(r"KORDON_[A-Z_]+")


def page(name: str) -> str:
    return (DOCS / name).read_text()


def variables_read() -> set[str]:
    """Names of the environment in string literals of the code, wherever they are read."""
    house = [path for path in (ROOT / "kordon").rglob("*.py") if "tests" not in path.parts]
    files = [*house, *(ROOT / "tests").glob("*.py"), ROOT / "boot.py"]
    words = (
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {word for word in words if NAMED.fullmatch(word)} - SETTINGS_OF_DJANGO


# Names in code that are settings of the framework, not variables of the environment.
SETTINGS_OF_DJANGO = {
    "KORDON_GALLERY",
    "KORDON_LOCK_URL",
    "KORDON_NAVIGATION",
    "KORDON_SIGN_OUT_URL",
    "KORDON_STRIP",
}


def test_every_variable_is_explained():
    told = set(NAMED.findall(page("operations/settings.md")))
    assert sorted(variables_read() - told) == []


def test_no_variable_is_explained_that_is_not_read():
    told = set(NAMED.findall(page("operations/settings.md")))
    assert sorted(told - variables_read()) == []


def test_the_reference_says_what_the_code_says():
    assert reference.stale_pages() == []


def test_every_command_is_in_the_reference():
    told = page("reference/commands.md")
    assert [line.words for line in LINES if f"## `kordon {line.words}`" not in told] == []


def test_every_fact_is_in_the_reference():
    told = page("reference/facts.md")
    assert [kind for kind in KINDS if f"## `{kind}`" not in told] == []


def test_every_right_is_in_the_reference():
    assert get_resolver().url_patterns  # the views declare the rights of pages
    told = page("reference/rights.md")
    assert [right for right in {*COMMANDS, *QUERIES, *PAGES} if f"`{right}`" not in told] == []


PAPERS = [
    *DOCS.rglob("*.md"),
    *ROOT.glob("*.md"),
    *(ROOT / "deploy").rglob("*.md"),
    *(ROOT / "kordon").rglob("README.md"),
]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(paper):
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", paper.read_text()):
        if not re.match(r"[a-z]+:", link):
            assert (paper.parent / link).exists(), link


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_into_a_paper_lead_to_one_of_its_headings(paper):
    for link, anchor in re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", paper.read_text()):
        assert anchor in headings(paper.parent / link if link else paper), f"{link}#{anchor}"


def headings(paper: Path) -> set[str]:
    """As the pages of a repository name them."""
    text = re.sub(r"```.*?```", "", paper.read_text(), flags=re.DOTALL)
    titles = re.findall(r"^#+ +(.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_decisions_are_numbered_without_gap():
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("0*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
