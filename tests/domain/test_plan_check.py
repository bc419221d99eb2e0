"""A sub-plan held against its superior plan: covered, missing, later, lower, extra; citation, year, rows, copying."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.growth import steps

from plan_lifecycle.domain.deadline import Deadline, read_deadline
from plan_lifecycle.domain.plan import Activity, LegalBasis, Plan, Section
from plan_lifecycle.domain.plan_check import PlanCheck, Wording, check_plan, likeness, unit_named
from plan_lifecycle.domain.target import find_targets
from plan_lifecycle.domain.unit import Unit, UnitKind

BINH_AN = Unit("binh-an", "xã Bình An", UnitKind.COMMUNE, 3, "bac-binh")
PHONG_NOI_VU = Unit("pnv", "Phòng Nội vụ", UnitKind.DIVISION, 2, "bac-binh")


def due(phrase: str) -> Deadline:
    return read_deadline(phrase, year=2023, issued=date(2023, 1, 30))


def task(
    content: str, lead: str, phrase: str, support: str = "", product: str = "Văn bản", number: int = 1
) -> Activity:
    deadline = due(phrase) if phrase else None
    return Activity(
        str(number), content, lead, support, deadline, product, "", find_targets(content), f"Bảng 1, hàng {number + 1}"
    )


def plan(*activities: Activity, **changes: object) -> Plan:
    base = Plan(
        number="15",
        symbol="KH-UBND",
        issued_on=date(2023, 2, 10),
        issuer="Ủy ban nhân dân huyện Bắc Bình",
        place="Bắc Bình",
        type="Kế hoạch",
        abstract="Thông tin, tuyên truyền cải cách hành chính năm 2023",
        legal_bases=(),
        period=(2023,),
        sections=(Section("III", "KINH PHÍ", ("Do ngân sách xã bảo đảm.",)),),
        activities=activities,
        reporting=(),
        open_points=(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


NEWS = task("Đăng ít nhất 05 tin, bài/tháng trên cổng thông tin điện tử", "UBND các xã, thị trấn", "Hằng tháng")
BANNERS = task("Treo băng rôn, áp phích tuyên truyền CCHC", "UBND các xã, thị trấn", "Trước ngày 01/5/2023", number=2)
TRAINING = task(
    "Mở lớp tập huấn nghiệp vụ cải cách hành chính", "Phòng Nội vụ", "Quý III/2023", "UBND các xã", number=3
)
SURVEY = task("Khảo sát mức độ hài lòng của người dân", "Phòng Nội vụ", "Tháng 9/2023", number=4)
PARENT = plan(NEWS, BANNERS, TRAINING, SURVEY)
CITED = (LegalBasis("Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện", "15/KH-UBND", date(2023, 2, 10)),)
OWN = (
    task("Đăng tải ít nhất 05 tin, bài/tháng trên cổng thông tin điện tử huyện", "Công chức văn hóa", "Hằng tháng"),
    task(
        "Treo băng rôn, áp phích tuyên truyền cải cách hành chính tại trụ sở xã", "Văn phòng", "Tháng 4/2023", number=2
    ),
    task("Cử công chức tham gia lớp tập huấn nghiệp vụ cải cách hành chính", "Văn phòng", "Quý III/2023", number=3),
)


def sub(*activities: Activity, **changes: object) -> Plan:
    facts = {"number": "07", "legal_bases": CITED, "issuer": "Ủy ban nhân dân xã Bình An"} | changes
    return plan(*(activities or OWN), **facts)


def check(one: Plan, **options: object) -> PlanCheck:
    return check_plan(one, PARENT, unit=BINH_AN, **options)  # type: ignore[arg-type]


def rules(result: PlanCheck) -> set[str]:
    return {finding.rule for finding in result.findings}


def test_a_plan_that_takes_up_everything_has_no_finding() -> None:
    result = check(sub())
    assert [pair.superior for pair in result.covered] == [NEWS, BANNERS, TRAINING]
    assert (result.missing, result.later, result.lower, result.findings) == ((), (), (), ())


def test_it_misses_what_was_given_to_the_unit_and_says_where_it_stands() -> None:
    result = check(sub(OWN[0]))
    assert [(one.superior, one.role) for one in result.missing] == [(BANNERS, "lead"), (TRAINING, "support")]
    assert [(f.where, f.blocks) for f in result.findings] == [("Bảng 1, hàng 3", True), ("Bảng 1, hàng 4", False)]


def test_what_was_given_to_others_is_not_missing() -> None:
    assert SURVEY not in [one.superior for one in check(sub()).missing]
    assert SURVEY in [one.superior for one in check_plan(sub(), PARENT, unit=PHONG_NOI_VU).missing]


def test_without_a_unit_every_task_is_expected() -> None:
    assert [one.superior for one in check_plan(sub(), PARENT, unit=None).missing] == [SURVEY]


@pytest.mark.parametrize("phrase", ["Tháng 6/2023", "Trước ngày 02/5/2023", "Quý II/2023"])
def test_a_later_date_is_found(phrase: str) -> None:
    (deviation,) = check(sub(OWN[0], replace(OWN[1], deadline=due(phrase)), OWN[2])).later
    assert deviation.superior is BANNERS
    assert phrase in deviation.found
    assert "30/4/2023" in deviation.expected


@pytest.mark.parametrize("phrase", ["Tháng 4/2023", "Trước ngày 01/5/2023", "Quý I/2023"])
def test_the_same_date_or_an_earlier_one_is_fine(phrase: str) -> None:
    assert check(sub(OWN[0], replace(OWN[1], deadline=due(phrase)), OWN[2])).later == ()


def test_what_recurs_less_often_is_later() -> None:
    (deviation,) = check(sub(replace(OWN[0], deadline=due("Hằng quý")), *OWN[1:])).later
    assert deviation.superior is NEWS


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("Đăng ít nhất 03 tin, bài/tháng trên cổng thông tin điện tử", "ít nhất 3 tin, bài/tháng"),
        ("Đăng ít nhất 12 tin, bài/quý trên cổng thông tin điện tử", "ít nhất 12 tin, bài/quý"),
        ("Đăng tin, bài trên cổng thông tin điện tử", "không nêu"),
    ],
)
def test_a_lower_target_is_found(content: str, found: str) -> None:
    (deviation,) = check(sub(task(content, "Văn phòng", "Hằng tháng"), *OWN[1:])).lower
    assert (deviation.found, deviation.expected) == (found, "ít nhất 5 tin, bài/tháng")


@pytest.mark.parametrize("count", ["05 tin, bài/tháng", "08 tin, bài/tháng", "15 tin, bài/quý", "60 tin, bài/năm"])
def test_the_same_target_in_other_words_or_a_higher_one_is_fine(count: str) -> None:
    row = task(f"Đăng ít nhất {count} trên cổng thông tin điện tử", "Văn phòng", "Hằng tháng")
    assert check(sub(row, *OWN[1:])).lower == ()


def test_much_of_something_else_does_not_make_up_for_too_little() -> None:
    content = "Đăng ít nhất 03 tin, bài/tháng, treo ít nhất 20 băng rôn/tháng trên cổng thông tin"
    own = task(content, "Văn phòng", "Hằng tháng")
    (deviation,) = check(sub(own, *OWN[1:])).lower
    assert (deviation.found, deviation.expected) == ("ít nhất 3 tin, bài/tháng", "ít nhất 5 tin, bài/tháng")


@pytest.mark.parametrize(
    ("name", "bare", "kind", "level"),
    [
        ("UBND xã Bình An", "xã Bình An", UnitKind.COMMUNE, 3),
        ("Uỷ ban nhân dân huyện Bắc Bình", "huyện Bắc Bình", UnitKind.DISTRICT, 2),
        ("Sở Nội vụ", "Sở Nội vụ", UnitKind.DEPARTMENT, 1),
        ("Phòng Nội vụ", "Phòng Nội vụ", UnitKind.DIVISION, 2),
        ("tỉnh Bình Thuận", "tỉnh Bình Thuận", UnitKind.PROVINCE, 1),
    ],
)
def test_a_name_tells_what_kind_of_unit_it_is(name: str, bare: str, kind: UnitKind, level: int) -> None:
    assert unit_named(name) == Unit(bare, bare, kind, level)


@pytest.mark.parametrize("name", ["", "UBND ", "Nguyễn Văn An"])
def test_a_name_that_tells_no_kind_is_no_unit(name: str) -> None:
    assert unit_named(name) is None


def test_what_is_late_low_wrongly_cited_or_empty_stands_in_the_way_of_acceptance() -> None:
    poor = task("Đăng ít nhất 03 tin, bài/tháng trên cổng thông tin điện tử", "Văn phòng", "Hằng tháng")
    late = replace(OWN[1], deadline=due("Quý II/2023"))
    result = check(sub(poor, late, replace(OWN[2], lead=""), legal_bases=(), period=(2022,)))
    assert {"citation.missing", "year", "lead"} < rules(result)
    assert [one.superior for one in (*result.later, *result.lower)] == [BANNERS, NEWS]
    assert all(finding.blocks for finding in result.findings)


def test_rows_of_its_own_are_extra_and_no_fault() -> None:
    own = task("Thành lập câu lạc bộ thanh niên với chuyển đổi số", "Đoàn Thanh niên", "Tháng 8/2023", number=4)
    result = check(sub(*OWN, own))
    assert result.extra == (own,)
    assert result.findings == ()


@pytest.mark.parametrize(
    ("bases", "rule", "found"),
    [
        ((), "citation.missing", None),
        ((LegalBasis("Luật Tổ chức", None, date(2015, 6, 19)),), "citation.missing", None),
        ((LegalBasis("Kế hoạch", "51/KH-UBND", date(2023, 2, 10)),), "citation.number", "51/KH-UBND"),
        ((LegalBasis("Kế hoạch", "15/KH-UBND", date(2023, 10, 2)),), "citation.date", "02/10/2023"),
        ((LegalBasis("Kế hoạch", "15/KH-UBND", None),), "citation.date", None),
    ],
)
def test_a_wrong_or_missing_citation_is_found(bases: tuple[LegalBasis, ...], rule: str, found: str | None) -> None:
    (finding,) = check(sub(legal_bases=bases)).findings
    assert (finding.rule, finding.found) == (rule, found)


def test_a_padded_number_is_the_same_number() -> None:
    assert check(sub(legal_bases=(LegalBasis("Kế hoạch", "015/KH-UBND", date(2023, 2, 10)),))).findings == ()


def test_another_year_is_found() -> None:
    (finding,) = check(sub(period=(2022,))).findings
    assert (finding.rule, finding.found, finding.expected) == ("year", "2022", "2023")


def test_no_product_is_asked_of_a_task_that_has_none_in_the_superior_plan() -> None:
    bare = replace(OWN[1], product="")
    without = plan(NEWS, replace(BANNERS, product=""), TRAINING, SURVEY)
    assert "product" in rules(check(sub(OWN[0], bare, OWN[2])))
    assert "product" not in rules(check_plan(sub(OWN[0], bare, OWN[2]), without, unit=BINH_AN))


def test_rows_without_lead_date_product_and_a_plan_without_money_are_found() -> None:
    bare = replace(OWN[1], lead="", deadline=None, product="")
    result = check(sub(OWN[0], bare, OWN[2], sections=()))
    assert rules(result) == {"lead", "deadline", "product", "budget"}
    assert {finding.where for finding in result.findings if finding.rule == "lead"} == {"Bảng 1, hàng 3"}


def test_a_plan_without_rows_has_that_one_finding_about_them() -> None:
    assert "activities" in rules(check_plan(replace(sub(), activities=()), PARENT, unit=BINH_AN))


WORDS = "Ủy ban nhân dân xã phân công công chức phụ trách từng thôn đến gặp các hộ dân vùng sâu để giải thích cách nộp "
WORDS += (
    "hồ sơ trực tuyến, ghi lại ý kiến về thái độ phục vụ và niêm yết kết quả tại nhà văn hóa vào sáng thứ hai đầu tháng"
)


def test_wording_that_a_sibling_has_too_is_measured_and_named() -> None:
    result = check(sub(), text=WORDS + " tại Bình An", siblings=[("xã Hòa Thắng", WORDS), ("xã Sông Lũy", "khác hẳn")])
    (copy,) = result.copied
    assert copy.source == "xã Hòa Thắng"
    assert copy.share > 0.9
    (finding,) = [finding for finding in result.findings if finding.rule == "copied"]
    assert "xã Hòa Thắng" in finding.text
    assert not finding.blocks


def test_what_the_draft_or_the_superior_plan_gave_is_nobodys_own() -> None:
    assert check(sub(), text=WORDS, draft=WORDS, siblings=[("xã Hòa Thắng", WORDS)]).copied == ()
    assert check(sub(), text=WORDS, parent_text=WORDS, siblings=[("xã Hòa Thắng", WORDS)]).copied == ()


def test_what_another_text_gave_is_taken_out_of_a_wording() -> None:
    given, own = Wording.of(WORDS), Wording.of(f"{WORDS} tại Bình An")
    assert own.without(given).runs.tolist() == own.runs.tolist()[-3:]
    assert own.without(own) == Wording() == Wording.of("quá ngắn")
    assert own.without(Wording()) == own


def test_what_a_neighbour_costs_does_not_grow_with_the_length_of_the_plans() -> None:
    def compared(words: str, neighbours: int) -> int:
        wordings = [(f"xã {number}", Wording.of(f"{words} {number}")) for number in range(neighbours)]
        known = {"text": Wording.of(words), "draft": Wording(), "parent_text": Wording(), "siblings": wordings}
        check(sub(), **known)  # what is read of a content once is read here
        return steps(lambda: check(sub(), **known))

    longer = " ".join(f"{WORDS} {number}" for number in range(10))
    of_long, of_short = (compared(words, 40) - compared(words, 20) for words in (longer, WORDS))
    assert of_long < 1.5 * of_short


def test_longer_rows_cost_in_proportion_to_the_rows_and_not_to_their_pairs() -> None:
    def compared(rows: int, words: int) -> int:
        of = [task(" ".join(f"chữ{place}" for place in range(words)), "UBND", "") for _ in range(rows)]
        likeness(of, of)  # what is read of a content once is read here
        return steps(lambda: likeness(of, of))

    few, many = (compared(rows, 60) - compared(rows, 30) for rows in (10, 40))
    assert many < 6 * few
