"""A content is looked at once, however it comes and wherever it is filed; every later question is asked of the look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update
from tests.channels.answering import answer
from tests.channels.web import serving
from tests.documents.hostile import compound, flat_bomb, paragraph, photograph, word
from tests.documents.signing import scan
from tests.factories import arrival, day, fill, make_office, obligation_of, owe, plan_file
from tests.fakes import FakeChannel
from tests.lifecycle.collect.mailbox import Inbox
from tests.lifecycle.collect.test_only_changes import Axis

from plan_lifecycle.channels import MAX_FILE, FolderChannel
from plan_lifecycle.channels.http import HttpChannel
from plan_lifecycle.channels.upload import UploadedFile
from plan_lifecycle.documents.gate import Look, Purpose, _look, look, version
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.lifecycle.collect import Collected, file_and_review, receive, receive_mail
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.portal import keep_upload
from plan_lifecycle.lifecycle.review import Subject, SubjectId, place_these
from plan_lifecycle.lifecycle.submission import Upload, take_out
from plan_lifecycle.store.arrivals import get
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables import arrival as arrival_table
from plan_lifecycle.store.tables import look as look_table

NOW = day("2023-02-20")
PLAN = plan_file()


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An owes its plan."""
    fill(store)
    owe(store)
    return make_office(store)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The size of every content that the gate looks into, as it does."""
    sizes: list[int] = []
    inspect_content = _look._inspect_content

    def counted(content: bytes, size: int, findings: Findings) -> None:
        sizes.append(size)
        inspect_content(content, size, findings)

    monkeypatch.setattr(_look, "_inspect_content", counted)
    return sizes


@pytest.fixture
def restarted(url: str, tmp_path: Path) -> Iterator[Callable[[], Office]]:
    """Open the office again, as another process does: all that it has is what was stored."""
    opened: list[Store] = []

    def restart() -> Office:
        opened.append(open_store(url, tmp_path / "blobs", durable=False))
        return make_office(opened[-1])

    yield restart
    for again in opened:
        again.close()


def by_portal(office: Office, _: Path) -> None:
    files = [UploadedFile("ke-hoach.docx", lambda: PLAN)]
    keep_upload(office, obligation_of(office.store), files, name="Trần Thị Bình", post="Công chức", batch="1", now=NOW)


def by_mail(office: Office, _: Path) -> None:
    receive_mail(office, Inbox(answer([("07-KH-UBND.docx", PLAN)])), NOW)  # type: ignore[arg-type]


def by_folder(office: Office, folder: Path) -> None:
    place = folder / "inbox/bb-binh-an/sub_plan-2023"
    place.mkdir(parents=True)
    (place / "ke-hoach.docx").write_bytes(PLAN)
    receive(office, FolderChannel(folder / "inbox"), NOW, Collected())


def by_http(office: Office, _: Path) -> None:
    with serving(Axis()) as server:
        receive(office, HttpChannel(server.url, retries=0), NOW, Collected())


def for_nobody(office: Office, _: Path) -> None:
    receive(office, FakeChannel([arrival(PLAN, unit="bb-khong-co")]), NOW, Collected())


WAYS = {"portal": by_portal, "mailbox": by_mail, "folder": by_folder, "http": by_http, "by hand": for_nobody}


def file_everything(office: Office) -> None:
    """File what waits; what fits nothing is placed by a person, after a first attempt at something else."""
    file_and_review(office, NOW)
    with office.store.read() as connection:
        waits = connection.execute(select(arrival_table.c.id).where(arrival_table.c.state == "unmatched")).scalars()
        ids = [SubjectId(Subject.ARRIVAL, number) for number in waits]
    to = [SubjectId(Subject.OBLIGATION, obligation_of(office.store).id)]
    list(place_these(office, ids, to, Decider("Nguyễn Văn An", "Đã xác minh."), NOW))


@pytest.mark.enable_socket
@pytest.mark.parametrize("way", WAYS)
def test_from_arrival_to_filed_a_content_is_looked_at_once_also_across_a_restart(
    way: str, office: Office, looks: list[int], restarted: Callable[[], Office], tmp_path: Path
) -> None:
    WAYS[way](office, tmp_path)
    assert looks == [len(PLAN)]
    file_everything(restarted())
    assert obligation_of(office.store).state is ObligationState.MET
    assert looks == [len(PLAN)]


def test_the_same_content_over_several_ways_is_looked_at_once(office: Office, looks: list[int], tmp_path: Path) -> None:
    for way in (by_portal, by_portal, by_mail, by_folder, for_nobody):
        way(office, tmp_path)
    file_everything(office)
    assert looks == [len(PLAN)]
    with office.store.read() as connection:
        assert len(connection.execute(select(look_table)).all()) == 1


def test_an_upgraded_gate_looks_again_once(office: Office, looks: list[int], tmp_path: Path) -> None:
    """What an older gate saw says nothing of what this one would see."""
    by_folder(office, tmp_path)
    with office.store.write() as connection:
        connection.execute(update(look_table).values(gate="older", seen={"kind": "what nobody reads any more"}))
    file_everything(office)
    assert obligation_of(office.store).state is ObligationState.MET
    take_out_all(office)
    assert looks == [len(PLAN)] * 2
    with office.store.read() as connection:
        assert set(connection.execute(select(look_table.c.gate)).scalars()) == {"older", version()}


def take_out_all(office: Office) -> list[Upload]:
    with office.store.read() as connection:
        ids = connection.execute(select(arrival_table.c.id).order_by(arrival_table.c.id)).scalars().all()
        came = [get(connection, number, gate=version()) for number in ids]
    return [take_out(office, arrived) for arrived in came if arrived]


LINKS = [("hyperlink", "https://binhan.vn/", True), ("image", "C:/a.png", True)]
CONTENTS = {
    "a plan": PLAN,
    "links": word(paragraph("a"), links=LINKS),
    "a link of odd signs": word(links=[("hyperlink", "http://a.vn/\u2028\ud7ff\ufffd“”", True)]),
    "a bomb": flat_bomb(200),
    "macros": word(extra=[("word/vbaProject.bin", compound("VBA"))]),
    "a scan": scan(),
    "a photograph": photograph(600, 400),
    "an older Word file": compound("WordDocument"),
    "a password": compound("EncryptionInfo", "EncryptedPackage"),
    "nothing": b"",
}


@pytest.mark.parametrize("content", CONTENTS)
def test_a_stored_look_gives_every_verdict_that_the_bytes_would(content: str, office: Office, looks: list[int]) -> None:
    data = CONTENTS[content]
    receive(office, FakeChannel([arrival(data, file_name="Kế hoạch.docx")]), NOW, Collected())
    (taken,) = take_out_all(office)
    assert looks == [len(data)]
    in_hand = Upload(data, "Kế hoạch.docx", look(data))
    assert taken == in_hand
    for purpose in Purpose:
        assert taken.verdict(purpose) == in_hand.verdict(purpose)


def test_what_is_larger_than_units_are_told_is_refused_by_its_look_alone() -> None:
    seen = Look("pdf", MAX_FILE + 1)
    verdict = Upload(b"", "a.pdf", seen).verdict(Purpose.REPORT)
    assert (verdict.accepted, verdict.code) == (False, "too_large")
    assert Upload(b"", "a.pdf", replace(seen, size=MAX_FILE)).verdict(Purpose.REPORT).accepted
    assert Upload(b"", "a.pdf", replace(seen, secret="MẬT")).verdict(Purpose.REPORT).code == "secret"


def test_a_mark_of_secrecy_leaves_no_bytes_and_no_look(office: Office, tmp_path: Path) -> None:
    receive(office, FakeChannel([arrival(word(paragraph("TỐI MẬT")))]), NOW, Collected())
    assert not [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    with office.store.read() as connection:
        assert connection.execute(select(arrival_table.c.blob)).scalars().all() == [None]
        assert not connection.execute(select(look_table)).all()


@pytest.mark.parametrize("content", ["a plan", "a bomb"])
def test_bytes_that_were_changed_where_they_lie_are_not_filed_by_the_look_at_others(
    content: str, office: Office, tmp_path: Path
) -> None:
    receive(office, FakeChannel([arrival(CONTENTS[content])]), NOW, Collected())
    (lying,) = (path for path in (tmp_path / "blobs").rglob("*") if path.is_file())
    lying.write_bytes(plan_file(number="08"))
    done = file_and_review(office, NOW)
    assert (done.filed, done.refused, len(done.faults)) == (0, 0, 1)
    assert "has been changed" in done.faults[0]
    with pytest.raises(BlobError, match="has been changed"):
        take_out_all(office)
    lying.write_bytes(CONTENTS[content])
    done = file_and_review(office, NOW)
    assert (done.filed + done.refused, done.faults) == (1, [])
