import json
import mmap

import pytest

from kordon.lib.screening import Index, IndexUnusable, Listing, Person

BORN = (1974, 8, 12)
ANNA = Person(("ERIKSSON ANNA",), BORN)


def an_index(key="a"):
    return Index.build([Listing(key, ("Anna Maria Eriksson", "Анна Эрикссон"), (BORN,), ("UTO",))])


def test_a_saved_index_answers_as_the_one_it_was_saved_from(tmp_path):
    built = an_index()
    built.save(tmp_path / "index")
    opened = Index.open(tmp_path / "index")
    assert len(opened) == len(built) == 1
    assert opened.search(ANNA) == built.search(ANNA)
    assert opened.search(ANNA)[0].matched_name == "Анна Эрикссон"


def test_an_empty_index_can_be_saved_and_opened(tmp_path):
    Index.build([]).save(tmp_path)
    assert Index.open(tmp_path).search(ANNA) == []


def test_saving_again_replaces_and_the_old_one_keeps_serving(tmp_path):
    an_index("old").save(tmp_path)
    old = Index.open(tmp_path)
    an_index("new").save(tmp_path)
    assert old.search(ANNA)[0].key == "old"
    assert Index.open(tmp_path).search(ANNA)[0].key == "new"
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".index", ".json"]


def test_a_folder_without_an_index_says_so(tmp_path):
    with pytest.raises(IndexUnusable, match="there is no index"):
        Index.open(tmp_path / "nowhere")


def test_an_index_of_another_version_is_not_used(tmp_path):
    an_index().save(tmp_path)
    meta = json.loads((tmp_path / "meta.json").read_text())
    (tmp_path / "meta.json").write_text(json.dumps({**meta, "version": "another"}))
    with pytest.raises(IndexUnusable, match="another version"):
        Index.open(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"text"', "1", "{}", "\udcff"])
def test_a_spoilt_description_is_not_used(tmp_path, text):
    an_index().save(tmp_path)
    (tmp_path / "meta.json").write_text(text, errors="surrogateescape")
    with pytest.raises(IndexUnusable):
        Index.open(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [("count", 2), ("arrays", {}), ("arrays", None), ("sha256", None), ("sha256", "0" * 64)],
)
def test_a_description_changed_by_hand_is_not_used(tmp_path, key, value):
    an_index().save(tmp_path)
    meta = json.loads((tmp_path / "meta.json").read_text())
    (content,) = tmp_path.glob("*.index")
    (tmp_path / f"{value}.index").write_bytes(content.read_bytes())
    (tmp_path / "meta.json").write_text(json.dumps({**meta, key: value}))
    with pytest.raises(IndexUnusable, match="damaged"):
        Index.open(tmp_path)


def test_any_changed_byte_of_the_arrays_is_noticed(tmp_path):
    an_index().save(tmp_path)
    (content,) = tmp_path.glob("*.index")
    good = content.read_bytes()
    for at in range(0, len(good), 61):
        spoilt = bytearray(good)
        spoilt[at] ^= 1
        content.write_bytes(spoilt)
        with pytest.raises(IndexUnusable, match="damaged"):
            Index.open(tmp_path)
    for spoilt in (good[:-1], b"", good + b"\0"):
        content.write_bytes(spoilt)
        with pytest.raises(IndexUnusable, match="damaged"):
            Index.open(tmp_path)


def test_arrays_that_are_gone_are_not_searched_for_elsewhere(tmp_path):
    an_index().save(tmp_path)
    (content,) = tmp_path.glob("*.index")
    content.unlink()
    with pytest.raises(IndexUnusable, match="missing"):
        Index.open(tmp_path)


def test_leftovers_of_a_writer_that_died_change_nothing_and_are_swept(tmp_path):
    an_index("old").save(tmp_path)
    (tmp_path / "4711.part").write_bytes(b"half an ind")
    (tmp_path / "meta.json.part").write_bytes(b"{")
    (tmp_path / ("0" * 64 + ".index")).write_bytes(b"written, not yet named")
    (tmp_path / "notes.txt").write_text("somebody's own")
    assert Index.open(tmp_path).search(ANNA)[0].key == "old"
    an_index("new").save(tmp_path)
    assert Index.open(tmp_path).search(ANNA)[0].key == "new"
    assert (tmp_path / "notes.txt").exists()
    assert not list(tmp_path.glob("*.part"))
    assert len(list(tmp_path.glob("*.index"))) == 1


def test_the_arrays_are_mapped_not_copied(tmp_path):
    an_index().save(tmp_path)
    lists = Index.open(tmp_path)._holdings.lists
    arrays = [array for group in lists for array in group if len(array)]
    assert len(arrays) > 15
    assert all(isinstance(array.base.obj, mmap.mmap) for array in arrays)
