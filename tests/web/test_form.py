"""The report form: what is typed stays, is read as people write it, and comes back as Word and Excel."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

from docx import Document
from python_calamine import CalamineWorkbook
from tests.factories import BINH_AN, day, owe, plan_file, report_file, rules
from tests.factories import arrival as arrival_of
from tests.fakes import FakeChannel
from tests.web.conftest import PERSON, Visitor, World, text_of

from plan_lifecycle.documents.gate import Purpose, inspect
from plan_lifecycle.documents.report_form import read_report_docx, read_report_form
from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.submission import Submission, SubmissionState
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.store import figures as figure_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.tables import arrival, submission

INDICATORS = rules().profile_of().of_year(2023, BINH_AN.level)
FILLED = {f"v_{each.code}": "Có" if each.type == "boolean" else "3" for each in INDICATORS if each.required} | {
    "v_news_items": "1.250",
    "e_news_items": "https://binhan.example.vn/cchc",
    "u_dialogues": "1",
}


RESULTS = "Xã đã phát thanh <b>hằng tuần</b> & đăng tin.\nKết quả tốt."


def save(visitor: Visitor, fields: dict[str, str], act: str = "luu", version: str = "0"):
    """Send the form by one of its buttons."""
    return visitor.post("/bieu", fields | {"viec": act, "ban": version}, follow_redirects=False)


def test_it_has_a_labelled_field_for_every_indicator_of_the_units_level(world: World):
    visitor = world.at(world.report)
    page = visitor.get(f"{visitor.here}/bieu")
    for each in INDICATORS:
        assert f'<label for="v_{each.code}">' in page.text
        assert each.name in text_of(page)
    assert "v_papi" not in page.text


def test_a_draft_is_kept_as_typed_even_where_it_cannot_be_read_yet(world: World):
    visitor = world.at(world.report)
    answer = save(visitor, {"v_news_items": "chừng 30", "t_channels_contests": "Đã tuyên truyền.\nĐạt kết quả tốt."})
    assert answer.status_code == 303
    again = world.at(world.report)
    page = again.get(f"{again.here}/bieu")
    assert 'value="chừng 30"' in page.text
    assert "chưa đúng; đề nghị ghi số nguyên" in text_of(page)
    assert "Đạt kết quả tốt." in page.text
    assert "Chưa có số liệu; chưa phát sinh" not in text_of(page)


def test_saving_over_a_colleague_is_told_and_loses_nothing(world: World):
    one, other = world.at(world.report), world.at(world.report)
    save(one, {"v_news_items": "10"})
    answer = save(other, {"v_news_items": "20"})
    assert answer.status_code == 409
    assert "vừa được lưu ở nơi khác" in text_of(answer)
    assert 'value="20"' in answer.text
    assert save(other, {"v_news_items": "20"}, version="1").status_code == 303


def test_after_the_word_file_was_taken_the_same_page_goes_on(world: World):
    """The page that starts the download is of the version just saved: what is typed next is no conflict."""
    visitor = world.at(world.report)
    page = visitor.get(save(visitor, FILLED, "word").headers["location"])
    assert 'name="ban" value="1"' in page.text
    assert save(visitor, FILLED | {"v_news_items": "1.300"}, version="1").status_code == 303


def test_a_button_pressed_twice_is_one_handing_in(world: World):
    visitor = world.at(world.report)
    first, second = (save(visitor, FILLED | PERSON, "gui") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert "Kết quả tiếp nhận Bieu so lieu 6 thang dau nam 2023.xlsx" in text_of(
        visitor.get(second.headers["location"])
    )
    with world.store.read() as connection:
        assert len(connection.execute(arrival.select()).all()) == 1


def test_what_is_wanting_is_listed_beside_its_fields(world: World):
    answer = save(world.at(world.report), {"v_news_items": "ba mươi mốt bài rưỡi", "v_plan_share_done": "120"}, "word")
    assert answer.status_code == 422
    assert 'href="#v_news_items"' in answer.text
    assert 'href="#v_tasks_done"' in answer.text
    assert "nằm ngoài khoảng cho phép (từ 0 đến 100)" in text_of(answer)


def test_it_becomes_the_units_own_report_in_word(world: World):
    visitor = world.at(world.report)
    answer = save(visitor, FILLED | {"t_channels_contests": RESULTS}, "word")
    assert answer.status_code == 303
    page = visitor.get(answer.headers["location"])
    assert f'content="0;url={visitor.here}/bao-cao.docx"' in page.text
    download = visitor.get(f"{visitor.here}/bao-cao.docx")
    assert download.headers["content-disposition"] == 'attachment; filename="Bao cao 6 thang dau nam 2023.docx"'
    assert inspect(download.content, name="a.docx", purpose=Purpose.REPORT).accepted
    paragraphs = "\n".join(each.text for each in Document(io.BytesIO(download.content)).paragraphs)
    assert "Xã đã phát thanh <b>hằng tuần</b> & đăng tin." in paragraphs
    assert "Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện Bắc Bình" in paragraphs
    figures = {each.indicator: each for each in read_report_docx(download.content, INDICATORS).figures}
    assert figures["news_items"].value == 1250
    assert figures["news_items"].evidence == "https://binhan.example.vn/cchc"
    assert figures["dialogues"].estimate


def test_the_same_form_is_taken_home_as_excel_with_what_is_known(world: World):
    visitor = world.at(world.report)
    save(visitor, FILLED)
    download = visitor.get(f"{visitor.here}/bieu-so-lieu.xlsx")
    reading = read_report_form(download.content, INDICATORS)
    assert (reading.unit_id, reading.period, reading.findings) == (BINH_AN.id, "2023-H1", ())
    figures = {each.indicator: each for each in reading.figures}
    assert figures["news_items"].value == 1250
    assert figures["dialogues"].estimate


def test_what_stands_beside_a_field_that_is_still_empty_is_taken_home_too(world: World):
    visitor = world.at(world.report)
    save(visitor, {"e_leaflets": "Kế hoạch số 5", "u_leaflets": "1", "e_dialogues": "ước, theo số 7"})
    download = visitor.get(f"{visitor.here}/bieu-so-lieu.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(download.content)).get_sheet_by_index(0)
    notes = {row[0]: row[-1] for row in sheet.to_python()}
    assert notes["leaflets"] == "ước thực hiện; Kế hoạch số 5"
    assert notes["dialogues"] == "ước, theo số 7"


def test_texts_that_look_like_formulas_stay_texts_in_excel(world: World):
    import zipfile

    visitor = world.at(world.report)
    save(visitor, FILLED | {"e_news_items": '=HYPERLINK("http://evil.example")', "v_model_cases": "=1+1|cmd"})
    download = visitor.get(f"{visitor.here}/bieu-so-lieu.xlsx")
    with zipfile.ZipFile(io.BytesIO(download.content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert not [name for name in book.namelist() if "external" in name.lower()]


def test_figures_are_handed_in_from_the_form(world: World):
    visitor = world.at(world.report)
    answer = save(visitor, FILLED | PERSON, "gui")
    assert answer.status_code == 303
    page = visitor.get(answer.headers["location"])
    assert "Kết quả tiếp nhận Bieu so lieu 6 thang dau nam 2023.xlsx" in text_of(page)
    with world.store.read() as connection:
        (row,) = connection.execute(arrival.select()).all()
        (figures,) = figure_rows.figures(connection, [1], {each.code: each for each in INDICATORS}).values()
    assert (row.state, row.sender) == ("filed", "Nguyễn Văn An, Công chức Văn phòng - Thống kê")
    by_code = {each.indicator: each for each in figures}
    assert by_code["news_items"].value == 1250
    assert by_code["dialogues"] == Figure("dialogues", 3, "", estimate=True)


def test_figures_are_not_handed_in_without_name_and_post(world: World):
    answer = save(world.at(world.report), FILLED, "gui")
    assert answer.status_code == 422
    assert "Đề nghị ghi họ và tên người gửi." in text_of(answer)


def test_last_periods_value_stands_beside_each_field(world: World):
    earlier = owe(world.store, item=Item.REPORT, period="2022-H1", due="2022-06-16", plan_id=world.plan.plan_id)
    with world.store.write() as connection:
        from tests.factories import arrival as came

        from plan_lifecycle.store import arrivals as arrival_rows

        arrival_rows.record(connection, came(b"x", item="report", period="2022-H1"), "0" * 64)
        new = Submission(earlier.id, 1, 1, day("2022-06-10"), "0" * 64, 0, state=SubmissionState.ACCEPTED)
        submission_rows.add(connection, replace(new), [Figure("news_items", 980), Figure("plan_issued", True)])
    visitor = world.at(world.report)
    page = text_of(visitor.get(f"{visitor.here}/bieu"))
    assert "Kỳ trước (6 tháng đầu năm 2022) 980" in page
    assert "Kỳ trước (6 tháng đầu năm 2022) có" in page


def test_what_does_not_agree_is_said_beside_its_field_and_what_is_doubtful_hinders_nothing(world: World):
    visitor = world.at(world.report)
    answer = save(visitor, FILLED | PERSON | {"v_tasks_planned": "2"}, "gui")
    assert answer.status_code == 422
    assert "Là 3, lớn hơn “Số nhiệm vụ theo kế hoạch” (2)" in text_of(answer)
    save(visitor, {"v_news_items": "1.250"}, version="1")
    page = visitor.get(f"{visitor.here}/bieu")
    assert "Cần xem lại: là 1.250 nhưng chưa có minh chứng" in text_of(page)
    answer = save(visitor, FILLED | PERSON | {"e_news_items": ""}, "gui", version="2")
    assert answer.status_code == 303


def test_forty_links_fit_into_the_field_for_evidence(world: World):
    visitor = world.at(world.report)
    links = " ".join(f"https://binhan.example.vn/cai-cach-hanh-chinh/tin-bai-so-{n}" for n in range(40))
    save(visitor, {"v_news_items": "40", "e_news_items": links})
    assert "chưa có minh chứng" not in text_of(visitor.get(f"{visitor.here}/bieu"))


def test_markup_in_a_field_stays_text(world: World):
    visitor = world.at(world.report)
    nasty = '"><script>alert(1)</script>'
    save(
        visitor,
        {"v_news_items": nasty, "t_channels_contests": "</textarea><script>alert(1)</script>", "v_model_cases": nasty},
    )
    page = visitor.get(f"{visitor.here}/bieu")
    assert "<script>alert" not in page.text


def test_fields_that_do_not_belong_are_not_kept(world: World):
    from plan_lifecycle.store import portal as portal_rows

    save(world.at(world.report), {"v_evil": "1", "__class__": "x", "v_news_items": "5\x00\x1b"})
    with world.store.read() as connection:
        assert portal_rows.get_draft(connection, world.report.id).fields == {"v_news_items": "5"}


def test_what_is_no_report_has_no_form(world: World):
    visitor = world.at(world.plan)
    for path in ("/bieu", "/bao-cao.docx", "/bieu-so-lieu.xlsx"):
        assert visitor.get(f"{visitor.here}{path}").status_code == 404


def test_a_session_that_ended_saves_nothing(world: World):
    visitor = world.at(world.report)
    token = visitor.token()
    world.clock.now += timedelta(hours=5)
    answer = visitor.client.post(f"{visitor.here}/bieu", data={"ma_bieu": token, "v_news_items": "1"})
    assert answer.status_code == 404


def test_how_many_required_ones_are_left_is_told_with_and_without_scripts(world: World):
    visitor = world.at(world.report)
    required = [one for one in INDICATORS if one.required]
    page = visitor.get(f"{visitor.here}/bieu")
    assert f"Còn {len(required)} mục bắt buộc chưa ghi." in text_of(page)
    save(
        visitor, {"v_news_items": "12", "v_tasks_planned": "-", "e_tasks_planned": "chờ đối chiếu", "k_tasks_done": "1"}
    )
    assert f"Còn {len(required) - 2} mục bắt buộc chưa ghi." in text_of(visitor.get(f"{visitor.here}/bieu"))


def test_a_new_form_has_the_accepted_plan_s_number_and_date_and_a_saved_one_what_was_typed(world: World):
    plan = arrival_of(plan_file(), BINH_AN, key="plan")
    assert collect(world.office, [FakeChannel([plan])], day("2023-02-20")).filed == 1
    with world.store.write() as connection:
        (sent,) = submission_rows.versions(connection, world.plan.id)
        waits = {"state": SubmissionState.ACCEPTED.value}
        connection.execute(submission.update().where(submission.c.id == sent.id).values(waits))
    visitor = world.at(world.report)
    page = visitor.get(f"{visitor.here}/bieu")
    for text in ('value="07/KH-UBND"', 'value="20/02/2023"', "đã được điền theo kế hoạch đã tiếp nhận"):
        assert text in page.text
    reading = read_report_form(visitor.get(f"{visitor.here}/bieu-so-lieu.xlsx").content, INDICATORS)
    known = {one.indicator: one.value for one in reading.figures}
    assert known == {"plan_issued": True, "plan_number": "07/KH-UBND", "plan_date": date(2023, 2, 20)}
    save(visitor, {"v_plan_number": "09/KH-UBND"})
    assert 'value="07/KH-UBND"' not in visitor.get(f"{visitor.here}/bieu").text


def test_a_form_that_came_back_has_what_the_unit_sent(world: World):
    sent = report_file(BINH_AN, values={"news_items": 41, "budget_planned": "chưa có số liệu"})
    came = arrival_of(sent, BINH_AN, "report", "2023-H1", "2023-06-10", key="form", file_name="bieu.xlsx")
    assert collect(world.office, [FakeChannel([came])], day("2023-06-10")).filed == 1
    visitor = world.at(world.report)
    page = visitor.get(f"{visitor.here}/bieu").text
    assert 'name="v_news_items" value="41"' in page
    assert 'name="k_budget_planned" value="1" checked' in page
