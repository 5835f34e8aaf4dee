"""What is committed is what the sources say; nothing in it points elsewhere."""

import re
from pathlib import Path

import pytest

from kordon.ui import build, messages
from kordon.ui.templatetags.ui import drawings

PLACE = Path(build.BUILT)


def test_nothing_built_names_another_host_or_a_map():
    for name in ("kordon.css", "kordon.js"):
        text = (PLACE / name).read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        hosts = set(re.findall(r"https?://([\w.-]+)", text)) - {"www.w3.org"}
        assert hosts == set()
    assert "registry" not in (build.ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_file_the_style_names_is_there():
    css = (PLACE / "kordon.css").read_text(encoding="utf-8")
    named = re.findall(r"url\((\./[^)]+)\)", css)
    assert len(named) == 8
    assert all((PLACE / name).is_file() for name in named)


def test_every_icon_of_the_list_is_drawn():
    listed = (build.HERE / "assets" / "icons.txt").read_text().split("\n")
    assert set(drawings()) == {name for name in listed if name and not name.startswith("#")}


def test_a_changed_file_is_noticed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for folder, text in (("a", "1"), ("b", "2")):
        (tmp_path / folder / "same").write_text("0")
        (tmp_path / folder / "file").write_text(text)
    (tmp_path / "a" / "new").write_text("")
    (tmp_path / "b" / "old").write_text("")
    lines = build.differences(tmp_path / "a", tmp_path / "b")
    assert lines == ["missing: new", "too many: old", "differs: file"]


def test_without_node_the_check_says_it_was_skipped(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "/nowhere")
    assert build.main(["--check"]) == 0
    assert "SKIPPED" in capsys.readouterr().err
    assert build.main([]) == 1


def test_words_are_found_in_code_and_pages(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "{% load i18n %}\n  {% translate 'One' %}{{ _('Two')|upper }}\n"
        "{% blocktranslate count n=3 trimmed %}\n {{ n }} day\n{% plural %}\n {{ n }} days\n"
        "{% endblocktranslate %} it's {% translate 'Open' context 'door' %}"
    )
    found = [(message, context) for message, _c, context in messages.messages_in(page)]
    assert found == [
        ("One", None),
        ("Two", None),
        (("%(n)s day", "%(n)s days"), None),
        ("Open", "door"),
    ]


def test_words_are_found_under_another_name_too(tmp_path):
    code = tmp_path / "code.py"
    code.write_text(
        "from django.utils.translation import gettext as now\n"
        "print(now('Here'))\nraise Late('The gate is shut.')\nraise Late('late')\n"
    )
    found = [message for message, _c, _x in messages.messages_in(code)]
    assert found == ["Here", "The gate is shut."]


@pytest.mark.parametrize(
    "translated, kept",
    [("Осталось %(n)s", True), ("Осталось %(m)s", False), ("Осталось", False), ("%(n)s %s", False)],
)
def test_a_translation_may_not_lose_a_placeholder(translated, kept):
    catalogue = messages.Catalog()
    catalogue.add("%(n)s left", translated)
    assert messages.keeps_places(catalogue.get("%(n)s left")) is kept
