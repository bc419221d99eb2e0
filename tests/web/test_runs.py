"""Long acts as runs of Airflow: started in the coordinator's name, the same run on a second click, seen to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import BINH_AN, ROOT, day, district_plan, fill, make_office, owe, plan_row
from tests.web.boards import HOME, NAME, Desk

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.cascade import Told, ordered_plans, register_upload, waiting_plans
from plan_lifecycle.store import letters
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.web.board._app import create_board
from plan_lifecycle.web.board._frame import Guards, Person
from plan_lifecycle.web.board._runs import LateRun, LongAct, SeenRun, SeenStep, Step

NOW = day("2023-02-13")
PAGE = "/ke-hoach-moi/"
RUNNING = SeenRun(
    "Triển khai kế hoạch đến các đơn vị",
    Step.RUNNING,
    NAME,
    NOW,
    None,
    "",
    paused=False,
    steps=(
        SeenStep("Tiếp nhận kế hoạch", "", Step.DONE),
        SeenStep("Lập dự thảo, giao nhiệm vụ", "UBND <b>huyện</b>", Step.FAILED),
        SeenStep("Lập dự thảo, giao nhiệm vụ", "UBND tỉnh Bình Thuận", Step.DONE),
        SeenStep("Lập dự thảo, giao nhiệm vụ", "", Step.RUNNING),
        SeenStep("Gửi thư", "", Step.WAITING),
    ),
)


@dataclass
class FakeRuns:
    """Airflow as the board sees it: the runs that were started, by id, with who started them."""

    started: dict[str, tuple[LongAct, str]] = field(default_factory=dict)
    seen: SeenRun = RUNNING

    def start(self, act: LongAct, by: str, on: date) -> str:
        """A run that never ends: the second start leads to it."""
        self.started[run_id := act.run_id(on, 1)] = act, by
        return run_id

    def late(self) -> list[LateRun]:
        """One run that should have ended long ago."""
        return [LateRun("Nhắc, đôn đốc thời hạn", NOW, "luot-chay/remind_deadlines/x")]

    def see(self, dag: str, run_id: str) -> SeenRun | None:
        """The run, if it was started."""
        found = self.started.get(run_id)
        return self.seen if found and found[0].dag == dag else None


@dataclass
class Scene(Desk):
    """A board within Airflow."""

    runs: FakeRuns


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The district's plan lies there as somebody has uploaded it."""
    folder = tmp_path_factory.mktemp("runs")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    office, runs = make_office(store), FakeRuns()
    register_upload(office, district_plan(), "ke-hoach.docx", unit=None, told=Told(), by=Decider(NAME), now=NOW)
    who = Guards(lambda: Person(NAME, decides=True), lambda: Person(NAME, decides=True))
    app = create_board(office, ROOT / "templates", ROOT / "config", guards=who, clock=lambda: NOW, runs=runs)
    yield Scene(office, TestClient(app, base_url=HOME), runs)
    store.close()


def test_what_somebody_uploaded_waits_for_the_word_of_a_person(scene: Scene) -> None:
    assert [plan.plan_id for plan in waiting_plans(scene.office, NOW)] == [1]
    assert ordered_plans(scene.office, NOW) == []
    assert [plan.plan_id for plan in ordered_plans(scene.office, NOW, named=1)] == [1]


def test_three_letters_are_read_before_any_is_written(scene: Scene) -> None:
    assert "Xem 03 thư đầu trước khi triển khai" in scene.page(f"{PAGE}1/")
    page = scene.page(f"{PAGE}1/xem-thu")
    assert page.count('<div class="letter">') == 3
    assert "UBND xã Bình An" in page
    assert "Du thao" in page
    assert "Triển khai kế hoạch</button>" in page
    with scene.office.store.read() as connection:
        assert letters.newest(connection, 9) == []


