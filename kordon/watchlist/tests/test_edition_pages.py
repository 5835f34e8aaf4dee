"""The pages on which editions are looked at, imported and taken back."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from kordon.watchlist import commands
from kordon.watchlist.models import Alert, Edition
from kordon.watchlist.scratch import Upload
from kordon.watchlist.tests.conftest import un_list, un_person

TABLE = "кто;когда;чей\nЭРИКССОН Анна;12.08.1974;Кыргызстан\nХОЛЬМ Грета;вчера;Кыргызстан\n"


@pytest.fixture
def uploaded(ada, visit):
    """Hand a file in; the address of its preview."""

    def send(content, format="un", **wishes):
        file = SimpleUploadedFile("list.file", content)
        answer = visit(ada, "/watchlist/lists/import/", {"file": file, "format": format} | wishes)
        assert answer.status_code == 302, answer.content.decode()
        return answer.url

    return send


def test_a_preview_shows_what_would_change_and_changes_nothing(ada, visit, uploaded):
    text = visit(ada, uploaded(un_list(un_person()))).content.decode()
    assert "XXi.001" in text
    assert "ANNA MARIA ERIKSSON" in text
    assert not Edition.objects.exists()


def test_confirmed_it_waits_and_another_officer_puts_it_in_force(ada, ben, visit, uploaded):
    preview = uploaded(un_list(un_person()))
    answer = visit(ada, f"{preview}confirm", {})
    assert answer.status_code == 302
    assert "Another officer puts it in force." in visit(ada, answer.url).content.decode()
    visit(ben, f"{answer.url}approve", {})
    assert Edition.objects.get().status == "in_force"
    assert Alert.objects.get().source_ref == "XXi.001"
    assert not Upload.objects.exists()


def test_bad_rows_are_shown_with_line_and_reason(ada, visit, uploaded):
    nameless = un_person("XXi.009").replace("ANNA MARIA", "").replace("ERIKSSON", "")
    text = visit(ada, uploaded(un_list(un_person(), nameless))).content.decode()
    assert "no name" in text
    assert '<th scope="row">7</th>' in text


def test_a_file_that_is_none_says_so(ada, visit, uploaded):
    answer = visit(ada, uploaded(b"<html>hello</html>"))
    assert answer.status_code == 422
    assert "not the consolidated list" in answer.content.decode()


def test_columns_nobody_knows_are_asked_for(ada, visit, uploaded):
    preview = uploaded(TABLE.encode("cp1251"), format="table", list="OURS")
    answer = visit(ada, preview)
    assert answer.status_code == 422
    assert 'name="col-name"' in answer.content.decode()
    visit(ada, preview, {"col-name": "кто", "col-birth_date": "когда", "col-nationality": "чей"})
    text = visit(ada, preview).content.decode()
    assert "ЭРИКССОН Анна" in text
    assert "the date is not understood" in text


def test_somebody_elses_upload_is_not_there(ben, visit, uploaded):

    preview = uploaded(un_list(un_person()))
    with pytest.raises(Http404):
        visit(ben, preview)


def test_shrinking_is_asked_about(ada, ben, visit, uploaded, imported):
    many = [un_person(f"XXi.00{n}", name=f"ERIKSSON{n * 'A'}") for n in range(1, 5)]
    commands.approve_edition(by=ben, edition=imported(*many))
    preview = uploaded(un_list(many[0]))
    answer = visit(ada, f"{preview}confirm", {})
    assert answer.status_code == 409
    assert "accept_shrinking" in answer.content.decode()
    assert visit(ada, f"{preview}confirm", {"accept_shrinking": "on"}).status_code == 302


def test_it_is_rolled_back_on_its_page(ada, ben, visit, imported):
    edition: UUID = imported(un_person())
    commands.approve_edition(by=ben, edition=edition)
    text = visit(ada, f"/watchlist/lists/{edition}/").content.decode()
    assert "Put the edition before in force again" in text
    visit(ada, f"/watchlist/lists/{edition}/roll-back", {"reason": "Damaged."})
    assert not Alert.objects.exists()


def test_a_roll_back_says_why(ada, ben, visit, imported):
    edition = imported(un_person())
    commands.approve_edition(by=ben, edition=edition)
    assert visit(ada, f"/watchlist/lists/{edition}/roll-back", {"reason": ""}).status_code == 422
    assert Alert.objects.exists()


def test_all_lists_are_shown_with_their_age(ada, ben, visit, imported):
    commands.approve_edition(by=ben, edition=imported(un_person()))
    text = visit(ada, "/watchlist/lists/").content.decode()
    assert "United Nations Security Council Consolidated List" in text
    assert "19 Apr 2026" in text


def test_put_in_force_alone_is_said(ada, visit, imported):
    edition = imported(un_person())
    commands.approve_edition_at_console(by=ada, edition=edition)
    text = visit(ada, f"/watchlist/lists/{edition}/").content.decode()
    assert "without a second officer" in text
