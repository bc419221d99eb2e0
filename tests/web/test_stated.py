"""A unit says that its paper went elsewhere, or asks for more time; the coordinator answers on the board."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.factories import BINH_AN, HOA_THANG, day, obligation_of, owe, plan_file
from tests.web.boards import HOME as BOARD
from tests.web.boards import NAME, Desk, board_of
from tests.web.conftest import PERSON, World, text_of

from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store import plans as plan_rows

SENT = PERSON | {"so_ky_hieu": "07/KH-UBND", "ngay_van_ban": "2023-02-17"}
MORE = PERSON | {"den_ngay": "2023-03-10", "ly_do": "Đang hợp nhất văn phòng"}
TO_SEND = "Còn phải gửi kế hoạch, hạn hết ngày 28/02/2023 (còn 08 ngày)."


def board(world: World) -> Desk:
    return Desk(world.office, TestClient(board_of(world.office, world.clock.now), base_url=BOARD))


def test_a_paper_that_went_elsewhere_is_recorded_with_what_the_unit_typed(world: World) -> None:
    visitor, desk = world.at(world.plan), board(world)
    assert TO_SEND in text_of(visitor.get(f"{visitor.here}/"))
    page = text_of(visitor.post("/da-gui", SENT))
    assert "Không phải làm gì nữa: đơn vị cho biết đã gửi văn bản số 07/KH-UBND ngày 17/02/2023" in page
    assert TO_SEND not in page
    assert remind(world.office, day("2023-02-27")).letters == 0
    waits = desk.page()
    for words in ("Đơn vị cho biết, đề nghị: <b>01</b>", 'value="07/KH-UBND"', 'value="2023-02-17"', PERSON["ho_ten"]):
        assert words in waits
    assert "<b>01</b> thông tin, đề nghị của đơn vị" in desk.page("/")
    asked = {
        "id": f"O{world.plan.id}",
        "so_ky_hieu": "07/KH-UBND",
        "ngay_van_ban": "2023-02-17",
        "ngay_den": "2023-02-20",
    }
    desk.act("ghi-nhan-da-gui", asked)
    assert obligation_of(world.store).state is ObligationState.MET
    assert desk.trail()[0][:2] == (NAME, "record")
    assert "Đơn vị cho biết, đề nghị" not in desk.page()
    page = text_of(visitor.get(f"{visitor.here}/"))
    assert "Không phải làm gì nữa: nội dung này đã hoàn thành." in page
    assert "Văn bản số 07/KH-UBND ngày 17/02/2023" in page
    assert ".json" not in page


def test_more_time_is_granted_until_the_day_that_the_coordinator_gives(world: World) -> None:
    visitor, desk = world.at(world.plan), board(world)
    page = text_of(visitor.post("/them-ngay", MORE))
    assert TO_SEND in page
    assert "Đề nghị thêm thời gian đến hết ngày 10/3/2023 đang chờ trả lời" in page
    assert "Đang hợp nhất văn phòng" in desk.page()
    assert desk.act("thoi-han", {"id": f"O{world.plan.id}", "den_ngay": "2023-03-08"}).status_code == 422
    desk.act("thoi-han", {"id": f"O{world.plan.id}", "den_ngay": "2023-03-08", "ly_do": "theo-de-nghi"})
    assert str(obligation_of(world.store).due_on) == "2023-03-08"
    assert desk.trail()[0] == (NAME, "extend", "Gia hạn theo đề nghị của đơn vị.")
    assert "Được gia hạn đến hết ngày 08/3/2023: Kế hoạch thông tin, tuyên truyền CCHC năm 2023" in desk.page("/thu/")
    page = text_of(visitor.get(f"{visitor.here}/"))
    assert "hạn hết ngày 08/3/2023" in page
    assert "đang chờ trả lời" not in page


def test_what_is_declined_is_answered_on_the_units_page_with_the_reason(world: World) -> None:
    visitor, desk = world.at(world.plan), board(world)
    visitor.post("/da-gui", SENT)
    visitor.post("/them-ngay", MORE)
    declined = {"id": f"O{world.plan.id}", "ly_do_rieng": "Văn thư chưa thấy văn bản đến."}
    assert desk.act("khong-chap-nhan", {"id": f"O{world.plan.id}"}).status_code == 422
    desk.act("khong-chap-nhan", declined)
    page = text_of(visitor.get(f"{visitor.here}/"))
    assert TO_SEND in page
    assert page.count("Văn thư chưa thấy văn bản đến.") == 2
    assert "chưa được chấp nhận" in page
    assert desk.page("/thu/").count("Trả lời đề nghị của đơn vị: Kế hoạch") == 1
    assert desk.trail()[0] == (NAME, "decline_statement", "Văn thư chưa thấy văn bản đến.")
    assert "không có đề nghị" in desk.act("khong-chap-nhan", declined).text
    assert remind(world.office, day("2023-02-27")).letters == 1


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/da-gui", SENT | {"so_ky_hieu": " "}, "Đề nghị ghi số, ký hiệu văn bản, ví dụ 45/BC-UBND."),
        ("/da-gui", SENT | {"ngay_van_ban": "2023-02-21"}, "không được sau hôm nay (20/02/2023)"),
        ("/da-gui", SENT | {"ho_ten": ""}, "Đề nghị ghi họ và tên người gửi."),
        ("/them-ngay", MORE | {"den_ngay": "2023-02-28"}, "Ngày đề nghị sớm nhất là 01/3/2023."),
        ("/them-ngay", MORE | {"ly_do": ""}, "Đề nghị ghi lý do."),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    world: World, path: str, fields: dict[str, str], said: str
) -> None:
    visitor = world.at(world.plan)
    answer = visitor.post(path, fields)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    for name, value in fields.items():
        if value.strip() and name not in ("ma_bieu",):
            assert f'name="{name}" value="{value}"' in answer.text
    assert "Đơn vị cho biết, đề nghị" not in board(world).page()


def test_name_and_post_are_remembered_in_this_browser_until_the_session_is_left(world: World) -> None:
    visitor = world.at(world.plan)
    visitor.post("/them-ngay", MORE)
    visitor.open(world.report)
    for path in ("/", "/bieu", "/lien-he"):
        assert f'name="ho_ten" value="{PERSON["ho_ten"]}"' in visitor.get(f"{visitor.here}{path}").text
    assert PERSON["ho_ten"] not in world.at(world.report).get(f"{visitor.here}/").text
    visitor.post("/roi", {})
    visitor.open(world.report)
    assert PERSON["ho_ten"] not in visitor.get(f"{visitor.here}/").text


def test_a_unit_takes_home_the_superior_plan_and_what_it_sent_and_no_other_units_files(world: World) -> None:
    visitor = world.at(world.plan)
    sent, drafted = plan_file(), {"plan_id": world.plan.plan_id, "unit_id": BINH_AN.id, "file_name": "Dự thảo.docx"}
    with world.store.write() as connection:
        plan_rows.save_drafts(connection, [drafted | {"blob": world.store.blobs.put(b"draft")}])
    assert visitor.get(f"{visitor.here}/tai/du-thao").content == b"draft"
    page = visitor.hand_in(("kế hoạch.docx", sent)).text
    assert 'tai/ke-hoach-cap-tren"' in page
    assert 'tai/du-thao"' in page
    assert visitor.get(f"{visitor.here}/tai/1").content == sent
    assert visitor.get(f"{visitor.here}/tai/1").headers["content-disposition"].startswith("attachment")
    neighbour = world.at(owe(world.store, HOA_THANG, plan_id=world.plan.plan_id))
    for which in ("1", "2", "du-thao", "..%2F1", "999999999999", "x"):
        assert neighbour.get(f"{neighbour.here}/tai/{which}").status_code == 404
    assert world.visitor().get(f"{visitor.here}/tai/1").status_code == 404
