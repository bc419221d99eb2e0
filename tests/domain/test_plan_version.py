"""Which earlier plan a paper amends, replaces or withdraws, as real papers word it."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.deadline import Deadline, read_deadline
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.plan import Activity, DutyItem, LegalBasis, Plan, ReportingDuty, Section
from plan_lifecycle.domain.plan_version import RelationKind, difference, relation

AMENDS, REPLACES, WITHDRAWS = RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.WITHDRAWS


def paper(abstract: str, *sentences: str, **changed: object) -> Plan:
    values: dict[str, object] = {
        "number": "50", "symbol": "KH-UBND", "issued_on": date(2023, 3, 1), "issuer": "UBND huyện Bắc Bình",
        "place": "Bắc Bình", "type": "Kế hoạch", "abstract": abstract, "legal_bases": (), "period": (2023,),
        "sections": (Section("I", "Nội dung", sentences),), "activities": (), "reporting": (), "open_points": (),
    }  # fmt: skip
    return Plan(**(values | changed))  # type: ignore[arg-type]


def row(content: str, lead: str = "") -> Activity:
    return Activity("1", content, lead, "", None, "", "", (), "Bảng 1, hàng 2")


@pytest.mark.parametrize(
    ("abstract", "kind"),
    [
        ("Sửa đổi, bổ sung Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện", AMENDS),
        ("Về việc sửa đổi, bổ sung một số nội dung của Kế hoạch số 15/KH-UBND ngày 10 tháng 02 năm 2023", AMENDS),
        ("V/v điều chỉnh thời hạn thực hiện tại Kế hoạch số 15/KH-UBND", AMENDS),
        ("Bổ sung nhiệm vụ vào Kế hoạch số 15/KH-UBND ngày 10-02-2023", AMENDS),
        ("Điều chỉnh, bổ sung Quyết định số 15/QĐ-UBND ngày 10/02/2023 ban hành Kế hoạch tuyên truyền", AMENDS),
        ("Bãi bỏ một số nội dung tại Kế hoạch số 15/KH-UBND", AMENDS),
        ("Tuyên truyền cải cách hành chính năm 2023 (thay thế Kế hoạch số 15/KH-UBND ngày 10/02/2023)", REPLACES),
        ("Thay thế Kế hoạch số 15/KH-UBND ngày 10.02.2023", REPLACES),
        ("Về việc thu hồi Kế hoạch số 15/KH-UBND ngày 10/02/2023", WITHDRAWS),
        ("Hủy bỏ Kế hoạch số 15/KH-UBND ngày 10/02/2023", WITHDRAWS),
        ("Huỷ bỏ Kế hoạch số 15/KH-UBND", WITHDRAWS),
        ("BÃI BỎ KẾ HOẠCH SỐ 15/KH-UBND", WITHDRAWS),
    ],
)
def test_the_abstract_says_what_becomes_of_the_earlier_plan(abstract: str, kind: RelationKind) -> None:
    found = relation(paper(abstract))
    assert found is not None
    assert (found.kind, found.named) == (kind, True)
    assert found.cited[0].number.startswith("15/")
    assert found.cited[0].issued_on in (None, date(2023, 2, 10))


@pytest.mark.parametrize(
    "sentence",
    [
        "Kế hoạch này thay thế Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện.",
        "Quyết định này có hiệu lực kể từ ngày ký và thay thế Kế hoạch số 15/KH-UBND ngày 10/02/2023.",
    ],
)
def test_a_sentence_of_the_paper_may_say_it(sentence: str) -> None:
    found = relation(paper("Tuyên truyền cải cách hành chính năm 2023", sentence))
    assert found is not None
    assert (found.kind, found.cited[0].number) == (REPLACES, "15/kh-ubnd")


@pytest.mark.parametrize(
    ("abstract", "sentence"),
    [
        ("Thông tin, tuyên truyền cải cách hành chính năm 2023", "Bổ sung kinh phí cho các xã."),
        ("Triển khai Kế hoạch sửa đổi, bổ sung Kế hoạch số 36/KH-UBND của UBND tỉnh", ""),
        ("Thu hồi đất thực hiện dự án năm 2023", ""),
        ("Sử dụng đất năm 2023", "Căn cứ Quyết định số 9/QĐ-UBND sửa đổi, bổ sung Kế hoạch số 15/KH-UBND;"),
    ],
)
def test_a_plan_of_its_own_is_taken_for_no_version(abstract: str, sentence: str) -> None:
    assert relation(paper(abstract, sentence)) is None


def test_an_amendment_without_a_number_means_a_plan_among_its_legal_bases() -> None:
    basis = LegalBasis("Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện", "15/KH-UBND", date(2023, 2, 10))
    found = relation(paper("Sửa đổi, bổ sung Kế hoạch tuyên truyền năm 2023", legal_bases=(basis,)))
    assert found is not None
    assert (found.kind, found.named, found.cited[0].number) == (AMENDS, False, "15/KH-UBND")


def test_a_withdrawal_with_tasks_of_its_own_replaces() -> None:
    found = relation(paper("Bãi bỏ Kế hoạch số 15/KH-UBND", activities=(row("Đăng tin, bài"),)))
    assert found is not None
    assert found.kind is REPLACES


def test_an_amendment_takes_nothing_away_and_a_replacement_does() -> None:
    old = paper(
        "Tuyên truyền", activities=(row("Đăng tin, bài trên trang thông tin", "Phòng Nội vụ"), row("Mở lớp tập huấn"))
    )
    new = paper("Sửa đổi", activities=(row("Đăng tin, bài trên trang thông tin", "Phòng Văn hóa"),))
    amended, replaced = difference(old, new, AMENDS), difference(old, new, REPLACES)
    assert [(each.changes[0].field, each.changes[0].after) for each in amended.activities] == [
        ("lead", "Phòng Văn hóa")
    ]
    assert [each.after is None for each in replaced.activities] == [False, True]


def duty(
    audience: str, deadline: str = "", addressee: str = "", office: str = "", item: DutyItem = DutyItem.REPORT_H1
) -> ReportingDuty:
    read: Deadline | None = read_deadline(deadline, year=2023) if deadline else None
    return ReportingDuty(item, audience, read, addressee or None, office or None, Basis.RECEIPT, "…", "Mục IV")


COMMUNES = "UBND các xã, thị trấn"


def test_what_an_amendment_leaves_out_of_a_duty_stays() -> None:
    old = paper("Tuyên truyền", reporting=(duty(COMMUNES, "trước ngày 17/6/2023", "UBND huyện", "Phòng Nội vụ"),))
    later = duty("", "trước ngày 20/6/2023")
    (changed,) = difference(old, paper("Sửa đổi", reporting=(later,)), AMENDS).duties
    assert [(change.field, change.after) for change in changed.changes] == [("deadline", "trước ngày 20/6/2023")]
    assert changed.after is not None
    kept = (changed.after.audience, changed.after.addressee, changed.after.receiving_office)
    assert kept == (COMMUNES, "UBND huyện", "Phòng Nội vụ")


def test_what_an_amendment_leaves_out_of_a_task_stays() -> None:
    whole = Activity(
        "1", "Đăng tin, bài trên trang thông tin", "Phòng Nội vụ", "UBND các xã", read_deadline("Quý II", year=2023),
        "Tin, bài", "Ngân sách", (), "Bảng 1, hàng 2",
    )  # fmt: skip
    bare = Activity("1", "Đăng tin, bài trên trang thông tin", "Phòng Văn hóa", "", None, "", "", (), "Bảng 1, hàng 1")
    (changed,) = difference(paper("x", activities=(whole,)), paper("y", activities=(bare,)), AMENDS).activities
    assert [(change.field, change.before, change.after) for change in changed.changes] == [
        ("lead", "Phòng Nội vụ", "Phòng Văn hóa")
    ]


def test_a_duty_is_told_by_its_item_and_people() -> None:
    old = paper("x", reporting=(duty(COMMUNES, "trước ngày 17/6/2023"), duty("Các phòng", "trước ngày 17/6/2023")))
    new = paper(
        "y",
        reporting=(
            duty(COMMUNES, "trước ngày 17/6/2023", item=DutyItem.REPORT_YEAR),
            duty("Các phòng", "trước ngày 10/6/2023"),
        ),
    )
    found = difference(old, new, REPLACES).duties
    assert [(one.before and one.before.audience, one.after and one.after.audience) for one in found] == [
        (COMMUNES, None), ("Các phòng", "Các phòng"), (None, COMMUNES),
    ]  # fmt: skip
