"""The page *Thiết lập*: what counts and where it comes from, changed in the name of the login, above the files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import BINH_AN, ROOT, day, fill, make_office
from tests.web.boards import HOME, NAME, Desk, board_of

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.release import ReleaseMode
from plan_lifecycle.lifecycle.house_rules import shown_setting
from plan_lifecycle.lifecycle.office import rules_in
from plan_lifecycle.store.engine import open_store

NOW = day("2026-03-02")
PAGE = "/thiet-lap/"
WHY = {"ly_do_rieng": "Theo kết luận cuộc họp"}
INDICATORS = (ROOT / "config/indicators.yaml").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty store, and a configuration of its own."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    folder = shutil.copytree(ROOT / "config", tmp_path / "config")
    office = replace(make_office(store), book=Adjustable(folder))
    yield Desk(office, TestClient(board_of(office, NOW), base_url=HOME))
    store.close()


def change(desk: Desk, name: str, fields: dict[str, str | list[str]]) -> Response:
    return desk.act("sua", {"ten": name, **fields}, page=PAGE)


def rules(desk: Desk) -> Rules:
    assert desk.office.book is not None
    return rules_in(desk.office.store, desk.office.book)


def upload(desk: Desk, text: str | bytes, name: str = "indicators") -> Response:
    data = text.encode() if isinstance(text, str) else text
    return desk.client.post(
        f"{PAGE}thu", data={"ten": name}, files={"tep": ("moi.yaml", data)}, headers={"Sec-Fetch-Site": "same-origin"}
    )


def test_each_value_says_where_it_comes_from_and_a_change_by_whom_and_why(desk: Desk) -> None:
    page = desk.page(PAGE)
    assert page.count("Theo tệp") == len(list_of_names(desk))
    assert "07 ngày trước ngày cuối cùng: cán bộ phụ trách" in page
    assert "nghỉ: 02/01/2026, 31/8/2026" in page
    done = change(desk, "cascade.phone", {"gia_tri": "0252 3822 888", **WHY})
    assert "Đã ghi." in done.text
    page = desk.page(PAGE)
    assert f"Sửa trên bảng lúc 08 giờ 00 phút ngày 02/3/2026, {NAME}: Theo kết luận cuộc họp" in page.replace("\n", "")
    assert "Tệp cascade.yaml đang ghi: chưa ghi" in page
    assert desk.trail()[0] == (NAME, "change_setting", "Theo kết luận cuộc họp")
    assert rules(desk).phone == "0252 3822 888"
    desk.act("lay-theo-tep", {"ten": "cascade.phone", **WHY}, page=PAGE)
    assert rules(desk).phone is None
    assert "Các lần sửa (02)" in desk.page(PAGE)
    desk.act("hoan-tac", {"ten": "cascade.phone", "da_xem": "2", **WHY}, page=PAGE)
    assert rules(desk).phone == "0252 3822 888"


def test_every_kind_of_value_is_set_by_its_form(desk: Desk) -> None:
    for name, fields in {
        "cascade.accept_without_findings": {"gia_tri": "khong"},
        "cascade.release": {"gia_tri": "by_hand"},
        "cascade.leader_from": {"gia_tri": "80"},
        "cascade.sender": {"gia_tri": "Sở Nội vụ Bình Thuận"},
        "cascade.closing": {"gia_tri": "Phòng Cải cách hành chính\r\n\r\nSố 04 Hải Thượng Lãn Ông"},
        "reminders.hours": {"opens": "08:00", "closes": "16:30"},
        "reminders.quiet_around_tet": {"before": "3", "after": "2"},
        "reminders.digest.draft_letter_from": {"gia_tri": ""},
        "calendar.years.2027": {"notice": "Tết 2027", "days_off": "04/02/2027; 5/2/2027", "working_days": "2027-02-13"},
    }.items():
        done = change(desk, name, {**fields, **WHY})
        assert done.status_code == 200, (name, unescape(done.text))
    now = rules(desk)
    assert (now.accept_clean, now.release, now.leader_from) == (False, ReleaseMode.BY_HAND, 80)
    assert now.sender == "Sở Nội vụ Bình Thuận"
    assert now.closing == ("Phòng Cải cách hành chính", "Số 04 Hải Thượng Lãn Ông")
    assert (now.reminding.opens.hour, now.reminding.closes.minute, now.reminding.quiet) == (8, 30, (3, 2))
    assert now.reminding.digest.draft_from is None
    assert now.calendar.is_working(day("2027-02-13").date())
    assert not now.calendar.is_working(day("2027-02-04").date())


def test_a_ladder_is_written_rung_by_rung_and_a_rung_that_is_not_sent_is_gone(desk: Desk) -> None:
    fields: dict[str, str | list[str]] = {
        "0.side": "truoc", "0.days": "10", "0.roles": ["officer", "head"], "0.courtesy": "1",
        "1.side": "",
        "2.side": "qua", "2.days": "3", "2.roles": "officer", "2.every": "5", "2.at_most": "2",
        "2.repeat_escalates": "1",
        "3.side": "qua", "3.working_days": "9", "3.roles": "head", "3.superior": "1",
    }  # fmt: skip
    assert change(desk, "reminders.ladders.report", {**fields, **WHY}).status_code == 200
    ladder = rules(desk).ladders[Item.REPORT]
    assert [(rung.name, rung.letter) for rung in ladder] == [
        ("T-10", "reminder_before"), ("T+3", "reminder_after"), ("T+3.1", "reminder_after"),
        ("T+3.2", "reminder_after"), ("T+9lv", "reminder_after"),
    ]  # fmt: skip
    assert [len(rung.roles) for rung in ladder] == [2, 1, 1, 1, 1]
    assert ladder[-1].superior
    assert rules(desk).ladders[Item.SUB_PLAN][0].name == "T-7"


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("cascade.leader_from", {"gia_tri": "nhiều"}, ["Cần một số từ 0 đến 100.", "Đề nghị chọn hoặc ghi rõ lý do."]),
        ("cascade.phone", {"gia_tri": "0" * 201, **WHY}, ["Giá trị này chưa đúng"]),
        ("cascade.release", {**WHY, "gia_tri": "khac"}, ["Đề nghị chọn một giá trị."]),
        ("reminders.hours", {"opens": "18:00", "closes": "07:00", **WHY}, ["Giờ cuối phải sau 18:00."]),
        ("reminders.quiet_around_tet", {"before": "11", "after": "-1", **WHY}, ["Cần một số từ 0 đến 10."]),
        (
            "calendar.years.2026",
            {"notice": "", "days_off": "31/02/2026, 02/01/2025", "working_days": "x", **WHY},
            ["Đề nghị ghi tên thông báo.", "“31/02/2026” chưa đúng", "“02/01/2025” chưa đúng", "“x” chưa đúng"],
        ),
        (
            "reminders.ladders.sub_plan",
            {"0.side": "truoc", "0.days": "7", "0.every": "5", "0.at_most": "1", "0.roles": "officer",
             "1.side": "truoc", "1.days": "7", "1.roles": "officer", "2.side": "qua", "2.roles": "officer", **WHY},
            ["Đề nghị ghi số ngày."],
        ),
        (
            "reminders.ladders.sub_plan",
            {"0.side": "truoc", "0.days": "7", "0.every": "5", "0.at_most": "1", "0.roles": "officer",
             "1.side": "truoc", "1.days": "7", "1.roles": "officer", "2.side": "qua", "2.days": "1", **WHY},
            ["Đề nghị chọn ít nhất một người nhận."],
        ),
        (
            "reminders.ladders.sub_plan",
            {"0.side": "truoc", "0.days": "7", "0.every": "5", "0.at_most": "1", "0.roles": "officer",
             "1.side": "truoc", "1.days": "7", "1.roles": "officer", **WHY},
            ["Chỉ nấc sau ngày cuối cùng mới nhắc lại.", "Hai nấc trùng ngày với nhau."],
        ),
    ],
)  # fmt: skip
def test_a_wrong_value_is_answered_beside_its_field_and_what_was_typed_stays(
    desk: Desk, name: str, fields: dict[str, str | list[str]], said: list[str]
) -> None:
    refused = change(desk, name, fields)
    page = unescape(refused.text)
    assert refused.status_code == 422
    for sentence in said:
        assert page.count(sentence) >= 2, sentence  # above all, and beside its field
    assert f'value="{next(value for value in fields.values() if value)}"' in page
    assert desk.trail() == []


def test_a_new_file_is_tried_first_its_faults_by_line_and_counts_when_it_is_confirmed(desk: Desk) -> None:
    broken = INDICATORS.replace("type: boolean", "type: nothing", 1).replace("roll_up: none", "roll_up: some", 1)
    refused = upload(desk, broken)
    page = unescape(refused.text)
    assert refused.status_code == 422
    for name in ("nothing", "some"):
        line = broken[: broken.index(name)].count("\n") + 1
        assert f"tệp indicators.yaml, dòng {line}" in page
    assert str(ROOT) not in page
    text = INDICATORS.replace("Số video clip tuyên truyền", "Số video tuyên truyền")
    text = text.replace("indicators:\n", (
        "indicators:\n"
        "  - {code: podcasts, name: Số chương trình phát thanh số, type: count, roll_up: sum, levels: [1]}\n"
    ), 1)  # fmt: skip
    tried = unescape(upload(desk, text).text)
    assert "Chỉ tiêu thêm (01): Số chương trình phát thanh số" in tried
    assert "Chỉ tiêu ghi khác (01): Số video tuyên truyền" in tried
    assert desk.trail() == []
    sent = {"ten": "indicators", "noi_dung": text.replace("\n", "\r\n")}
    refused = desk.act("ap-dung", sent, page=PAGE)
    assert refused.status_code == 422
    assert "Chỉ tiêu thêm (01)" in unescape(refused.text)
    assert "Đã ghi." in desk.act("ap-dung", {**sent, **WHY}, page=PAGE).text
    assert any(one.code == "podcasts" for one in rules(desk).indicators_of(2026))
    assert shown_setting(desk.office, "indicators", NOW).value == text
    assert desk.client.get(f"{PAGE}tep?ten=indicators").content.decode() == text
    assert "podcasts" in desk.page(f"{PAGE}xem?ten=indicators")


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"a: [", b"PK\x03\x04", b"a: 1\na: 2", b"[" * 9000, b"a: &a [1]\nb: *a"]
)
def test_what_is_no_such_file_is_refused_in_a_sentence(desk: Desk, data: bytes) -> None:
    refused = upload(desk, data)
    assert refused.status_code == 422
    assert "Nội dung chưa thực hiện được" in unescape(refused.text)


def test_whoever_only_looks_finds_no_form_and_is_refused(desk: Desk) -> None:
    desk = Desk(desk.office, TestClient(board_of(desk.office, NOW, decide=False), base_url=HOME))
    assert "<form" not in desk.page(PAGE)
    assert change(desk, "cascade.phone", {"gia_tri": "1", **WHY}).status_code == 403
    assert upload(desk, INDICATORS).status_code == 403
    handed_in = TestClient(board_of(replace(desk.office, book=None), NOW), base_url=HOME)
    assert [handed_in.get(f"{PAGE}{path}").status_code for path in ("", "tep?ten=indicators")] == [404, 404]
    for path in ("tep?ten=cascade.phone", "tep?ten=../cascade", "xem?ten=khac", "xem"):
        assert desk.client.get(f"{PAGE}{path}").status_code == 404


def list_of_names(desk: Desk) -> list[str]:
    assert desk.office.book is not None
    return [setting.name for group in desk.office.book.groups(2026) for setting in group.settings]


LISTS = {
    "reasons": (
        "  du-noi-dung: Văn bản đủ nội dung theo kế hoạch của cấp trên.",
        "  du-noi-dung: Đủ nội dung, đúng hạn.",
    ),
    "indices": ("name: Chỉ số chuyển đổi số (DTI)", "name: Chỉ số chuyển đổi số cấp tỉnh (DTI)"),
    "scoring": ("- {name: Tốt, from: 80}", "- {name: Tốt, from: 85}"),
}


@pytest.mark.parametrize("name", LISTS)
def test_reasons_indices_and_scoring_are_changed_as_whole_files_and_given_back(desk: Desk, name: str) -> None:
    before, after = LISTS[name]
    text = (ROOT / f"config/{name}.yaml").read_text(encoding="utf-8")
    tried = upload(desk, text.replace(before, after), name).text
    assert "Dòng thêm (01)" in tried
    assert "Dòng bỏ (01)" in tried
    assert upload(desk, "x: [", name).status_code == 422
    sent = {"ten": name, "noi_dung": text.replace(before, after), **WHY}
    assert "Đã ghi." in desk.act("ap-dung", sent, page=PAGE).text
    assert _as_read(desk)[name] == after.strip("- {}").rpartition(": ")[2].rstrip("}")
    desk.act("lay-theo-tep", {"ten": name, **WHY}, page=PAGE)
    assert _as_read(desk)[name] == before.strip("- {}").rpartition(": ")[2].rstrip("}")


def _as_read(desk: Desk) -> dict[str, str]:
    """What the rules say where the files were changed."""
    found = rules(desk)
    return {
        "reasons": found.reasons["accept"]["du-noi-dung"],
        "indices": found.indices["dti"].name,
        "scoring": str(found.score_rules.scoring.bands[0].at_least),
    }


NEWS = """
hosts: [binhan.example.vn]
publications:
- {unit: %s, quota: 5, feed: "https://binhan.example.vn/rss?a=<b>"}
endpoints:
- {name: truc, url: "https://truc.example.vn/cchc", token: AXIS_TOKEN}
"""


def test_what_is_asked_for_news_and_papers_is_seen_and_changed_in_the_file_alone(desk: Desk, tmp_path: Path) -> None:
    fill(desk.office.store)
    assert "Chưa có trang, chuyên mục nào được đếm" in desk.page(PAGE)
    file = tmp_path / "sources.yaml"
    file.write_text(NEWS % BINH_AN.id, encoding="utf-8")
    asked = TestClient(board_of(desk.office, NOW, sources=file), base_url=HOME)
    page = asked.get(PAGE).text
    assert "<b>UBND xã Bình An</b>" in page
    assert "05 tin, bài" in page
    assert "máy chủ truc.example.vn: nhận văn bản của mọi đơn vị" in page
    assert "rss?a=&lt;b&gt;" in page
    assert "AXIS_TOKEN" not in page
    file.write_text("hosts: 5", encoding="utf-8")
    assert "sources.yaml" in asked.get(PAGE).text.split('role="alert"')[1].split("</div>")[0]
