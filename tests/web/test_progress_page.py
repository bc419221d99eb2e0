"""The page *Tiến độ kế hoạch* as the coordinator of huyện Bắc Bình uses it: she notes, sees it, and takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import day, district_plan, fill, make_office, task
from tests.web.boards import HOME, NAME, Desk, board_of

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.lifecycle.progress import progress_of_plan
from plan_lifecycle.store.engine import open_store

NOW = day("2023-06-17")
PAGE = "/ke-hoach/"
TASKS = (
    task("1", "Ban hành kế hoạch tuyên truyền của huyện", "Phòng Nội vụ", "Trước ngày 01/3/2023"),
    task("2", "Phấn đấu 85% tờ rơi được phát đến hộ dân", "UBND các xã, thị trấn", "Tháng 12/2023"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The district's plan with two tasks, one of which sets a target that no rule measures."""
    folder = tmp_path_factory.mktemp("progress")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    office = make_office(store)
    register_plan(office, district_plan(activities=TASKS), issuer_id="bb", now=day("2023-02-10"))
    yield Desk(office, TestClient(board_of(office, NOW), base_url=HOME))
    store.close()


def act(desk: Desk, what: str, status: int = 200, **fields: str) -> str:
    """What the page says after a form of it was sent."""
    answer = desk.act(what, {"ma": "1", **fields}, page=PAGE)
    assert answer.status_code == status, answer.text
    return answer.text


def row(page: str, words: str) -> str:
    """The last row of the page's tables that holds these words."""
    return [part for part in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if words in part][-1]


def test_a_task_is_noted_with_its_paper_and_the_note_taken_back(desk: Desk) -> None:
    key = progress_of_plan(desk.office, "1", NOW).tasks[0].task.key
    assert "Đã đến hạn, chưa có báo cáo kết quả" in row(desk.page(PAGE), "Ban hành kế hoạch")
    refused = act(desk, "nhiem-vu", 422, nhiem_vu=key, tinh_hinh="done")
    assert refused.count("Đề nghị ghi số, ký hiệu văn bản") == 2  # above, and beside its field
    late = act(
        desk, "nhiem-vu", 422, nhiem_vu=key, tinh_hinh="doing", ngay="2023-03-10", van_ban="12/<KH", ly_do_rieng="x"
    )
    for kept in ('value="2023-03-10"', 'value="12/&lt;KH"', 'value="x"', '"doing" selected'):
        assert late.count(kept) == 1
    done = {"nhiem_vu": key, "tinh_hinh": "done", "ngay": "2023-03-10", "van_ban": "12/KH-UBND"}
    said = row(act(desk, "nhiem-vu", **done), "Ban hành kế hoạch")
    assert "Hoàn thành, chậm" in said
    assert f"{NAME} ghi ngày 17/6/2023: 12/KH-UBND" in said
    undone = act(desk, "nhiem-vu", nhiem_vu=key, tinh_hinh="open", ly_do="nham-lan")
    assert "Đã đến hạn, chưa có báo cáo kết quả" in row(undone, "Ban hành kế hoạch")
    assert [found for found in desk.trail() if found[1] == ActKind.MARK_TASK][:2] == [
        (NAME, ActKind.MARK_TASK, "Đã xử lý nhầm."), (NAME, ActKind.MARK_TASK, None),
    ]  # fmt: skip


def test_what_measures_a_target_is_chosen_by_name_or_its_result_entered_and_taken_back(desk: Desk) -> None:
    key = progress_of_plan(desk.office, "1", NOW).targets[0].key
    open_ = "chưa xác định chỉ tiêu thống kê"
    assert open_ in row(desk.page(PAGE), "85% tờ rơi")
    name = next(one.name for one in desk.office.rules.profiles[-1].indicators if one.code == "plan_share_done")
    settled = act(desk, "muc-tieu", muc_tieu=key, chi_tieu=name, ly_do_rieng="Đã thống nhất")
    assert name in row(settled, "85% tờ rơi")
    both = act(desk, "muc-tieu", 422, muc_tieu=key, chi_tieu=name, ket_qua="91,5", ly_do_rieng="Đã thống nhất")
    assert "Đề nghị chọn một cách" in both
    unknown = act(desk, "muc-tieu", 422, muc_tieu=key, chi_tieu="Số tờ", ly_do_rieng="Đã thống nhất")
    assert unknown.count("Không có chỉ tiêu “Số tờ”") == 2
    assert (unknown.count('value="Số tờ"'), unknown.count('value="Đã thống nhất"')) == (1, 1)
    entered = act(desk, "muc-tieu", muc_tieu=key, ket_qua="91,5", van_ban="45/BC-UBND", ly_do_rieng="Đã thống nhất")
    assert "kết quả 91,5% (45/BC-UBND)" in row(entered, "85% tờ rơi")
    assert open_ in row(act(desk, "bo-muc-tieu", muc_tieu=key, ly_do="nham-lan"), "85% tờ rơi")