def test_a_cascade_is_a_run_in_her_name_and_a_second_click_leads_to_the_same(scene: Scene) -> None:
    for _ in range(2):
        answer = scene.act("trien-khai", {}, page=f"{PAGE}1/")
        assert answer.url.path == "/luot-chay/cascade_plan/2023-02-13__trien-khai.1__1"
        assert answer.status_code == 200
    ((act, by),) = scene.runs.started.values()
    assert (act.dag, dict(act.form), by) == ("cascade_plan", {"plan": "1"}, NAME)
    assert [kind for _, kind, _ in scene.trail()] == [ActKind.CASCADE, ActKind.REGISTER]
    assert [plan.plan_id for plan in ordered_plans(scene.office, NOW)] == [1]
    with scene.office.store.read() as connection:
        assert letters.newest(connection, 9) == []


def test_its_page_says_which_step_is_under_way_and_loads_itself_until_it_ends(scene: Scene) -> None:
    scene.act("trien-khai", {}, page=f"{PAGE}1/")
    (address,) = (f"/luot-chay/cascade_plan/{run_id}" for run_id in scene.runs.started)
    raw = scene.client.get(address).text
    assert '<meta http-equiv="refresh" content="3">' in raw
    assert "UBND &lt;b&gt;huyện&lt;/b&gt;" in raw
    assert "01 đang thực hiện, 01 đã xong, 01 chưa thực hiện được" in raw
    assert f'href="{PAGE}1/"' in raw
    scene.runs.seen = replace(RUNNING, paused=True)
    assert "đang được tạm dừng trong Airflow" in scene.page(address)
    scene.runs.seen = replace(RUNNING, state=Step.DONE, ended_at=NOW, result="Đã gửi 12 thư.")
    ended = scene.page(address)
    assert "Đã xong. Đã gửi 12 thư." in ended
    assert "refresh" not in ended


def test_the_first_page_names_a_run_that_is_late(scene: Scene) -> None:
    page = scene.page("/")
    assert "“Nhắc, đôn đốc thời hạn” chưa xong, chờ chạy từ" in page
    assert 'href="/luot-chay/remind_deadlines/x"' in page


@pytest.mark.parametrize("address", ["/luot-chay/cascade_plan/x", "/luot-chay/khong-co/2023-02-13__trien-khai.1__1"])
def test_a_run_that_is_none_is_not_there(scene: Scene, address: str) -> None:
    assert scene.client.get(address).status_code == 404


def test_a_report_is_compiled_at_once_by_a_run_that_names_unit_period_and_kind(scene: Scene) -> None:
    """Plans of two kinds ask huyện Bắc Bình for a report of one period: each is a run, and both together are one."""
    store = scene.office.store
    assert "không có đơn vị nào phải gửi báo cáo" in lap(scene, "", 422)
    owe(store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_row(store, number="22"))
    reform = plan_row(store, number="21", abstract="V/v Cải cách hành chính nhà nước năm 2023")
    owe(store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16", plan_id=reform)
    whole = {"unit": "bb", "period": "2023-H1"}
    begun = "2023-02-13__tong-hop.2023-H1.bb"
    for kind, run_id in (
        ("", f"{begun}__1"),
        ("cchc", f"{begun}.cchc__1"),
        ("tuyen-truyen", f"{begun}.tuyen-truyen__1"),
    ):
        for _ in range(2):
            assert 'href="/bao-cao/?ky=2023-H1"' in lap(scene, kind)
        assert dict(scene.runs.started[run_id][0].form) == (whole | {"profile": kind} if kind else whole)
    assert len([run_id for run_id in scene.runs.started if "tong-hop" in run_id]) == 3
    assert "không phải gửi cho cơ quan báo cáo loại đã chọn" in lap(scene, "thi-dua", 422)
    refused = scene.act("lap", {"don_vi": "xã Không Có", "ky": "2023", "loai": "cchc"}, page="/bao-cao/").text
    assert "Chưa có đơn vị “xã Không Có”" in refused
    assert '<option value="cchc" selected' in refused


def lap(scene: Scene, kind: str, status: int = 200) -> str:
    """The page after a report of huyện Bắc Bình was asked for at once."""
    answer = scene.act("lap", {"don_vi": "huyện Bắc Bình", "ky": "2023-H1", "loai": kind}, page="/bao-cao/")
    assert answer.status_code == status, answer.text
    return answer.text
