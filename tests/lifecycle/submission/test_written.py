"""The words of a report are looked at when it comes in: its unit is asked, a coordinator reads of whom, nothing is
refused unless the config says so, and the compiled report reads no file again."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from sqlalchemy import event, select
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    HOA_THANG,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_row,
    report_file,
    rules,
)
from tests.fakes import FakeChannel
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.profile import Profile, Section, TextRule
from plan_lifecycle.domain.submission import Finding, Rule, Submission, SubmissionState
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import _texts, compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import in_doubt
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.report_texts import keep_runs, sharing_runs
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import letter

COMMUNES = (BINH_AN, HOA_THANG, CHO_LAU)
PERIODS = ("2022-H1", "2023-H1")
SAID = (
    "Ủy ban nhân dân {unit} đã niêm yết công khai {count} thủ tục hành chính tại bộ phận một cửa, phát trên hệ thống "
    "truyền thanh cơ sở vào các buổi sáng trong tuần và tổ chức {meetings} hội nghị tuyên truyền đến các thôn."
)


def profile(*, blocking: Collection[TextRule] = ()) -> Profile:
    """The shipped one, in which communes have to write about the next period."""
    shipped = rules().profile_of()
    sections = tuple(_required(one) if one.code == "outlook" else one for one in shipped.sections)
    return replace(shipped, sections=sections, blocking=frozenset(blocking))


def _required(section: Section) -> Section:
    return replace(section, required=frozenset({3}))


def office_of(store: Store, *, blocking: Collection[TextRule] = ()) -> Office:
    """Three communes of huyện Bắc Bình owe their reports of the first half of two years."""
    fill(store)
    for number, period in enumerate(PERIODS):
        plan_id = plan_row(store, number=str(15 + number))
        for unit in COMMUNES:
            owe(store, unit, Item.REPORT, period, f"{period[:4]}-06-16", plan_id=plan_id)
    return make_office(store, profiles=(profile(blocking=blocking),))


@pytest.fixture
def office(store: Store) -> Office:
    return office_of(store)


def paper(*lines: str) -> bytes:
    document = docx.Document()
    for line in ("BÁO CÁO", "Kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm", *lines):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def report(text: str, *, outlook: str = "Tiếp tục thực hiện các nhiệm vụ được giao.") -> bytes:
    return paper(
        "II. KẾT QUẢ",
        "1. Trên cổng, trang thông tin điện tử và mạng xã hội",
        text,
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ",
        outlook,
    )


def send(
    office: Office, unit: Unit, words: bytes, period: str = "2023-H1", *, figures_first: bool = True
) -> Submission:
    """The form with figures and the report in words."""
    at = f"{period[:4]}-06-10"
    files = [(report_file(unit, period), "bieu.xlsx"), (words, "bao-cao.docx")]
    for number, (data, name) in enumerate(files if figures_first else reversed(files)):
        key = f"{unit.id}{period}{number}{figures_first}"
        given = arrival(data, unit, "report", period, at, key=key, file_name=name)
        assert collect(office, [FakeChannel([given])], day(at)).filed == 1
    owed = obligation_of(office.store, unit, Item.REPORT, period)
    with office.store.read() as connection:
        return versions(connection, owed.id)[-1]


def of_text(sent: Submission) -> list[Rule]:
    return [finding.rule for finding in sent.findings if finding.rule.value.startswith("report.text")]


def the(sent: Submission, rule: Rule) -> Finding:
    (found,) = (finding for finding in sent.findings if finding.rule is rule)
    return found


def text(unit: Unit, count: int = 112, meetings: str = "05") -> str:
    return SAID.format(unit=unit.name, count=count, meetings=meetings)


def compiled(office: Office) -> None:
    owed = obligation_of(office.store, BINH_AN, Item.REPORT, "2023-H1")
    assert compile_report(office, owed.receiver_id, "2023-H1", day("2023-06-19"))


def receipts(office: Office, unit: Unit) -> list[str]:
    with office.store.read() as connection:
        query = select(letter.c.blob).where(letter.c.unit_id == unit.id, letter.c.kind == "receipt")
        blobs = connection.execute(query.order_by(letter.c.id)).scalars().all()
    letters = (email.message_from_bytes(office.store.blobs.get(blob), policy=email.policy.default) for blob in blobs)
    return [body.get_content() for one in letters if (body := one.get_body(("plain",))) is not None]


@pytest.mark.parametrize(
    "words", [text(BINH_AN), text(BINH_AN, 97, "03"), f"{text(HOA_THANG)} Trong kỳ."], ids=["same", "figures", "name"]
)
def test_a_neighbour_s_words_are_asked_about_and_only_the_coordinator_reads_whose_they_are(
    office: Office, words: str
) -> None:
    first, second = send(office, HOA_THANG, report(text(HOA_THANG))), send(office, BINH_AN, report(words))
    assert of_text(first) == []
    finding = the(second, Rule.REPORT_TEXT_COPIED)
    assert (finding.blocks, finding.doubt) == (False, True)
    assert "Hòa Thắng" not in finding.text
    assert "UBND xã Hòa Thắng" in finding.aside
    (shown,) = (one for one in in_doubt(office, day("2023-06-11")) if one.unit == "UBND xã Bình An")
    assert "UBND xã Hòa Thắng" in " ".join(shown.why)
    told = receipts(office, BINH_AN)[-1]
    assert finding.text.removeprefix("Cần xem lại: ") in " ".join(told.split())
    assert "Hòa Thắng" not in told


def test_what_is_only_asked_about_is_accepted_and_is_no_more_on_the_board_once_it_is_compiled(office: Office) -> None:
    send(office, HOA_THANG, report(text(HOA_THANG)))
    sent = send(office, BINH_AN, report(text(BINH_AN)))
    assert sent.state is SubmissionState.ACCEPTED
    assert BINH_AN.id in {one.unit_id for one in in_doubt(office, day("2023-06-11"))}
    compiled(office)
    assert in_doubt(office, day("2023-06-20")) == []


def test_what_the_config_names_has_to_be_mended(store: Store) -> None:
    office = office_of(store, blocking=[TextRule.COPIED])
    send(office, HOA_THANG, report(text(HOA_THANG)))
    sent = send(office, BINH_AN, report(text(BINH_AN)))
    assert the(sent, Rule.REPORT_TEXT_COPIED).blocks
    assert sent.state is SubmissionState.RETURNED


def test_its_own_words_of_a_year_ago_are_asked_about_unless_the_figures_are_new(office: Office) -> None:
    for unit in (BINH_AN, HOA_THANG):
        send(office, unit, report(text(unit, 112 if unit is BINH_AN else 240)), "2022-H1")
    repeated = the(send(office, BINH_AN, report(text(BINH_AN))), Rule.REPORT_TEXT_REPEATED)
    assert "6 tháng đầu năm 2022" in repeated.text
    assert Rule.REPORT_TEXT_REPEATED not in of_text(send(office, HOA_THANG, report(text(HOA_THANG, 311, "09"))))


@pytest.mark.parametrize("figures_first", [True, False], ids=["figures first", "words first"])
def test_what_is_left_empty_is_told_of_both_files_together(office: Office, figures_first: bool) -> None:
    silent = send(office, BINH_AN, report(text(BINH_AN), outlook=""), figures_first=figures_first)
    assert of_text(silent) == [Rule.REPORT_TEXT_EMPTY]
    assert "Phương hướng, nhiệm vụ kỳ tiếp theo" in the(silent, Rule.REPORT_TEXT_EMPTY).text
    assert of_text(send(office, HOA_THANG, report("Đã phát 12 tin."), figures_first=figures_first)) == []


def test_text_under_nobody_s_heading_is_kept_and_told(office: Office) -> None:
    strange = paper("I. TÌNH HÌNH KHÍ TƯỢNG", "Trong kỳ có hai đợt mưa lớn.", "II. PHƯƠNG HƯỚNG", "Tiếp tục thực hiện.")
    sent = send(office, BINH_AN, strange)
    finding = the(sent, Rule.REPORT_TEXT_OTHER)
    assert "TÌNH HÌNH KHÍ TƯỢNG" in finding.text
    assert "Nội dung khác" in finding.text
    assert not finding.blocks


def test_a_report_is_read_when_it_comes_in_and_not_again_when_all_are_compiled(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in COMMUNES:
        send(office, unit, report(text(unit)))
    read: list[str] = []
    monkeypatch.setattr(_texts, "passages_in", lambda _office, blob, _profile: read.append(blob) or ())
    compile_report(
        office, obligation_of(office.store, BINH_AN, Item.REPORT, "2023-H1").receiver_id, "2023-H1", day("2023-06-19")
    )
    assert read == []


def test_a_filing_asks_the_store_the_same_however_many_neighbours_there_are(store: Store) -> None:
    office = office_of(store)
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def steps(unit: Unit) -> int:
        asked.clear()
        send(office, unit, report(text(unit)))
        return len(asked)

    send(office, CHO_LAU, report("Đã đăng 12 tin, bài trên trang thông tin điện tử của xã trong kỳ báo cáo này."))
    few = steps(HOA_THANG)
    owed = obligation_of(store, BINH_AN, Item.REPORT, "2023-H1")
    with store.write() as connection:
        for number in range(400):
            runs = [(number * 50 + run, run) for run in range(40)]
            keep_runs(connection, owed.receiver_id, "2023-H1", HOA_THANG.id, str(number).rjust(64, "0"), runs)
    assert steps(BINH_AN) <= few + 4


def test_looking_for_neighbours_grows_no_faster_than_their_number(store: Store, tmp_path: Path) -> None:
    fill(store)

    def look(size: int) -> None:
        with store.read() as connection:
            sharing_runs(connection, BINH_AN.id, "2023-H1", CHO_LAU.id, range(1, size))

    with store.write() as connection:
        for number in range(100):
            runs = [(number * 40 + run, run) for run in range(40)]
            keep_runs(connection, BINH_AN.id, "2023-H1", HOA_THANG.id, str(number).rjust(64, "0"), runs)
    assert growth(look, 100, 100 * TIMES) < LINEAR
