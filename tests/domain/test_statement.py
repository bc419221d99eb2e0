"""What units say in words is read where it is clear, and not at all where it is a question, a plan or another's."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.domain.statement import Extension, Sent, Statement, Way, read_statement
from plan_lifecycle.domain.text import without_accents

TODAY = date(2023, 6, 14)
JUNE_12, JUNE_13, JUNE_20 = date(2023, 6, 12), date(2023, 6, 13), date(2023, 6, 20)
NUMBER = "45/BC-UBND"

SENT = [
    ("Đã gửi qua trục, số 45/BC-UBND ngày 12/6/2023", NUMBER, JUNE_12, None, Way.AXIS),
    ("đã gửi bản giấy", None, None, None, Way.PAPER),
    ("Xã đã gửi báo cáo qua trục liên thông văn bản. Số: 45/BC-UBND, ngày 12 tháng 6 năm 2023.",
     NUMBER, JUNE_12, None, Way.AXIS),
    ("Số 45/BC-UBND ngày 12/6/2023.\nĐã gửi qua iOffice.", NUMBER, JUNE_12, None, Way.AXIS),
    ("Kính gửi: Sở Nội vụ\nXã đã gửi rồi ạ.", None, None, None, None),
    ("Đã gửi ngày 12/6.", None, None, JUNE_12, None),
    ("Đơn vị đã gửi văn bản số 45/BC-UBND ngày 12-6-2023.", NUMBER, JUNE_12, None, None),
    ("Đã gửi Báo cáo số 45 /BC-UBND (ngày 12.6.2023) trên hệ thống quản lý văn bản", NUMBER, JUNE_12, None, Way.AXIS),
    ("Báo cáo số 45/BC-UBND ngày 12/6/2023 đã phát hành qua iOffice hôm qua, không rõ Sở đã nhận được chưa?",
     NUMBER, JUNE_12, JUNE_13, Way.AXIS),
    ("Xã đã gửi báo cáo qua trục ngày 13/6/2023, số 45/BC-UBND ngày 12/6/2023", NUMBER, JUNE_12, JUNE_13, Way.AXIS),
    ("UBND xã gửi báo cáo số 45/BC-UBND ngày 12/6/2023 qua trục liên thông", NUMBER, JUNE_12, None, Way.AXIS),
    ("Sở Tài chính đã gửi Báo cáo số 45/BC-STC ngày 12/6/2023 qua trục", "45/BC-STC", JUNE_12, None, Way.AXIS),
    ("Thực hiện Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện, xã đã gửi báo cáo số 45/BC-UBND ngày 12/6/2023.",
     NUMBER, JUNE_12, None, None),
    ("Xã đã ban hành Kế hoạch số 07/KH-UBND ngày 20/02/2023.", "07/KH-UBND", date(2023, 2, 20), None, None),
    ("45/BC-UBND ngày 12/6/2023", NUMBER, JUNE_12, None, None),
    ("Xã xin báo cáo đã gửi qua trục", None, None, None, Way.AXIS),
    ("Đã chuyển báo cáo số 45/BC-UBND ngày 12/6/2023 cho Sở", NUMBER, JUNE_12, None, None),
    ("Văn thư đã gửi từ hôm qua", None, None, JUNE_13, None),
    ("Đã gửi Phòng Nội vụ ngày 12/6", None, None, JUNE_12, None),
    ("Cán bộ xã đã gửi qua trục sáng nay", None, None, TODAY, Way.AXIS),
    ("Đã nộp trực tiếp tại Sở ngày 13/6", None, None, JUNE_13, Way.HAND),
    ("Đã gửi 02 bản cứng qua bưu điện", None, None, None, Way.PAPER),
    ("Đơn vị đã có báo cáo số 45 gửi qua trục", "45", None, None, Way.AXIS),
    ("Báo cáo đã được ký số và gửi qua trục", None, None, None, Way.AXIS),
    ("Đảng ủy đã gửi qua trục báo cáo số 45-BC/ĐU ngày 12/6/2023", "45-BC/ĐU", JUNE_12, None, Way.AXIS),
    ("Đã gửi qua trục số 45/BC-UBND ngày 12/6/2024", NUMBER, None, None, Way.AXIS),
    ("Đã gửi qua trục số 45/BC-UBND ngày 32/6/2023", NUMBER, None, None, Way.AXIS),
    ("Đã gửi ngày 28/12", None, None, date(2022, 12, 28), None),
]  # fmt: skip
EXTENSIONS = [
    ("xin gia hạn đến ngày 20/6", JUNE_20, None),
    ("Đề nghị gia hạn nộp đến 20/6.", JUNE_20, None),
    ("Kính đề nghị Sở cho phép xã nộp chậm đến hết ngày 20/6/2023", JUNE_20, None),
    ("Xin lùi thời gian gửi báo cáo đến trước ngày 21/6", JUNE_20, None),
    ("Xã xin phép gửi muộn đến 20/6 ạ", JUNE_20, None),
    ("Do mất điện, UBND xã đề nghị được gia hạn đến ngày 20 tháng 6 năm 2023.", JUNE_20, None),
    ("xin gia hạn đến hết tháng 6", date(2023, 6, 30), None),
    ("xin gia hạn thêm 05 ngày", None, 5),
    ("xin gia hạn đến ngày 05/01", date(2024, 1, 5), None),
    ("Xin gia hạn ạ", None, None),
    ("xin gia hạn đến ngày 01/6/2023", None, None),
    ("Xã đã gửi công văn số 120/UBND-NV ngày 13/6/2023 xin gia hạn đến 20/6/2023", JUNE_20, None),
]
NEITHER = [
    "",
    "Xin gửi báo cáo.",
    "Xã gửi báo cáo như đính kèm.",
    "Đã gửi báo cáo số 45/BC-UBND đính kèm thư này.",
    "Đã gửi file qua zalo",
    "Xã chưa gửi được.",
    "Xã sẽ gửi báo cáo số 45/BC-UBND qua trục trong ngày mai.",
    "Báo cáo số 45/BC-UBND đang trình ký, chiều nay gửi qua trục.",
    "Nếu đã gửi thì xã có phải gửi lại không?",
    "Anh đã gửi mẫu chưa?",
    "Sở đã gửi Kế hoạch số 15/KH-UBND ngày 10/02/2023 cho xã",
    "Theo Kế hoạch số 15/KH-UBND Sở đã gửi, xã xin hỏi về mẫu biểu.",
    "Đã gửi câu hỏi hôm qua",
    "Xin lỗi vì gửi báo cáo chậm.",
    "Thời hạn được gia hạn đến hết ngày 20/6/2023.",
    "Xã không xin gia hạn.",
    "Có được xin gia hạn đến 20/6 không?",
    "Tôi đi công tác đến 20/6, việc gấp xin liên hệ đồng chí Bình.",
    "Thư trước không gửi được tới Sở, nay xã gửi lại.",
    "Trường hợp cơ quan, đơn vị đã gửi, đề nghị bỏ qua thư này hoặc cho biết số, ngày văn bản.",
    "Văn bản chính thức gửi qua hệ thống quản lý văn bản và điều hành; bản Word và số liệu gửi tại https://x.vn.",
    "Sở Nội vụ đã nhận Báo cáo số 45/BC-UBND ngày 12/6/2023 của UBND xã Bình An lúc 14 giờ 05 phút.",
    "Ngày gửi lần đầu (12/6/2023) vẫn được ghi nhận để tính thời hạn.",
    "Đến hết ngày 13/6/2023, Sở Nội vụ đã nhận Báo cáo của 119/124 đơn vị; chưa nhận được văn bản của UBND xã A.",
    "Đã gửi từ iPhone của tôi",
    "Được gửi từ điện thoại của tôi",
    "Đã gửi từ Outlook cho Android",
    "Thư này đã được gửi tự động.",
    "Mẫu đã gửi không mở được",
    "Link Sở đã gửi không vào được ạ",
    "Báo cáo đã gửi thiếu phụ lục, xã xin bổ sung.",
    "Báo cáo đã gửi bị trả lại.",
    "Đã chuyển văn bản cho bộ phận chuyên môn xử lý.",
    "Xã đã gửi lãnh đạo xem xét.",
    "Kế hoạch số 15/KH-UBND đã ban hành, xã đang triển khai.",
    "Your message could not be delivered. It was sent on 12/6/2023.",
]


@pytest.mark.parametrize(("words", "reference", "issued_on", "sent_on", "way"), SENT)
def test_what_is_said_to_have_been_sent_is_read(
    words: str, reference: str | None, issued_on: date | None, sent_on: date | None, way: Way | None
) -> None:
    found = read_statement(words, TODAY)
    assert found is not None
    assert found.extension is None
    assert found.sent == Sent(found.sent.words if found.sent else "", reference, issued_on, sent_on, way)


@pytest.mark.parametrize("words", [row[0] for row in SENT[:2]] + ["Đã gửi ngày 12/6.", "Xin gia hạn đến 20/6"])
def test_accents_composed_or_not_or_left_out_say_the_same(words: str) -> None:
    def said(text: str) -> Statement | None:
        found = read_statement(text, TODAY)
        if found is None:
            return None
        sent = Sent("", *(getattr(found.sent, each) for each in ("reference", "issued_on", "sent_on", "way"))) if (
            found.sent
        ) else None  # fmt: skip
        return Statement(sent, found.extension and Extension("", found.extension.until, found.extension.days))

    assert said(words) == said(normalize("NFD", words)) == said(without_accents(words)) == said(words.upper())
    assert said(words) is not None


@pytest.mark.parametrize(("words", "until", "days"), EXTENSIONS)
def test_a_wish_for_more_time_is_read(words: str, until: date | None, days: int | None) -> None:
    assert read_statement(words, TODAY) == Statement(None, Extension(words.strip(), until, days))


@pytest.mark.parametrize("words", NEITHER)
def test_what_states_neither_is_not_read(words: str) -> None:
    assert read_statement(words, TODAY) is None


def test_both_may_stand_in_one_message() -> None:
    found = read_statement("Kế hoạch đã gửi qua trục. Báo cáo xin gia hạn đến 20/6.", TODAY)
    assert found is not None
    assert found.sent is not None
    assert found.extension is not None


def test_a_line_that_fills_its_width_goes_on_in_the_next() -> None:
    wrapped = "Kính gửi Sở Nội vụ, Ủy ban nhân dân xã Bình An đã gửi báo cáo\nqua trục, số 45/BC-UBND ngày 12/6/2023."
    found = read_statement(wrapped, TODAY)
    assert found is not None
    assert found.sent is not None
    assert (found.sent.way, found.sent.reference) == (Way.AXIS, NUMBER)


@given(st.text(max_size=300))
def test_any_text_has_an_answer(words: str) -> None:
    read_statement(words, TODAY)


@pytest.mark.parametrize(
    ("words", "count"), [("đã gửi ", 5000), ("xin ", 8000), ("số 45/BC-UBND ", 3000), ("1/", 20000), (" ", 50000)]
)
def test_no_text_takes_long(words: str, count: int) -> None:
    assert growth(lambda text: read_statement(text, TODAY), words * (count // TIMES), words * count) < LINEAR