def test_targets_are_settled_at_once_each_by_its_own_choice_and_what_cannot_be_is_kept_as_it_was_typed(
    desk: Desk,
) -> None:
    key = progress_of_plan(desk.office, "1", NOW).targets[0].key
    said, chosen, result = "ghi kết quả của 01 mục tiêu cùng lúc", f"chon-{key}", f"ket_qua-{key}"
    page = desk.page(PAGE)
    assert said in page
    assert page.count(f'name="{chosen}"') >= 2  # "followed apart" and "later"; the latter is ticked
    assert f'name="{chosen}" value="de-sau" checked' in page
    why = {"ly_do_rieng": "Đã thống nhất"}
    assert "Chưa chọn cách đánh giá" in act(desk, "muc-tieu-cung-luc", 422, **{chosen: "de-sau"}, **why)
    unsure = act(desk, "muc-tieu-cung-luc", 422, **{chosen: "khong-co", result: "91,5"}, **why)
    assert "chỉ một trong hai" in unsure
    for kept in (f'name="{chosen}" value="khong-co" checked', 'value="91,5"', 'value="Đã thống nhất"'):
        assert unsure.count(kept) == 1
    assert "Đề nghị ghi văn bản nêu kết quả." in act(
        desk, "muc-tieu-cung-luc", 422, **{chosen: "de-sau", result: "9"}, **why
    )
    assert "Đề nghị chọn hoặc ghi rõ lý do." in act(desk, "muc-tieu-cung-luc", 422, **{chosen: "khong-co"})
    strange = {"chon-target-0": "khong-co", chosen: "khong-co"}
    assert "không có mục tiêu “target-0”" in act(desk, "muc-tieu-cung-luc", 422, **strange, **why)
    apart = row(desk.page(PAGE), "85% tờ rơi")
    assert "không có chỉ tiêu thống kê, theo dõi riêng" in apart
    assert f"{NAME}: Đã thống nhất" in apart
    typed = {chosen: "de-sau", result: "91,5", f"van_ban-{key}": "45/BC-UBND"}
    assert "kết quả 91,5% (45/BC-UBND)" in row(act(desk, "muc-tieu-cung-luc", **typed, **why), "85% tờ rơi")
    assert said not in desk.page(PAGE)
    act(desk, "bo-muc-tieu", muc_tieu=key, ly_do="nham-lan")


def test_an_index_is_entered_for_who_issued_the_plan_and_taken_back(desk: Desk) -> None:
    given = {"chi_so": "par_index", "nam": "2022", "ket_qua": "86,1", "ngay": "2023-04-19", "co_quan": "UBND tỉnh"}
    assert "of how many" not in (refused := act(desk, "chi-so", 422, **given, thu_hang="3"))
    assert refused.count("Đề nghị ghi thứ hạng trên tổng số") == 2
    for kept in ('value="86,1"', 'value="2023-04-19"', 'value="UBND tỉnh"', '"par_index" selected'):
        assert refused.count(kept) == 1
    page = act(desk, "chi-so", **given, thu_hang="3", tong_so="10")
    assert '<td data-name="Thứ hạng">3/10</td>' in row(page, "(PAR INDEX) năm 2022")
    gone = act(desk, "bo-chi-so", chi_so="par_index", nam="2022", ly_do="nham-lan")
    assert "Chưa nhập chỉ số nào của UBND huyện Bắc Bình." in gone


def test_whoever_may_only_look_sees_no_form_and_a_plan_that_is_none_is_not_found(desk: Desk) -> None:
    looks = TestClient(board_of(desk.office, NOW, decide=False), base_url=HOME)
    page = looks.get(PAGE).text
    assert "Ban hành kế hoạch" in page
    assert 'method="post"' not in page
    assert desk.client.get(f"{PAGE}?ma=99").status_code == 404
    assert desk.act("khac", {}, page=PAGE).status_code == 404
    assert desk.act("nhiem-vu", {"ma": "1"}, site="cross-site", page=PAGE).status_code == 400
