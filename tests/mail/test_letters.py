"""What xã Bình An reads, and that no template asks for what its context does not have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import meta
from tests.mail.factories import BASE, ONE_OF_EACH, PLAN, REPORT, SENDER, SUB_PLAN, TEMPLATES

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import Asking
from plan_lifecycle.mail._wording import deadline, short_deadline
from plan_lifecycle.mail.contexts import (
    CONTEXTS,
    Context,
    Digest,
    OwedItem,
    Reminder,
    ReminderAfter,
    ReminderBefore,
    ReminderQuota,
)
from plan_lifecycle.mail.letters import PARTS, LetterTemplates, LetterText, environment


@pytest.fixture(scope="module")
def templates() -> LetterTemplates:
    return LetterTemplates(TEMPLATES)


def test_each_kind_has_an_example():
    assert set(ONE_OF_EACH) == set(CONTEXTS)


@pytest.mark.parametrize("kind", CONTEXTS)
@pytest.mark.parametrize("part", PARTS)
def test_a_template_asks_only_for_fields_of_its_context(kind: str, part: str):
    jinja, allowed = environment(TEMPLATES), {field.name for field in fields(CONTEXTS[kind])} | {"letter"}
    waiting, seen = [f"{kind}.{part}.j2"], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        tree = jinja.parse((TEMPLATES / name).read_text(encoding="utf-8"))
        waiting += [other for other in meta.find_referenced_templates(tree) if other and other not in seen]
        assert meta.find_undeclared_variables(tree) <= allowed, name


@pytest.mark.parametrize("kind", CONTEXTS)
def test_every_template_of_html_letters_escapes(kind: str):
    jinja = environment(TEMPLATES)
    tree = jinja.parse((TEMPLATES / f"{kind}.html.j2").read_text(encoding="utf-8"))
    assert all(name and name.endswith(".html.j2") for name in meta.find_referenced_templates(tree))


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (
            "reminder_before",
            "Nhắc thời hạn gửi trước ngày 17/6/2026: Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An",
        ),
        ("reminder_last", "Còn 01 ngày đến hạn gửi: Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An"),
        ("reminder_after", "Đôn đốc, chưa nhận được: Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An"),
        ("reminder_quota", "Tin, bài tháng 5 năm 2026: mới có 03/05 – UBND xã Bình An"),
        ("escalation_to_leader", "V/v đôn đốc gửi báo cáo CCHC"),
        ("receipt", "Đã nhận: Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An"),
        ("return", "Đề nghị bổ sung, hoàn thiện: Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An"),
        ("accepted", "Đã tiếp nhận, đạt yêu cầu: Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An"),
        (
            "sub_plan_request",
            "Triển khai Kế hoạch số 36/KH-UBND ngày 05/01/2026 của UBND tỉnh Bình Thuận – UBND xã Bình An",
        ),
        ("report_to_leader", "Trình dự thảo: Báo cáo CCHC 6 tháng đầu năm 2026"),
        ("report_to_coordinator", "Dự thảo để xem xét: Báo cáo CCHC 6 tháng đầu năm 2026"),
        ("digest", "Tình hình ngày 09/6/2026: 03 việc chờ xử lý"),
        ("notice_of_change", "Thông tin điều chỉnh: Kế hoạch số 36/KH-UBND ngày 05/01/2026 – UBND xã Bình An"),
        ("no_usable_file", "Chưa thấy tệp gửi kèm: Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An"),
    ],
)
def test_the_subject_is_as_the_office_writes_it(templates: LetterTemplates, kind: str, subject: str):
    assert templates.render(ONE_OF_EACH[kind]).subject == subject


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        (
            "reminder_before",
            "Thực hiện Kế hoạch số 36/KH-UBND ngày 05/01/2026 của UBND tỉnh Bình Thuận về thông tin, tuyên truyền cải "
            "cách hành chính năm 2026, Sở Nội vụ kính nhắc thời hạn gửi Báo cáo CCHC 6 tháng đầu năm 2026: trước ngày "
            "17/6/2026 (chậm nhất hết ngày 16/6/2026)",
        ),
        ("reminder_before", "bản Word và số liệu gửi tại https://gui.example.vn hoặc trả lời thư này"),
        ("reminder_last", "còn 01 ngày là đến hạn gửi Báo cáo CCHC"),
        ("reminder_after", "Đến hết ngày 18/6/2026, Sở Nội vụ đã nhận Báo cáo CCHC 6 tháng đầu năm 2026 của 119/124"),
        ("reminder_after", "Đề nghị đơn vị quan tâm, gửi trong ngày 22/6/2026 để kịp tổng hợp"),
        (
            "reminder_quota",
            "Đến ngày 26/5/2026, trang thông tin điện tử của UBND xã Bình An mới có 03/05 tin, bài của tháng 5 năm "
            "2026, chưa kể 01 tin, bài không ghi ngày đăng; ngày cuối của tháng là 31/5/2026.",
        ),
        ("reminder_quota", "Đề nghị cơ quan, đơn vị quan tâm, đăng đủ số tin, bài trước khi hết tháng."),
        ("receipt", "đã nhận Báo cáo số 45/BC-UBND ngày 15/6/2026 của UBND xã Bình An lúc 14 giờ 05 phút ngày 16/6"),
        ("receipt", "không thay thế việc đăng ký văn bản đến"),
        ("return", "1. Chưa ghi số, ngày của kế hoạch cấp trên;\n2. Thiếu chỉ tiêu tin, bài."),
        ("return", "Ngày gửi lần đầu (16/6/2026) vẫn được ghi nhận để tính thời hạn."),
        ("sub_plan_request", "Sở Nội vụ đề nghị UBND xã Bình An xây dựng và gửi Kế hoạch triển khai"),
        ("report_to_leader", "văn bản của 122/124 đơn vị"),
        ("report_to_leader", "1. Số tin, bài: 1.250 tin, bài, tăng 12 so với cùng kỳ năm trước"),
        ("report_to_leader", "Chưa có số liệu của: UBND xã Bình An; UBND xã Hải Ninh."),
        ("report_to_coordinator", "Dự thảo được trình lãnh đạo vào sáng 18/6/2026; khi cần giữ lại để hoàn thiện"),
        ("escalation_to_leader", "01/124 đơn vị chưa gửi báo cáo CCHC"),
        ("escalation_to_leader", "kính đề nghị lãnh đạo xem xét, ký ban hành."),
        ("digest", "ubnd@binhan.example.vn"),
        ("notice_of_change", "trước ngày 20/6/2026 (trước đây: trước ngày 17/6/2026)"),
        ("no_usable_file", "đề nghị trả lời thư này kèm tệp Word, Excel hoặc PDF"),
    ],
)
def test_the_text_says_what_it_must(templates: LetterTemplates, kind: str, known: str):
    assert known in templates.render(ONE_OF_EACH[kind]).text


@pytest.mark.parametrize("kind", CONTEXTS)
def test_every_letter_keeps_the_tone(templates: LetterTemplates, kind: str):
    letter = templates.render(ONE_OF_EACH[kind])
    for body in (letter.text, letter.html):
        assert "Kính gửi" in body
        assert "Trân trọng./." in body
        assert "Đầu mối: đ/c Trần Thị Hoa" in body
        assert "mã OTP" in body
        assert unicodedata.is_normalized("NFC", body)
        for unwanted in ("Anh/Chị", "bạn ", "lỗi", "vi phạm", "hệ thống phát hiện", "None", "  –"):
            assert unwanted not in body
    assert "!" not in letter.text
    assert "red" not in letter.html


@pytest.mark.parametrize("kind", CONTEXTS)
def test_styles_are_inlined(templates: LetterTemplates, kind: str):
    html = templates.render(ONE_OF_EACH[kind]).html
    assert '<p style="' in html
    kept = re.findall(r"<style>(.*?)</style>", html, flags=re.S)
    assert [rules.partition("{")[0].strip() for rules in kept] == ["@media (prefers-color-scheme: dark)"]


def test_a_peoples_committee_orders_and_a_department_requests(templates: LetterTemplates):
    order = replace(SENDER, agency="UBND huyện Bắc Bình", ask=Asking.ORDER)
    letter = templates.render(replace(ONE_OF_EACH["sub_plan_request"], sender=order))
    assert "UBND huyện Bắc Bình yêu cầu UBND xã Bình An xây dựng" in letter.text


def test_one_letter_lists_everything_owed_at_an_address(templates: LetterTemplates):
    other = replace(REPORT, unit="UBND xã Hải Ninh", plan=None, link="https://gui.example.vn/x?a=1&b=2")
    letter = templates.render(ReminderBefore(**BASE, items=(REPORT, other)))
    assert letter.subject.endswith("Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An và 01 nội dung khác")
    assert "1. Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An: trước ngày 17/6/2026" in letter.text
    assert "2. Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Hải Ninh" in letter.text
    assert "   Địa chỉ gửi: https://gui.example.vn/x?a=1&b=2" in letter.text


def test_the_subject_names_the_item_that_is_due_first(templates: LetterTemplates):
    later = replace(REPORT, what="Số liệu quý II", last_day=date(2026, 6, 30))
    assert ": Báo cáo CCHC" in templates.render(ReminderBefore(**BASE, items=(later, REPORT))).subject


def test_on_the_last_day_the_letter_says_today(templates: LetterTemplates):
    last_day = replace(ONE_OF_EACH["reminder_last"], today=date(2026, 6, 16))
    assert templates.render(last_day).subject.startswith("Đến hạn gửi trong hôm nay: ")


def test_other_units_are_counted_and_never_named(templates: LetterTemplates):
    after = ReminderAfter(**BASE | {"today": date(2026, 6, 19)}, items=(REPORT, SUB_PLAN), send_by=date(2026, 6, 22))
    text = templates.render(after).text
    assert "đã nhận văn bản của 119/124 đơn vị" in text
    assert "Hải Ninh" not in text


@pytest.mark.parametrize("kind", ["reminder_before", "reminder_last", "reminder_after"])
def test_markup_in_data_is_shown_and_not_obeyed(templates: LetterTemplates, kind: str):
    hostile = replace(REPORT, what="<script>alert(1)</script> & {{ sender }}", plan=replace(PLAN, abstract="<b>x</b>"))
    context = ONE_OF_EACH[kind]
    assert isinstance(context, Reminder)
    letter = templates.render(replace(context, items=(hostile,)))
    assert "<script>" not in letter.html
    assert "<b>x" not in letter.html
    assert "&lt;script&gt;" in letter.html
    assert "{{ sender }}" in letter.text


def test_a_line_break_in_data_does_not_break_the_subject(templates: LetterTemplates):
    context = ReminderBefore(**BASE, items=(replace(REPORT, what="Báo cáo\nBcc: x@example.vn"),))
    assert "\n" not in templates.render(context).subject


def test_an_empty_digest_says_so(templates: LetterTemplates):
    assert "Không có nội dung mới cần xử lý." in templates.render(Digest(**BASE)).text


@pytest.mark.parametrize(
    ("phrase", "last_day", "in_text", "in_subject"),
    [
        (
            "Trước ngày 01/3/2023",
            date(2023, 2, 28),
            "trước ngày 01/3/2023 (chậm nhất hết ngày 28/02/2023)",
            "trước ngày 01/3/2023",
        ),
        ("chậm nhất ngày 16/06/2026;", date(2026, 6, 16), "chậm nhất ngày 16/06/2026", "chậm nhất ngày 16/06/2026"),
        (
            "Trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này",
            date(2026, 1, 20),
            "trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này (chậm nhất hết ngày 20/01/2026)",
            "chậm nhất ngày 20/01/2026",
        ),
        (
            "trước ngày 20/6/2026 và trước ngày 19/12/2026",
            date(2026, 6, 19),
            "trước ngày 20/6/2026 và trước ngày 19/12/2026 (chậm nhất hết ngày 19/6/2026)",
            "chậm nhất ngày 19/6/2026",
        ),
        ("Tháng 5", date(2026, 5, 31), "tháng 5 (chậm nhất hết ngày 31/5/2026)", "chậm nhất ngày 31/5/2026"),
    ],
)
def test_a_deadline_reads_as_the_plan_words_it(phrase: str, last_day: date, in_text: str, in_subject: str):
    item = OwedItem("Báo cáo", "UBND xã Bình An", phrase, last_day)
    assert deadline(item) == in_text
    assert short_deadline(item) == in_subject


def test_a_rest_day_is_said():
    assert "là ngày nghỉ" in deadline(replace(REPORT, rest_day=True))


def test_a_missing_template_is_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"sub_plan_request\.subject\.j2"):
        LetterTemplates(tmp_path)


def test_a_broken_template_is_named_with_its_line(tmp_path: Path):
    for file in TEMPLATES.iterdir():
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "digest.txt.j2").write_text("xin\n{% if %}", encoding="utf-8")
    with pytest.raises(InputError, match=r"digest\.txt\.j2, line 2"):
        LetterTemplates(tmp_path)


def test_an_edited_template_cannot_reach_python(tmp_path: Path):
    for file in TEMPLATES.iterdir():
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "digest.txt.j2").write_text("{{ sender.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(InputError, match=r"digest\.txt\.j2"):
        LetterTemplates(tmp_path).render(ONE_OF_EACH["digest"])


LATE: dict[str, Any] = BASE | {"today": date(2026, 6, 19), "send_by": date(2026, 6, 22)}
FIRST = "Đây là thư đầu tiên gửi đơn vị về nội dung này, sau thời hạn nêu trên."


def both(letter: LetterText) -> tuple[str, str]:
    """The text, and the words of the HTML."""
    return letter.text, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", letter.html))


def test_a_first_letter_after_the_last_day_says_that_it_is_the_first(templates: LetterTemplates):
    letter = templates.render(ReminderAfter(**LATE, items=(replace(REPORT, first_notice=True),)))
    assert letter.subject.startswith("Đã qua thời hạn, chưa nhận được: ")
    for body in both(letter):
        assert FIRST in body
        assert "trước ngày 17/6/2026 (chậm nhất hết ngày 16/6/2026)" in body
        assert "cho biết ngày có thể gửi" in body
        assert "Đôn đốc" not in body
        assert "còn " not in body


def test_of_several_late_items_each_says_for_itself_whether_the_unit_was_told(templates: LetterTemplates):
    letter = templates.render(ReminderAfter(**LATE, items=(REPORT, replace(SUB_PLAN, first_notice=True))))
    assert letter.subject.startswith("Đôn đốc, chưa nhận được: ")
    assert letter.text.count("đây là thư đầu tiên") == 1
    assert letter.html.count("Đây là thư đầu tiên") == 1


def test_what_is_not_due_yet_is_not_chased_with_what_is_late(templates: LetterTemplates):
    later = replace(SUB_PLAN, what="Báo cáo CCHC năm 2026", deadline="trước ngày 20/6/2026", last_day=date(2026, 6, 19))
    letter = templates.render(ReminderAfter(**LATE, items=(REPORT, later)))
    for body in both(letter):
        chased, _, reminded = body.partition("Cùng với đó, kính nhắc nội dung chưa đến hạn gửi:")
        assert "Báo cáo CCHC năm 2026" not in chased
        assert "Báo cáo CCHC năm 2026" in reminded
        assert "trong ngày 22/6/2026" in chased


def test_a_plans_letter_that_comes_after_the_last_day_says_so(templates: LetterTemplates):
    context = ONE_OF_EACH["sub_plan_request"]
    for body in both(templates.render(replace(context, today=date(2026, 3, 4)))):
        assert "Thời hạn này đã qua trước khi thư này được gửi; đây là thư đầu tiên" in body
    assert "đã qua" not in templates.render(replace(context, today=date(2026, 2, 27))).text


def test_an_eve_that_is_the_first_notice_says_so_with_the_days_that_are_left(templates: LetterTemplates):
    context = replace(ONE_OF_EACH["reminder_last"], items=(replace(REPORT, first_notice=True),))
    for body in both(templates.render(context)):
        assert "còn 01 ngày" in body
        assert "Đây là thư đầu tiên gửi đơn vị về nội dung này." in body


@pytest.mark.parametrize("kind", ["reminder_before", "reminder_last", "reminder_after"])
def test_figures_are_spoken_of_only_where_they_are_asked_for(templates: LetterTemplates, kind: str):
    context = ONE_OF_EACH[kind]
    assert isinstance(context, Reminder)
    for body in both(templates.render(replace(context, items=(replace(SUB_PLAN, last_day=REPORT.last_day),)))):
        assert "bản Word gửi" in body
        assert "số liệu" not in body
    assert "bản Word và số liệu gửi" in templates.render(context).text


CODES = (
    r"\b(?:sub_plan|report_\w+|quota|figures_only|own_duty|\d{4}-(?:H[12]|Q[1-4]|M\d\d)|[TM][+-]?\d+(?:\.\d)?|"
    r"vn[23]-\d+)\b"
)
ENGLISH = (
    r"\b(?:the|and|of|for|is|are|not|no|please|dear|report|plan|unit|deadline|submission|draft|error|file|upload|email|"
    r"link|reminder|obligation|overdue|late|due|received|sent|missing|none|null|true|false)\b"
)


def variants() -> list[Context]:
    """One letter of each kind, and the branches that the examples do not take."""
    link = {"link": "https://gui.example.vn/n/abc", "code": "K7M2-P4QX-TR9H"}
    linked, first = replace(REPORT, **link), replace(SUB_PLAN, first_notice=True)
    before, last, after = (ONE_OF_EACH[f"reminder_{when}"] for when in ("before", "last", "after"))
    quota = ONE_OF_EACH["reminder_quota"]
    assert isinstance(quota, ReminderQuota)
    return [
        *ONE_OF_EACH.values(),
        *(replace(one, items=(linked,)) for one in (before, last, after)),
        *(replace(one, items=(linked, first), quotas=quota.quotas) for one in (before, last, after)),
        replace(after, items=(first,)),
        replace(last, today=REPORT.last_day),
        replace(ONE_OF_EACH["sub_plan_request"], today=date(2026, 3, 4), item=replace(SUB_PLAN, **link)),
        replace(ONE_OF_EACH["accepted"], awaits_paper=True, last_day=date(2026, 6, 16), **link),
        replace(ONE_OF_EACH["no_usable_file"], stated=True),
        replace(ONE_OF_EACH["return"], **link),
    ]


@pytest.mark.parametrize("context", variants(), ids=lambda context: context.kind)
def test_people_read_days_as_they_are_written_and_neither_english_nor_codes(
    templates: LetterTemplates, context: Context
):
    letter = templates.render(context)
    for words in (letter.subject, *both(letter)):
        read = re.sub(r"https?://\S+|\S+@\S+|K7M2-P4QX-TR9H|\S+\.(?:docx|xlsx|pdf)\b", " ", words)
        assert re.findall(r"\d{4}-\d{2}-\d{2}", read) == []
        assert re.findall(r"\b0[3-9]/\d{1,2}/\d{4}|/0[3-9]/\d{4}", re.sub(r"\b\d\d/", "1/", read)) == []
        assert re.findall(CODES, read) == []
        assert re.findall(ENGLISH, read.lower()) == []
