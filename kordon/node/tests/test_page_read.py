"""``kordon page read``: an image in, what is on its page out."""

import json

import numpy as np
import pytest
from PIL import Image

from kordon.lib.traveldocs.page.training.pages import draw_page
from kordon.lib.traveldocs.page.training.persons import FORMATS
from kordon.node.page import main


@pytest.fixture
def page(tmp_path):
    page = draw_page(np.random.default_rng(5), "scan", FORMATS[0])
    (tmp_path / "page.jpg").write_bytes(page.file)
    return page


@pytest.fixture
def ask(capsys, tmp_path):
    def ask(name, *options):
        status: object = 0
        try:
            main(["read", str(tmp_path / name), "--date", "2026-06-01", *options])
        except SystemExit as left:
            status = left.code
        return status, capsys.readouterr().out

    return ask


def test_a_page_is_told_for_people_and_for_machines(ask, page):
    assert ask("page.jpg") == (0, "\n".join(("READ TD3", *page.lines, "")))
    status, said = ask("page.jpg", "--json")
    assert (status, json.loads(said)["reading"]["lines"]) == (0, list(page.lines))


def test_the_portrait_is_written(ask, page, tmp_path):
    ask("page.jpg", "--portrait", str(tmp_path / "face.png"))
    assert min(Image.open(tmp_path / "face.png").size) > 300


def test_what_was_not_read_leaves_with_one(ask, tmp_path):
    Image.new("L", (800, 600), 200).save(tmp_path / "empty.png")
    assert ask("empty.png") == (1, "NO_ZONE\n")
    status, said = ask("empty.png", "--json")
    assert (status, json.loads(said)["outcome"]) == (1, "NO_ZONE")


def test_what_cannot_be_looked_at_is_one_sentence(ask, page, tmp_path):
    (tmp_path / "text.jpg").write_text("no image")
    status, _ = ask("text.jpg", "--json")
    assert json.loads(status)["error"]["code"] == "NOT_AN_IMAGE"
    assert ask("missing.jpg")[0].endswith("missing.jpg: no such file or directory")
    assert "name it .jpg" in ask("page.jpg", "--portrait", str(tmp_path / "face.nothing"))[0]


def test_a_portrait_that_was_not_found_is_told(capsys, tmp_path):
    Image.new("L", (800, 600), 200).save(tmp_path / "empty.png")
    with pytest.raises(SystemExit):
        main(["read", str(tmp_path / "empty.png"), "--portrait", str(tmp_path / "face.png")])
    assert "no portrait was found" in capsys.readouterr().err
    assert not (tmp_path / "face.png").exists()


def test_doubts_are_told_with_what_else_it_may_be(ask, tmp_path):
    page = draw_page(np.random.default_rng(5), "scan", FORMATS[0])
    (tmp_path / "page.jpg").write_bytes(page.file)
    image = Image.open(tmp_path / "page.jpg")
    per_mm = image.width / 125
    box = [round(each * per_mm) for each in (30, 88 - 17.5, 34, 88 - 11.5)]
    image.paste(170, box)
    image.save(tmp_path / "covered.png")
    status, said = ask("covered.png")
    assert status == 1
    assert said.startswith("NOT_READ TD3\n")
    assert "line 1, position 1" in said.split("\n", 3)[3]
