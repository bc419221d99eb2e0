"""The day on which something came out, in all the ways in which sites and feeds write it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.channels._published_day import published_day
from plan_lifecycle.domain.clock import LOCAL

NOW = datetime(2023, 6, 7, 6, 0, tzinfo=LOCAL)


@pytest.mark.parametrize(
    "text",
    [
        "Thứ Hai, 05/06/2023 14:30",
        "Thứ hai, ngày 05/6/2023",
        "05/06/2023",
        "5/6/2023 2:30:00 CH",
        "05-06-2023",
        "05.06.2023",
        "05 / 06 / 2023",
        "14:30 | 05/06/2023",
        "14:30:05, 05-6-2023",
        "2023/06/05 14:30",
        "Ngày 05 tháng 6 năm 2023",
        "ngày 5 tháng Sáu năm 2023",
        "05 tháng 6, 2023",
        "Tháng Sáu 5, 2023",
        "5 Tháng Sáu, 2023",
        "05 Th6, 2023",
        "05 Th6\n2023",
        "June 5, 2023",
        "5-Jun-2023",
        "05/06/23",
        "(05/06/2023) Lượt xem: 1234",
        "Đăng ngày: 05/06/2023 - 08:15 GMT+7",
        "2 ngày trước",
        "48 giờ trước",
        "05/06 14:30",
        "05 Th6",
        "ngày 05 tháng 06",
        "Mon, 05 Jun 2023 14:30:00 +0700",
        "Mon, 5 Jun 2023 23:30:00 +07",
        "Thứ Hai, 05 Tháng Sáu 2023 14:30:00 +0700",
        "Cập nhật lúc 14h30, ngày 05-06-2023 | Lượt xem 12/05",
        "Mon, 05 Jun 2023 23:30:00",
        "Mon, 05 Jun 2023 23:30:00 GMT+7",
        "Mon, 05 Jun 2023 23:30:00 ICT",
        "Mon, 05 Jun 2023 16:59:00 GMT",
        "Sun, 04 Jun 2023 17:00:00 +0000",
        "05 Jun 2023 08:00 +0700",
        "2023-06-05T14:30:00+07:00",
        "2023-06-04T17:00:00Z",
        "2023-06-05T16:59:00.123Z",
        "2023-06-05T23:30:00",
        "2023-06-05 23:30:00",
        "2023-06-05",
    ],
)
def test_it_reads_the_fifth_of_june(text: str) -> None:
    assert published_day(text, NOW) == date(2023, 6, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hôm nay", date(2023, 6, 7)),
        ("Hôm qua, 14:30", date(2023, 6, 6)),
        ("Vừa xong", date(2023, 6, 7)),
        ("3 giờ trước", date(2023, 6, 7)),
        ("7 giờ trước", date(2023, 6, 6)),
        ("1 tuần trước", date(2023, 5, 31)),
        ("30/12 08:00", date(2022, 12, 30)),
        ("06/20/2023", date(2023, 6, 20)),
        ("Tháng Mười Một 20, 2022", date(2022, 11, 20)),
        ("20 Tháng Mười Hai, 2022", date(2022, 12, 20)),
        ("31/05/2023 23:59", date(2023, 5, 31)),
    ],
)
def test_it_reads_other_days(text: str, day: date) -> None:
    assert published_day(text, NOW) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "không rõ",
        "31/02/2023",
        "00/00/0000",
        "99/99/9999",
        "Lượt xem: 12345",
        "tháng 6 năm 2023",
        "x" * 10_000,
    ],
)
def test_what_names_no_day_gives_none(text: str) -> None:
    assert published_day(text, NOW) is None


@given(st.text(max_size=300))
def test_it_is_total(text: str) -> None:
    found = published_day(text, NOW)
    assert found is None or isinstance(found, date)
