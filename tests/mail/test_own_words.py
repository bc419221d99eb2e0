"""Only what the writer added is heard, however the mail program quotes the letter that is answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mail import replies
from tests.mail.factories import ONE_OF_EACH, TEMPLATES, letter_bytes

from plan_lifecycle.domain.statement import read_statement
from plan_lifecycle.mail.incoming import own_words
from plan_lifecycle.mail.letters import LetterTemplates

TODAY = date(2026, 6, 16)
OWN = "Xã đã gửi qua trục."
LETTER = "Kính gửi: UBND xã Bình An\n\nĐã gửi bản giấy số 99/BC-UBND ngày 01/6/2026.\n"
HEADERS = "Sở Nội vụ <snv@binhthuan.example.vn>"


def quoted(sign: str = "> ") -> str:
    return "".join(f"{sign}{line}\n" for line in LETTER.splitlines())


PLAIN = {
    "Gmail": f"{OWN}\n\nVào Th 3, 9 thg 6, 2026 lúc 07:30 {HEADERS} đã viết:\n\n{quoted()}",
    "Gmail, the line broken": f"{OWN}\n\nVào Th 3, 9 thg 6, 2026 lúc 07:30 Sở Nội vụ <\nsnv@x.vn> đã viết:\n{quoted()}",
    "English": f"{OWN}\n\nOn Tue, Jun 9, 2026 at 7:30 AM {HEADERS} wrote:\n{quoted('>')}",
    "Outlook": f"{OWN}\n\n-----Original Message-----\nFrom: {HEADERS}\nSent: Tuesday\nTo: x\nSubject: y\n\n{LETTER}",
    "Outlook, Vietnamese": f"{OWN}\n\nTừ: {HEADERS}\nĐã gửi: Thứ Ba\nTới: xã\nChủ đề: Nhắc\n\n{LETTER}",
    "Outlook on the web": f"{OWN}\n________________________________\nFrom: {HEADERS}\nSent: x\nTo: y\n\n{LETTER}",
    "bold headers": f"{OWN}\n\n*From:* {HEADERS}\n*Sent:* x\n*To:* y\n*Subject:* z\n\n{LETTER}",
    "a forward": f"{OWN}\n\n---------- Forwarded message ---------\nTừ: {HEADERS}\n{LETTER}",
    "Zimbra": f"{OWN}\n\n----- Thư gốc -----\nTừ: {HEADERS}\n{LETTER}",
    "a telephone": f"{OWN}\n\nVào 07:30, T3, 9 thg 6, 2026 {HEADERS} đã viết:\n{LETTER}",
    "below what is quoted": f"Vào Th 3, 9 thg 6, 2026 {HEADERS} đã viết:\n{quoted()}\n{OWN}",
    "between what is quoted": f"{quoted()}\n{OWN}\n\n{quoted('| ')}",
    "a signature": f"{OWN}\n-- \nĐã gửi bản giấy từ điện thoại của tôi",
    "unmarked, our last lines tell": f"{OWN}\n\n{LETTER}\nThư nhắc tự động, không thay thế văn bản hành chính; không\n",
}
HTML = {
    "Gmail": '<div>{own}</div><div class="gmail_quote">Vào Th 3 đã viết:<blockquote>{letter}</blockquote></div>',
    "a box": "<p>{own}</p><blockquote type=cite>{letter}</blockquote>",
    "Outlook": '<p>{own}</p><div id="divRplyFwdMsg"><b>From:</b> x</div><p>{letter}</p>',
    "Outlook on a computer": "<p>{own}</p><p><b>From:</b> x<br><b>Sent:</b> y<br><b>To:</b> z<br></p><p>{letter}</p>",
    "Yahoo": '<div>{own}</div><div id="x" class="yahoo_quoted">{letter}</div>',
}


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_quoted_is_not_the_writers(name: str) -> None:
    assert own_words(replies.message(replies.SUBJECT, PLAIN[name]).as_bytes()) == OWN


@pytest.mark.parametrize("name", HTML)
def test_nor_in_html(name: str) -> None:
    made = replies.message(replies.SUBJECT, "x")
    made.set_content(HTML[name].format(own=OWN, letter=LETTER.replace("\n", "<br>")), subtype="html")
    assert " ".join(own_words(made.as_bytes()).split()) == OWN


def test_what_is_not_quoted_stays() -> None:
    text = "Kính gửi: Sở Nội vụ\n\nTừ tháng 6: xã đã gửi qua trục.\n\nTrân trọng.\nNgày 12/6 ông An viết: đồng ý."
    assert own_words(replies.message("x", text).as_bytes()) == text


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_our_own_letters_state_nothing(kind: str) -> None:
    """A letter of ours that comes back, whole and unmarked, is no answer."""
    words = LetterTemplates(TEMPLATES).render(ONE_OF_EACH[kind])
    assert read_statement(words.text, TODAY) is None
    assert read_statement(own_words(letter_bytes(text=words.text, html=words.html)), TODAY) is None


def test_no_bounce_and_no_automatic_answer_states_anything(samples: Path) -> None:
    messages = [path.read_bytes() for path in sorted((samples / "mail" / "bounces").glob("*.eml"))]
    assert len(messages) > 100
    assert [each for each in messages if read_statement(own_words(each), TODAY)] == []


@pytest.mark.parametrize("name", [*replies.AUTOMATIC, *replies.OTHER])
def test_what_machines_write_states_nothing(name: str) -> None:
    assert read_statement(own_words((replies.AUTOMATIC | replies.OTHER)[name]), TODAY) is None


@given(st.binary(max_size=400))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    own_words(data)
    own_words(b"Subject: x\r\n\r\n" + data)
