"""Any date in any style reads back as itself, and no text makes the reader fall over."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.domain.deadline import DeadlineKind, read_deadline

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
STYLES = st.sampled_from(
    [
        "{0.day}/{0.month}/{0.year}",
        "{0.day:02}/{0.month:02}/{0.year}",
        "{0.day:02}/{0.month}/{0.year}",
        "{0.day} / {0.month} / {0.year}",
        "{0.day:02}-{0.month:02}-{0.year}",
        "{0.day} - {0.month} - {0.year}",
        "{0.day:02}.{0.month:02}.{0.year}",
        "{0.day} tháng {0.month} năm {0.year}",
        "{0.day:02} tháng {0.month:02}, năm {0.year}",
        "{0.day} tháng {0.month}/{0.year}",
        "{0.day}/{0.month} năm {0.year}",
    ]
)
LEADS = st.sampled_from(["", "ngày ", "Ngày ", "hết ngày ", "đến ngày ", "chậm nhất ngày ", "vào ngày ", "xong "])
DRESSES = st.sampled_from([str, str.upper, str.lower, lambda text: unicodedata.normalize("NFD", text)])
WORDS = st.sampled_from(
    [
        "trước",
        "ngày",
        "15/3",
        "15",
        "tháng",
        "6",
        "quý",
        "ii",
        "năm",
        "2023",
        ",",
        ";",
        "(",
        ")",
        "và",
        "hoặc",
        "-",
        "đến",
        "từ",
        "nay",
        "chậm nhất",
        "hằng",
        "tuần",
        "thứ hai",
        "17h00",
        "thường xuyên",
        "định kỳ",
        "khi có",
        "theo kế hoạch",
        "tức",
        "6 tháng đầu năm",
        "trong",
        "hoàn thành",
        "vào",
        "sau",
        "kể từ",
        "10 ngày",
        "tết",
        "cuối",
        "đầu",
        "iv",
        "/",
        ".",
        "01/2023",
        "báo cáo",
        "của",
        "dự kiến",
        "hết",
        "tháng cuối quý",
        "đối với",
        "trở đi",
        "đến khi",
        "âm lịch",
        "30/02",
        "99",
        "lần",
        "một",
    ]
)


@given(day=DAYS, style=STYLES, lead=LEADS, dress=DRESSES)
@settings(max_examples=400, deadline=None)
def test_any_date_in_any_style_reads_back_as_itself(day: date, style: str, lead: str, dress: object) -> None:
    assert callable(dress)
    phrase = dress(lead + style.format(day))
    reading = read_deadline(phrase, year=day.year)
    assert (reading.kind, reading.due, reading.needs_decision) == (DeadlineKind.BY, (day,), False)
    assert read_deadline(phrase, year=2023).due == (day,)


@given(day=DAYS, style=STYLES)
@settings(deadline=None)
def test_before_any_date_is_the_day_before(day: date, style: str) -> None:
    assert read_deadline("trước ngày " + style.format(day), year=2023).due == (day - timedelta(days=1),)


@given(first=DAYS, length=st.integers(0, 400), style=STYLES)
@settings(deadline=None)
def test_any_window_keeps_both_ends(first: date, length: int, style: str) -> None:
    last = first + timedelta(days=length)
    reading = read_deadline(f"Từ ngày {style.format(first)} đến ngày {style.format(last)}", year=2023)
    assert (reading.kind, reading.opens, reading.due) == (DeadlineKind.WINDOW, first, (last,))


@given(st.text(max_size=300))
@settings(deadline=None)
def test_no_text_makes_it_fall_over(text: str) -> None:
    assert read_deadline(text, year=2023, issued=date(2023, 1, 5)).phrase == text


@given(st.lists(WORDS, max_size=12).map(" ".join), st.none() | DAYS, st.none() | DAYS)
@settings(max_examples=500, deadline=None)
def test_no_jumble_of_its_own_words_does_either(text: str, issued: date | None, received: date | None) -> None:
    reading = read_deadline(text, year=2023, issued=issued, received=received)
    assert list(reading.due) == sorted(set(reading.due))
    assert reading.due or reading.needs_decision or reading.kind in (DeadlineKind.ONGOING, DeadlineKind.COMPOUND)


@pytest.mark.parametrize("word", ["ngày ", "trước ", "1/", "(", "số 1/a-", "trong vòng ", "kể từ ngày x "])
def test_the_longest_phrases_stay_quick(word: str) -> None:
    def read(length: int) -> None:
        read_deadline((word * length)[:length], year=2023)

    assert growth(read, 2000, 2000 * TIMES) < LINEAR
