"""Which files make one submission, in words, figures and pictures."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.hostile import photograph
from tests.documents.signing import signed
from tests.factories import plan_file, report_file
from tests.lifecycle.submission.sending import H1, S, letters_of, narrative, send, send_all, sent_for, stands

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.office import Office

PICTURE = ("anh.jpg", photograph(40, 30))


@pytest.mark.parametrize("files", [(("kh.docx", plan_file()), PICTURE), (PICTURE, ("kh.docx", plan_file()))])
def test_a_picture_beside_what_can_be_read_takes_nothing_away(
    office: Office, files: tuple[tuple[str, bytes], ...]
) -> None:
    send_all(office, *files)
    assert stands(office) == (ObligationState.MET, [S.ACCEPTED], [{"source", "copy"}])
    assert not any("bản đọc được" in text for _, text, _ in letters_of(office, "receipt")[1:])


def test_a_picture_that_comes_when_all_is_accepted_asks_for_nothing(office: Office) -> None:
    send(office, plan_file(), "kh.docx")
    send(office, *reversed(PICTURE), at="2023-02-21")
    assert stands(office) == (ObligationState.MET, [S.ACCEPTED], [{"source", "copy"}])
    assert letters_of(office, "return") == []


def test_a_photograph_of_the_signed_paper_is_asked_for_again(office: Office) -> None:
    send(office, report_file(), "bieu.xlsx", at="2023-06-12", **H1)
    send(office, *reversed(PICTURE), at="2023-06-13", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.FIGURES_ONLY
    assert "đề nghị gửi bản đọc được" in letters_of(office, "receipt")[-1][1]


def test_pictures_of_several_pages_are_one_submission(office: Office) -> None:
    send_all(office, PICTURE, ("trang-2.jpg", photograph(41, 30)))
    assert stands(office) == (ObligationState.RETURNED, [S.RETURNED], [{"copy"}])
    assert len(letters_of(office, "return")) == 1


@pytest.mark.parametrize("reverse", [False, True])
def test_a_report_in_words_goes_with_its_figures(office: Office, reverse: bool) -> None:
    files = [("bao-cao.docx", narrative()), ("bieu.xlsx", report_file())]
    send_all(office, *(reversed(files) if reverse else files), at="2023-06-12", **H1)
    assert stands(office, Item.REPORT, "2023-H1") == (
        ObligationState.FIGURES_ONLY,
        [S.ACCEPTED],
        [{"source", "figures"}],
    )
    (sent,) = sent_for(office, Item.REPORT, "2023-H1")
    assert (sent.reference, sent.issued_on) == ("45/BC-UBND", date(2023, 6, 12))
    assert "Báo cáo số 45/BC-UBND ngày 12/6/2023" in letters_of(office, "receipt")[0][1]
    send(office, signed("Chủ tịch"), "bao-cao.pdf", at="2023-06-13", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.MET


def test_a_report_in_words_alone_is_asked_for_its_figures(office: Office) -> None:
    send(office, narrative(), "bao-cao.docx", at="2023-06-12", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.RETURNED
    send(office, report_file(), "bieu.xlsx", at="2023-06-13", **H1)
    state, states, parts_ = stands(office, Item.REPORT, "2023-H1")
    assert (state, states, parts_) == (ObligationState.FIGURES_ONLY, [S.ACCEPTED], [{"source", "figures"}])


def test_a_plan_sent_for_a_report_is_no_report_in_words(office: Office) -> None:
    send_all(office, ("bieu.xlsx", report_file()), ("ke-hoach.docx", plan_file()), at="2023-06-12", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[2] == [{"figures"}, {"figures"}]
