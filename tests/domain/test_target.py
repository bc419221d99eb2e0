"""Targets as real plans word them, each with its reading; and numbers that are none."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.target import Target, find_targets, read_target

END_2025 = date(2025, 12, 31)
END_2030 = date(2030, 12, 31)


def read(phrase: str) -> Target:
    target = read_target(phrase)
    assert target is not None, phrase
    return target


@pytest.mark.parametrize(
    ("phrase", "comparison", "value"),
    [
        ("ít nhất 05 tin, bài/tháng", ">=", 5),
        ("tối thiểu 02 lớp", ">=", 2),
        ("không dưới 03 hội nghị/năm", ">=", 3),
        ("không ít hơn 05 tin", ">=", 5),
        ("không thấp hơn 90%", ">=", 90),
        ("từ 80% trở lên", ">=", 80),
        ("PAR Index đạt từ 88% trở lên", ">=", 88),
        ("≥ 90%", ">=", 90),
        (">= 80 điểm", ">=", 80),
        ("tối thiểu mỗi tháng 02 tin", ">=", 2),
        ("phấn đấu đạt trên 70%", ">", 70),
        ("hơn 60%", ">", 60),
        ("> 85%", ">", 85),
        ("không quá 10%", "<=", 10),
        ("tối đa 10%", "<=", 10),
        ("không vượt quá 5%", "<=", 5),
        ("≤ 5%", "<=", 5),
        ("không để quá 5% hồ sơ trễ hạn", "<=", 5),
        ("bằng hoặc cao hơn 90%", ">=", 90),
        ("Chỉ số PAR INDEX xếp thứ 15/63", "<=", 15),
        ("giảm tỷ lệ hộ nghèo từ 10% xuống còn 5%", "<=", 5),
        ("Hoàn thành dưới 90%", "<", 90),
        ("chưa đến 50%", "<", 50),
        ("13 nhóm nội dung tuyên truyền", "=", 13),
        ("tốc độ tăng bình quân 05%/năm", "=", 5),
        ("xếp hạng trong nhóm 10", "<=", 10),
        ("từ vị trí thứ 10 trở lên", "<=", 10),
        ("Duy trì ít nhất 04 loại hình báo chí", ">=", 4),
        ("Đạt từ 80% đến 80% hồ sơ", "=", 80),
    ],
)
def test_it_reads_how_a_number_binds(phrase: str, comparison: str, value: float) -> None:
    assert (read(phrase).comparison, read(phrase).value) == (comparison, value)


@pytest.mark.parametrize(
    ("phrase", "comparison"),
    [
        ("phấn đấu đạt 20%", ">="),
        ("đạt 95%", ">="),
        ("bảo đảm 05 tin/tháng", ">="),
        ("tăng từ 30% lên 50%", ">="),
        ("Hoàn thành 100% kế hoạch", "="),
        ("Tỷ lệ bệnh viện triển khai bệnh án điện tử đạt 100%", "="),
        ("đạt ít nhất 100%", ">="),
        ("02 đợt/tháng", "="),
    ],
)
def test_an_aim_makes_a_bare_number_a_floor_but_nothing_lies_beyond_a_whole(phrase: str, comparison: str) -> None:
    assert read(phrase).comparison == comparison


@pytest.mark.parametrize(
    ("phrase", "low", "high", "is_ratio"),
    [
        ("từ 70 đến 80%", 70, 80, True),
        ("70-80%", 70, 80, True),
        ("80% – 90%", 80, 90, True),
        ("02-03 cuộc/năm", 2, 3, False),
        ("từ 02 đến 03 chuyên mục", 2, 3, False),
    ],
)
def test_it_reads_ranges(phrase: str, low: float, high: float, is_ratio: bool) -> None:
    target = read(phrase)
    assert (target.comparison, target.value, target.upper, target.is_ratio) == ("range", low, high, is_ratio)


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("1.000 tờ rơi", 1000),
        ("in 10.500 tờ gấp", 10500),
        ("2,5%", 2.5),
        ("2.5%", 2.5),
        ("80 phần trăm", 80),
        ("ít nhất hai lớp", 2),
        ("ít nhất 01 (một) cuộc", 1),
        ("mức độ hài lòng đạt ít nhất 4,5 điểm", 4.5),
        ("ít nhất 18/20 xã đạt chuẩn", 18),
        ("không quá 1/3 số tập thể", 33.33),
        ("gấp đôi năm 2022", 2),
        ("500.000.000 đồng", 500_000_000),
    ],
)
def test_it_reads_numbers_as_officials_write_them(phrase: str, value: float) -> None:
    assert read(phrase).value == value


@pytest.mark.parametrize(
    ("phrase", "unit"),
    [
        ("ít nhất 05 tin, bài/tháng", "tin, bài"),
        ("mỗi tháng đăng tối thiểu 2 tin/bài", "tin/bài"),
        ("13 nhóm nội dung tuyên truyền", "nhóm nội dung"),
        ("100% các xã, phường bố trí công chức", "xã, phường"),
        (
            "kiểm tra ít nhất 50% các phòng, ban chuyên môn, đơn vị trực thuộc",
            "phòng, ban chuyên môn, đơn vị trực thuộc",
        ),
        ("đạt tối thiểu 30% GRDP", "GRDP"),
        ("ít nhất 6 đơn vị thuộc khối UBND cấp xã", "đơn vị"),
        ("01 bài/tuần", "bài/tuần"),
        ("mỗi tuần 02 buổi phát thanh", "buổi phát thanh/tuần"),
        ("Có ≥ 30% DNNVV, HTX, HKD trên địa bàn Tỉnh", "DNNVV, HTX, HKD"),
        ("đạt trên 60%", None),
    ],
)
def test_it_keeps_the_unit_as_written(phrase: str, unit: str | None) -> None:
    assert read(phrase).unit == unit


@pytest.mark.parametrize(
    ("phrase", "per"),
    [
        ("ít nhất 05 tin, bài/tháng", "month"),
        ("hàng tháng có ít nhất 04 tin", "month"),
        ("Hằng tháng, đăng ít nhất 04 tin", "month"),
        ("05 tin, bài/01 tháng", "month"),
        ("1 tháng 2 tin", "month"),
        ("mỗi quý ít nhất 01 hội nghị", "quarter"),
        ("03 tháng một lần", "quarter"),
        ("6 tháng một lần", "half_year"),
        ("06 tháng/lần", "half_year"),
        ("mỗi năm tổ chức 02 lớp tập huấn", "year"),
        ("mỗi xã 01 mô hình", "unit"),
        ("treo 05 băng rôn mỗi xã", "unit"),
        ("tối đa 50 triệu đồng/đơn vị", "unit"),
        ("mỗi đơn vị ít nhất 02 tin, bài/tháng", "month"),
        ("ít nhất 40% doanh nghiệp hợp tác với các viện/trường", None),
        ("ít nhất 05 tin trong năm 2025", None),
    ],
)
def test_it_reads_per_what(phrase: str, per: str | None) -> None:
    assert read(phrase).per == per


@pytest.mark.parametrize(
    ("phrase", "by"),
    [
        ("đạt ít nhất 27% vào năm 2025", END_2025),
        ("phấn đấu đến năm 2030 đạt 30% doanh nghiệp", END_2030),
        ("Trong giai đoạn 2026 - 2030 phấn đấu có ít nhất 10%", END_2030),
        ("hoàn thành 100% nhiệm vụ trước ngày 15/12/2023", date(2023, 12, 14)),
        ("đạt 80% vào quý II/2025", date(2025, 6, 30)),
        ("6 tháng đầu năm 2026 đạt 50%", date(2026, 6, 30)),
        ("tăng ít nhất 02 bậc so với năm 2022", None),
        ("Kế hoạch số 36/KH-UBND ngày 05/01/2023: ít nhất 05 tin/tháng", None),
        ("đạt 95%", None),
        ("Hội nghị ngày 01/6/2025 có 80% đại biểu", None),
    ],
)
def test_it_reads_by_when(phrase: str, by: date | None) -> None:
    assert read(phrase).by == by


def test_a_second_milestone_has_its_own_day() -> None:
    target = read(
        "phấn đấu đạt 20% xã, phường “không ma túy” năm 2025, bảo đảm đến hết năm 2030 đạt 50% địa bàn cấp xã"
    )
    assert (target.comparison, target.value, target.by) == (">=", 20, END_2025)
    assert [(each.comparison, each.value, each.by) for each in target.others] == [(">=", 50, END_2030)]


def test_members_of_a_list_share_their_comparison() -> None:
    target = read("mỗi đơn vị đề nghị không quá 01 tập thể, 03 cá nhân")
    assert target == Target("<=", 1, unit="tập thể", per="unit", others=(Target("<=", 3, unit="cá nhân", per="unit"),))


def test_members_of_a_list_share_the_period_behind_the_last() -> None:
    target = read("03 tin, 02 bài/tháng")
    assert (target.unit, target.per, target.others) == ("tin", "month", (Target("=", 2, unit="bài", per="month"),))


def test_the_same_in_other_words_stands_in_others() -> None:
    target = read("02 đợt/tháng (18 đợt/năm)")
    assert (target.value, target.per) == (2, "month")
    assert target.others == (Target("=", 18, unit="đợt", per="year"),)


@pytest.mark.parametrize(
    "phrase",
    [
        "Thường xuyên",
        "Số: 36/KH-UBND",
        "Kế hoạch số 36/KH-UBND ngày 05/01/2023",
        "Nghị định 30/2020/NĐ-CP",
        "khoản 2 Điều 7 Luật 72/2025/QH15",
        "Trước ngày 01/3/2023",
        "định kỳ trước ngày 01/6 và 15/11 hằng năm",
        "Quý I/2023",
        "tháng 11 - 12/2025",
        "giai đoạn 2026 - 2030",
        "6 tháng đầu năm",
        "kế hoạch 05 năm (2021 - 2025)",
        "từ 15 tuổi trở lên",
        "Đại hội lần thứ 14",
        "dịch vụ công mức độ 3, 4",
        "trong thời hạn 10 ngày kể từ ngày nhận",
        "không quá 05 ngày làm việc kể từ ngày nhận hồ sơ",
        "trước 17h00",
        "Cách mạng công nghiệp 4.0",
        "5G",
        "05 T / 05 K",
        "Đường dây nóng 0912.345.678",
        "",
    ],
)
def test_what_is_no_target_stays_unread(phrase: str) -> None:
    assert read_target(phrase) is None


def test_a_sentence_yields_its_targets_and_not_what_it_describes() -> None:
    text = (
        "Kế hoạch gồm 13 nhóm nội dung, 06 phần. Hằng tháng, mỗi xã đăng ít nhất 02 tin, bài; tổ chức 01 hội nghị; "
        "theo Nghị quyết số 27-NQ/TW ngày 09/11/2022."
    )
    assert [(each.comparison, each.value, each.unit) for each in find_targets(text)] == [
        (">=", 2, "tin, bài"),
        ("=", 1, "hội nghị"),
    ]


def test_a_word_for_a_place_is_no_comparison() -> None:
    assert find_targets("Tuyên truyền về kinh tế số, xã hội số trên 04 loại hình báo chí.") == ()


def test_decomposed_accents_and_odd_spaces_change_nothing() -> None:
    phrase = "ít nhất 05 tin, bài/tháng"
    assert read_target(unicodedata.normalize("NFD", phrase)) == read_target(phrase.replace(" ", "\u00a0 "))


@given(st.text(alphabet=st.sampled_from("0123456789 %.,/-()đếntừ năm tháng ít nhất trở lên quý vàIVX\n"), max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read_target(text)
    find_targets(text)


def test_every_sample_is_read(samples: Path) -> None:
    lines = (samples / "targets.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(read_target(line.split("\t")[0]) for line in lines)


@pytest.mark.parametrize(
    ("phrase", "comparison", "value", "upper", "is_ratio"),
    [
        ("10 000 tờ rơi", "=", 10000, None, False),
        ("tối thiểu 1\u00a0250 lượt", ">=", 1250, None, False),
        ("10 000 - 12 000 tờ rơi", "range", 10000, 12000, False),
        ("15 100% hồ sơ", "=", 100, None, True),
        ("tối thiểu 8O%", ">=", 80, None, True),
        ("l00% hồ sơ", "=", 100, None, True),
        ("1OO %", "=", 100, None, True),
        ("100℅ hồ sơ", "=", 100, None, True),
        ("90%+ hồ sơ", ">=", 90, None, True),
        ("50% + 1", "=", 50, None, True),
        ("tối thiểu chín mươi phần trăm", ">=", 90, None, True),
        ("đạt tám mươi lăm phần trăm trở lên", ">=", 85, None, True),
    ],
)
def test_a_number_is_read_however_it_is_typed_or_scanned(
    phrase: str, comparison: str, value: float, upper: float | None, is_ratio: bool
) -> None:
    target = read_target(phrase)
    assert target is not None
    last = target.others[-1] if phrase.startswith("15 ") else target
    assert (last.comparison, last.value, last.upper, last.is_ratio) == (comparison, value, upper, is_ratio)
