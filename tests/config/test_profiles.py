"""The kinds of report: what ships, and a file in which something does not go together named with line and field."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories import rules

from plan_lifecycle.config.profiles import read_profiles
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.indicator import IndicatorType, RollUp
from plan_lifecycle.domain.period import PeriodKind
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.settings import ROOT

SHIPPED = ROOT / "config/profiles"
MINIMAL = """\
code: small
name: Báo cáo nhỏ
title: Kết quả {period}
default: true
opening: Báo cáo như sau
closing: Hết
sections:
  - code: result
    heading: Kết quả
    sentences: ["Đã đăng {news} tin."]
forms:
  - number: 1
    title: Biểu 1
    rows:
      - {number: "1", heading: Tin}
      - {number: "1.1", code: news, name: Số tin, type: count, roll_up: sum, levels: [3]}
"""

SECOND = "      - {number: '2', code: news, name: Tin, type: count, roll_up: sum, levels: [3]}\n"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Profile]:
    return {profile.code: profile for profile in read_profiles(SHIPPED)}


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_report_on_communication_is_the_default_and_comes_last() -> None:
    assert [profile.code for profile in read_profiles(SHIPPED)] == ["cchc", "thi-dua", "tuyen-truyen"]


def test_the_forms_of_the_ministry_are_whole(shipped: dict[str, Profile], samples: Path) -> None:
    lines = (samples / "lam-dong/bieu-mau-thong-ke-2025.tsv").read_text(encoding="utf-8").splitlines()[1:]
    official = [(int(form), number) for form, _, number, *_ in (line.split("\t") for line in lines)]
    forms = shipped["cchc"].forms
    assert [(form.number, row.number) for form in forms for row in form.rows] == official
    names = [line.split("\t")[3].rstrip(".") for line in lines]
    assert [row.name for form in forms for row in form.rows] == names


def test_the_outline_is_that_of_the_report_a_province_sends(shipped: dict[str, Profile]) -> None:
    top = [(one.label, one.section.code) for one in shipped["cchc"].numbered(PeriodKind.YEAR) if one.depth == 0]
    assert top == [
        ("I.", "direction"),
        ("II.", "results"),
        ("III.", "assessment"),
        ("IV.", "outlook"),
        ("V.", "proposals"),
    ]
    fields = [section.code for section in shipped["cchc"].sections[1].sections]
    assert fields == ["institutions", "procedures", "organisation", "service", "finance", "digital"]


def test_a_share_comes_from_its_parts_and_a_code_has_its_answers(shipped: dict[str, Profile]) -> None:
    indicators = {one.code: one for one in shipped["cchc"].indicators}
    share = indicators["department_dossiers_share_in_time"]
    assert (share.roll_up, share.checks.share_of) == (
        RollUp.COMPUTED,
        ("department_dossiers_in_time", "department_dossiers"),
    )
    way = indicators["survey_way"]
    assert (way.type, way.measured) == (IndicatorType.CODE, "Trực tuyến = 0; Phát phiếu = 1; Kết hợp = 2")


def test_an_indicator_is_reported_by_the_agency_in_charge(shipped: dict[str, Profile]) -> None:
    checked = next(one for one in shipped["cchc"].indicators if one.code == "legal_documents_checked")
    assert checked.reported_by(1, "Sở Tư pháp")
    assert not checked.reported_by(1, "Sở Y tế")
    assert not checked.reported_by(2, "Sở Tư pháp")


def test_the_plans_of_the_year_ask_for_their_report(shipped: dict[str, Profile]) -> None:
    assert shipped["cchc"].is_asked_by("Kế hoạch cải cách hành chính nhà nước tỉnh Lâm Đồng năm 2026")
    assert shipped["tuyen-truyen"].is_asked_by("Thông tin, tuyên truyền cải cách hành chính năm 2023")


@pytest.mark.parametrize(
    ("abstract", "code"),
    [
        ("Phát động phong trào thi đua đẩy mạnh cải cách hành chính", "thi-dua"),
        ("Ban hành Kế hoạch TỔ CHỨC phong trào thi đua cải cách hành chính năm 2024", "thi-dua"),
        ("triển khai thực hiện Phong trào thi đua đẩy mạnh cải cách hành chính", "thi-dua"),
        ("Tổng kết phong trào thi đua đẩy mạnh cải cách hành chính giai đoạn 2022 - 2025", "thi-dua"),
        ("Tuyên truyền phong trào thi đua đẩy mạnh cải cách hành chính", "tuyen-truyen"),
        ("Cải cách hành chính và phong trào thi đua năm 2024", "cchc"),
    ],
)
def test_a_movement_asks_for_its_review_whatever_it_is_called(abstract: str, code: str) -> None:
    assert rules().profile_of(abstract).code == code


def test_the_plan_of_the_emulation_case_asks_for_a_review_that_is_called_after_the_movement() -> None:
    plan = read_plan((ROOT / "examples/emulation-2022-2025/ke-hoach-huyen-111.docx").read_bytes())
    profile = rules().profile_of(plan.abstract or "")
    assert profile.title.format(period="năm 2023", unit="UBND huyện Bắc Bình") == (
        "Kết quả phong trào thi đua đẩy mạnh cải cách hành chính năm 2023 của UBND huyện Bắc Bình"
    )
    assert [one.section.heading for one in profile.numbered(PeriodKind.YEAR) if one.depth == 0] == [
        "Công tác chỉ đạo, triển khai",
        "Kết quả thực hiện",
        "Đánh giá chung",
        "Đề nghị khen thưởng, phương hướng",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("{news}", "{views}", 10, "sections.0.sentences.0"),
        ("{news}", "{news", 10, "sections.0.sentences.0"),
        ("code: result", "code: Result", 8, "sections.0.code"),
        ("    heading: Kết quả\n", "    heading: Kết quả\n    kind: text\n", 10, "sections.0.kind"),
        ("roll_up: sum", "roll_up: computed", 16, "forms.0.rows.1.roll_up"),
        ("type: count", "type: code", 16, "forms.0.rows.1.options"),
        (", levels: [3]}", "}", 16, "forms.0.rows.1.levels"),
        ("}\n", "}\n" + SECOND, 16, "forms.0.rows.1.code"),
        ("sections:\n", "sections:\n  - {code: result, heading: Khác}\n", 8, "sections.0.code"),
        ("sections:\n", "headline: [views]\nsections:\n", 7, "headline.0"),
        ("    heading: Kết quả\n", "    heading: Kết quả\n    required: [9]\n", 10, "sections.0.required.0"),
        ("sections:\n", "sections: &a\n  - {code: x, heading: X, sections: *a}\n", 8, "sections.0.sections"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, line: int, field: str
) -> None:
    head, _, tail = MINIMAL.rpartition(old)
    write(tmp_path, small=head + new + tail)
    with pytest.raises(InputError) as raised:
        read_profiles(tmp_path)
    errors = getattr(raised.value, "errors", (raised.value,))
    assert (str(tmp_path / "small.yaml"), line) in {(str(error.file), error.line) for error in errors}
    assert field in {error.field for error in errors}


def test_a_row_that_is_wrong_is_told_as_the_indicator_that_it_is_with_one_error(tmp_path: Path) -> None:
    head, _, tail = MINIMAL.rpartition("type: count")
    write(tmp_path, small=f"{head}type: cuont{tail}")
    with pytest.raises(InputError) as raised:
        read_profiles(tmp_path)
    (error,) = getattr(raised.value, "errors", (raised.value,))
    assert (error.line, error.field, error.found) == (16, "forms.0.rows.1.type", "cuont")


def test_parts_that_lead_back_to_themselves_are_named(tmp_path: Path) -> None:
    row = "      - {{number: '{0}', code: {1}, name: X, type: count, roll_up: computed, checks: {{parts: [{2}]}}}}\n"
    write(tmp_path, small=MINIMAL + row.format(2, "whole", "part") + row.format(3, "part", "whole"))
    with pytest.raises(InputError) as raised:
        read_profiles(tmp_path)
    assert "forms.0.rows.2.checks" in str(raised.value)
    assert "dẫn trở lại chính nó" in raised.value.for_user


def test_two_profiles_do_not_share_an_indicator_or_a_code(tmp_path: Path) -> None:
    write(tmp_path, first=MINIMAL, second=MINIMAL.replace("default: true\n", ""))
    with pytest.raises(InputError) as raised:
        read_profiles(tmp_path)
    assert "mã chỉ tiêu “news” đã có ở tệp first.yaml" in raised.value.for_user
    assert "mã mẫu báo cáo “small” đã có ở tệp first.yaml" in raised.value.for_user


@pytest.mark.parametrize("text", [MINIMAL.replace("default: true\n", ""), None])
def test_there_is_just_one_default(tmp_path: Path, text: str | None) -> None:
    second = MINIMAL.replace("small", "other").replace("news", "views")
    folder = write(tmp_path, first=text) if text else write(tmp_path, first=MINIMAL, second=second)
    with pytest.raises(InputError, match="one profile with default: true"):
        read_profiles(folder)


def test_no_two_indicators_of_a_shipped_profile_are_called_alike() -> None:
    for profile in read_profiles(SHIPPED):
        called = [one.alone for one in profile.of_year(2026)]
        assert [name for name in called if called.count(name) > 1] == []


def test_a_share_without_its_parts_and_a_number_that_stands_twice_are_named(tmp_path: Path) -> None:
    row = "      - {{number: '{0}', code: {1}, name: X, type: ratio, roll_up: computed, checks: {{share_of: [{2}]}}}}\n"
    for parts in ("", "news"):
        write(tmp_path, small=MINIMAL + row.format(9, "share", parts))
        with pytest.raises(InputError) as raised:
            read_profiles(tmp_path)
        assert "share_of': found" in str(raised.value)
        assert "expected two codes" in str(raised.value)
    plain = "      - {{number: '9', code: {0}, name: X, type: count, roll_up: sum, levels: [3]}}\n"
    write(tmp_path, small=MINIMAL + plain.format("one") + plain.format("two"))
    with pytest.raises(InputError) as raised:
        read_profiles(tmp_path)
    assert "số thứ tự “9” có ở nhiều hàng" in raised.value.for_user


def test_bounds_that_lead_back_to_themselves_are_named(tmp_path: Path) -> None:
    count = "name: X, type: count, roll_up: sum, levels: [3]"
    row = f"      - {{{{number: '{{0}}', code: {{1}}, {count}, checks: {{{{at_most: {{2}}}}}}}}}}\n"
    write(tmp_path, small=MINIMAL + row.format(8, "one", "two") + row.format(9, "two", "one"))
    with pytest.raises(InputError) as raised:
        read_profiles(tmp_path)
    assert "checks.at_most" in str(raised.value)
    assert "(at_most) của “one” dẫn trở lại chính nó" in raised.value.for_user


def test_what_is_left_out_and_what_no_file_has_are_told_in_words(tmp_path: Path) -> None:
    write(tmp_path, small=MINIMAL.replace("name:", "nmae:", 1))
    with pytest.raises(InputError) as raised:
        read_profiles(tmp_path)
    assert "còn thiếu mục “name”" in raised.value.for_user
    assert "không có mục nào tên là “nmae”" in raised.value.for_user
