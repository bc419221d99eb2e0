"""A .doc, .rtf or .odt is read like a .docx where an office program is there, and as before where it is not."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.documents import hostile
from tests.documents.office_files import copying, saved_as, stand_in
from tests.factories import obligation_of, plan_file, report_file
from tests.lifecycle.submission.sending import H1, S, letters_of, send, sent_for, stands

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.cascade import register_accepted
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.submission import kept_bytes
from plan_lifecycle.store.tables import arrival, submission_file

DOC = hostile.compound("WordDocument", payload=b"ke hoach")
RTF = b"{\\rtf1 ke hoach}"
XLS = hostile.compound("Workbook", payload=b"bieu")
COPIES = {"doc": plan_file(), "rtf": plan_file(), "xls": report_file()}


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a stand-in for LibreOffice there; the file in which it notes its runs."""
    folder = tmp_path / "program"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return copying(folder, COPIES, monkeypatch)


def originals(office: Office) -> list[bytes]:
    with office.store.read() as connection:
        rows = connection.execute(select(arrival.c.blob, arrival.c.quarantined).order_by(arrival.c.id)).all()
    return [kept_bytes(office, row.blob, quarantined=row.quarantined) for row in rows]


@pytest.mark.parametrize(("data", "name", "kind"), [(DOC, "ke-hoach.doc", "doc"), (RTF, "Kế hoạch.RTF", "rtf")])
def test_an_older_word_file_is_the_units_plan(office: Office, runs: Path, data: bytes, name: str, kind: str) -> None:
    send(office, data, name)
    assert stands(office) == (ObligationState.MET, [S.ACCEPTED], [{"source"}])
    (sent,) = sent_for(office)
    assert (sent.reference, str(sent.issued_on)) == ("07/KH-UBND", "2023-02-20")
    said = f"Nội dung được đọc từ bản chuyển đổi của tệp .{kind}; tệp gốc được lưu giữ nguyên vẹn."
    assert said in [finding.text for finding in sent.findings]
    assert said in " ".join(letters_of(office, "receipt")[0][1].split())
    assert originals(office) == [data]
    assert runs.read_text().split() == [kind]


def test_an_older_workbook_brings_the_figures(office: Office, runs: Path) -> None:
    send(office, XLS, "bieu.xls", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[2] == [{"figures"}]
    send(office, report_file(), "bieu.xlsx", at="2023-06-12", **H1)
    assert runs.read_text().split() == ["xls"]


def test_a_content_is_converted_once_and_known_again(office: Office, runs: Path) -> None:
    send(office, DOC, "ke-hoach.doc")
    send(office, DOC, "ke-hoach-lan-2.doc", at="2023-02-21")
    with office.store.read() as connection:
        states = connection.execute(select(arrival.c.state).order_by(arrival.c.id)).scalars().all()
        files = connection.execute(select(submission_file.c.blob)).scalars().all()
        kept = connection.execute(select(arrival.c.blob)).scalars().all()
    assert states == ["filed", "duplicate"]
    assert set(files) == set(kept)
    assert runs.read_text().split() == ["doc"]


def test_the_copy_is_what_the_cascade_goes_on_with(office: Office, runs: Path) -> None:
    send(office, DOC, "ke-hoach.doc")
    (sent,) = sent_for(office)
    assert office.store.blobs.get(sent.blob)[:2] == b"PK"
    assert register_accepted(office, sent.received_at).faults == ()
    assert runs.read_text().split() == ["doc"]


def test_what_cannot_be_converted_is_told_so_once_and_counts_in_time(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    stand_in(tmp_path, f"echo x >> {tmp_path}/runs; exit 1", monkeypatch)
    send(office, DOC, "ke-hoach.doc")
    owed, (sent,) = obligation_of(office.store), sent_for(office)
    assert (owed.state, sent.days_late) == (ObligationState.RETURNED, 0)
    (finding,) = sent.findings
    assert (finding.rule, finding.about) == ("copy.unreadable", "not_converted")
    assert "Không chuyển đổi được tệp .doc này để đọc; đề nghị lưu lại dạng .docx" in finding.text
    send(office, plan_file(), "ke-hoach.docx", at="2023-03-05")
    assert stands(office)[0] is ObligationState.MET
    assert (tmp_path / "runs").read_text().split() == ["x"]


@pytest.mark.parametrize(
    "data",
    [hostile.compound("WordDocument", "VBA"), b"{\\rtf1 {\\object\\objautlink\\objupdate x}}"],
    ids=["macros", "loads itself"],
)
def test_what_the_gate_holds_something_against_is_never_opened(office: Office, runs: Path, data: bytes) -> None:
    send(office, data, "ke-hoach.doc")
    assert "đề nghị gửi bản đọc được" in sent_for(office)[0].findings[0].text
    assert not runs.exists()


def test_a_copy_with_a_mark_of_secrecy_is_refused_and_not_kept(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    copying(tmp_path, {"doc": hostile.word(hostile.paragraph("TỐI MẬT"))}, monkeypatch)
    send(office, DOC, "ke-hoach.doc")
    assert sent_for(office) == []
    with office.store.read() as connection:
        assert connection.execute(select(arrival.c.state)).scalars().all() == ["refused"]
    kept = [path.read_bytes() for path in office.store.blobs.root.rglob("*") if path.is_file()]
    assert [data for data in kept if data.startswith(b"PK")] == []


def test_without_the_program_a_readable_copy_is_asked_for(office: Office) -> None:
    send(office, DOC, "ke-hoach.doc")
    assert stands(office)[0] is ObligationState.RETURNED
    assert "đề nghị gửi bản đọc được" in sent_for(office)[0].findings[0].text


@pytest.mark.system
@pytest.mark.parametrize("kind", ["doc", "odt"])
def test_the_real_program_makes_the_units_plan_of_it(office: Office, tmp_path: Path, kind: str) -> None:
    send(office, saved_as(tmp_path, kind, {"ke-hoach": plan_file()})["ke-hoach"], f"ke-hoach.{kind}")
    assert stands(office) == (ObligationState.MET, [S.ACCEPTED], [{"source"}])
