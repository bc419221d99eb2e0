"""The page that a letter asks to be opened: a button where there are buttons, the address in full in its text."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.mail.factories import BASE, ONE_OF_EACH, PLAN, REPORT, SENDER, SUB_PLAN, TEMPLATES

from plan_lifecycle.mail.contexts import (
    Accepted,
    Context,
    ReminderAfter,
    ReminderBefore,
    ReminderLast,
    Return,
    SubPlanRequest,
)
from plan_lifecycle.mail.letters import LetterTemplates, LetterText

HOME, HOST = "https://gui.example.vn", "gui.example.vn"
PIECE = 32
"""Signs of one piece that a telephone shows in a line, in the letters' size."""
LINKS = ("https://gui.example.vn/n/WzEsImIiXQ.abc-123_x", "https://gui.example.vn/n/WzIsImIiXQ.def-456_y")
CODES = ("K7M2-P4QX-TR9H", "Q3RT-8HWX-2MNP")
ONE, OTHER = (
    replace(item, link=link, code=code, paper=paper)
    for item, link, code, paper in zip((REPORT, SUB_PLAN), LINKS, CODES, ("báo cáo", "kế hoạch"), strict=True)
)
AT: dict[str, Any] = {"link": LINKS[0], "code": CODES[0]}
PLAN_FIRST = replace(OTHER, **AT)
AFTER = BASE | {"today": date(2026, 6, 19), "send_by": date(2026, 6, 22)}
ACCEPTED = ONE_OF_EACH["accepted"]
RETURN = ONE_OF_EACH["return"]
LETTERS: dict[str, tuple[Context, int]] = {
    "sub-plan": (SubPlanRequest(**BASE, plan=PLAN, item=PLAN_FIRST, activities=7, draft="Dự thảo.docx"), 1),
    "before": (ReminderBefore(**BASE, items=(ONE,)), 1),
    "before, two": (ReminderBefore(**BASE, items=(ONE, OTHER)), 2),
    "last": (ReminderLast(**BASE, items=(ONE,)), 1),
    "last, two": (ReminderLast(**BASE, items=(ONE, OTHER)), 2),
    "after": (ReminderAfter(**AFTER, items=(ONE,)), 1),
    "after, two": (ReminderAfter(**AFTER, items=(ONE, OTHER)), 2),
    "return": (replace(RETURN, paper="báo cáo", **AT) if isinstance(RETURN, Return) else RETURN, 1),
    "accepted, paper awaited": (
        replace(ACCEPTED, awaits_paper=True, **AT) if isinstance(ACCEPTED, Accepted) else ACCEPTED,
        1,
    ),
}


@pytest.fixture(scope="module")
def letters() -> dict[str, LetterText]:
    templates = LetterTemplates(TEMPLATES)
    return {name: templates.render(context) for name, (context, _) in LETTERS.items()}


def shown(html: str) -> str:
    """The words of a letter as they are read: what may break is still one word."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.replace("<wbr>", ""))).split())


@pytest.mark.parametrize("name", LETTERS)
def test_address_and_code_can_be_read_in_the_text(letters: dict[str, LetterText], name: str):
    for link, code in zip(LINKS[: LETTERS[name][1]], CODES, strict=False):
        assert link in letters[name].text
        assert re.search(rf"gõ địa chỉ\s+{HOME}\s+và nhập mã\s+{code}", letters[name].text)


@pytest.mark.parametrize("name", LETTERS)
def test_the_page_is_opened_by_a_button_with_whose_page_it_is_and_the_code_beneath(
    letters: dict[str, LetterText], name: str
):
    html, words = letters[name].html, shown(letters[name].html)
    for link, code in zip(LINKS[: LETTERS[name][1]], CODES, strict=False):
        assert f'href="{link}"' in html
        assert link not in words
        assert re.search(
            rf"Mở trang gửi [\w ]+ Trang tiếp nhận kế hoạch, báo cáo của Sở Nội vụ: {HOST} Nếu nút trên không mở được, "
            rf"đề nghị gõ địa chỉ này và nhập mã: {code}",
            words,
        ), words


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("sub-plan", "Mở trang gửi kế hoạch"),
        ("before", "Mở trang gửi báo cáo"),
        ("return", "Mở trang gửi lại báo cáo"),
        ("accepted, paper awaited", "Mở trang gửi văn bản đã ký"),
    ],
)
def test_the_button_says_what_is_handed_in(letters: dict[str, LetterText], name: str, label: str):
    assert f">{label}</a>" in letters[name].html


@pytest.mark.parametrize("name", LETTERS)
def test_no_link_says_other_than_where_it_leads(letters: dict[str, LetterText], name: str):
    """What is shown is what opens: officials are taught to look for the difference. A button shows no address."""
    anchors = re.findall(r'<a [^>]*href="(http[^"]+)"[^>]*>(.*?)</a>', letters[name].html, flags=re.S)
    assert anchors
    for leads, says in anchors:
        assert says.startswith("Mở trang ") or unescape(leads) == unescape(says)
        assert urlsplit(leads).netloc == HOST


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_no_line_of_a_letter_is_wider_than_a_telephone(kind: str):
    """Nothing in it is a piece that does not break, however long addresses, files and names are."""
    sender = replace(SENDER, reply_to="tiepnhan.baocaocchc.sonoivu@bariavungtau.example.vn")
    more: dict[str, Any] = {"sender": sender}
    context = ONE_OF_EACH[kind]
    if {"files"} & {field.name for field in fields(context)}:
        more["files"] = ("BC_CCHC_6_thang_2026_UBND_phuong_Dong_Hai_ban_chinh_thuc_da_ky.signed.pdf",)
    html = LetterTemplates(TEMPLATES).render(replace(context, **more)).html
    assert not re.search(r"<table|<img|<[^>]+ width=", html)
    pieces = unescape(re.sub(r"<[^>]+>", " ", html.partition("<body")[2])).split()
    assert [piece for piece in pieces if len(piece) > PIECE] == []
