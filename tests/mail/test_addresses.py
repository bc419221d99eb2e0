"""The address that a letter asks to be opened stands in it in full, with the code for who would rather type."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from tests.mail.factories import BASE, ONE_OF_EACH, PLAN, REPORT, SUB_PLAN, TEMPLATES

from plan_lifecycle.mail.contexts import (
    Accepted,
    Context,
    ReminderAfter,
    ReminderBefore,
    ReminderLast,
    Return,
    SubPlanRequest,
)
from plan_lifecycle.mail.letters import LetterTemplates

HOME = "https://gui.example.vn"
LINKS = ("https://gui.example.vn/n/WzEsImIiXQ.abc-123_x", "https://gui.example.vn/n/WzIsImIiXQ.def-456_y")
CODES = ("K7M2-P4QX-TR9H", "Q3RT-8HWX-2MNP")
ONE, OTHER = (
    replace(item, link=link, code=code) for item, link, code in zip((REPORT, SUB_PLAN), LINKS, CODES, strict=True)
)
AFTER = BASE | {"today": date(2026, 6, 19), "send_by": date(2026, 6, 22)}
ACCEPTED = ONE_OF_EACH["accepted"]
RETURN = ONE_OF_EACH["return"]
LETTERS: dict[str, tuple[Context, int]] = {
    "sub-plan": (SubPlanRequest(**BASE, plan=PLAN, item=ONE, activities=7, draft="Dự thảo.docx"), 1),
    "before": (ReminderBefore(**BASE, items=(ONE,)), 1),
    "before, two": (ReminderBefore(**BASE, items=(ONE, OTHER)), 2),
    "last": (ReminderLast(**BASE, items=(ONE,)), 1),
    "last, two": (ReminderLast(**BASE, items=(ONE, OTHER)), 2),
    "after": (ReminderAfter(**AFTER, items=(ONE,)), 1),
    "after, two": (ReminderAfter(**AFTER, items=(ONE, OTHER)), 2),
    "return": (replace(RETURN, link=LINKS[0], code=CODES[0]) if isinstance(RETURN, Return) else RETURN, 1),
    "accepted, paper awaited": (
        replace(ACCEPTED, awaits_paper=True, link=LINKS[0], code=CODES[0])
        if isinstance(ACCEPTED, Accepted)
        else ACCEPTED,
        1,
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_address_and_code_can_be_read_in_the_letter(name: str):
    context, count = LETTERS[name]
    letter = LetterTemplates(TEMPLATES).render(context)
    shown = unescape(re.sub(r"<[^>]+>", " ", letter.html))
    for link, code in zip(LINKS[:count], CODES, strict=False):
        for words in (letter.text, shown):
            assert link in words
            assert re.search(rf"gõ địa chỉ\s+{HOME}\s+và nhập mã\s+{code}", words), words


@pytest.mark.parametrize("name", LETTERS)
def test_no_link_says_other_than_where_it_leads(name: str):
    """What is shown is what opens: officials are taught to look for the difference."""
    letter = LetterTemplates(TEMPLATES).render(LETTERS[name][0])
    anchors = re.findall(r'<a [^>]*href="(http[^"]+)"[^>]*>(.*?)</a>', letter.html, flags=re.S)
    assert anchors
    assert all(unescape(leads) == unescape(says) for leads, says in anchors)
