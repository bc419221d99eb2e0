"""Processes that read: what they give back, and what becomes of those that a paper is the end of."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import current_process
from pathlib import Path

import pytest
from tests.documents import costly, hostile
from tests.patience import PATIENCE

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import look
from plan_lifecycle.documents.limits import Limits
from plan_lifecycle.documents.read import NotAPlan, read_plan
from plan_lifecycle.documents.read_ahead import Answer, Question
from plan_lifecycle.documents.reader_pool import ONE_PAPER, ReaderError, ReaderPool

PLAN = hostile.word(
    "".join(
        hostile.paragraph(line)
        for line in (
            "ỦY BAN NHÂN DÂN XÃ BÌNH AN",
            "Số: 05/KH-UBND",
            "Bình An, ngày 05 tháng 01 năm 2023",
            "KẾ HOẠCH",
            "Cải cách hành chính năm 2023",
            "1. Công chức Văn phòng báo cáo UBND huyện trước ngày 15/6/2023.",
        )
    )
)
SHORT = Limits(cpu_seconds=1, memory=ONE_PAPER.memory)


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    readers = ReaderPool(limits=SHORT)
    yield readers
    readers.close()


def test_one_paper_has_five_seconds_and_512_megabytes() -> None:
    assert (ONE_PAPER.cpu_seconds, ONE_PAPER.memory >> 20) == (5, 512)


def test_what_is_read_is_the_same_as_here(pool: ReaderPool) -> None:
    assert pool(look, PLAN) == look(PLAN)
    assert pool(read_plan, PLAN, name="a.docx") == read_plan(PLAN, name="a.docx")


def test_what_is_begun_is_read_in_another_process_and_answered_when_asked(pool: ReaderPool) -> None:
    answers = pool.begin(PLAN, [Question(look), Question(read_plan), Question(costly.process)])
    seen, plan, where = answers()
    assert seen == Answer(look(PLAN))
    assert plan == Answer(read_plan(PLAN))
    assert where is not None
    assert where.made[0] != os.getpid()
    (refused,) = pool.begin(b"%PDF-", [Question(read_plan)])()
    assert refused is not None
    assert isinstance(refused.raised, NotAPlan)


def test_what_ends_its_process_before_its_turn_is_asked_again_in_it(pool: ReaderPool) -> None:
    answers = pool.begin(b"crash", [Question(costly.length), Question(costly.crashes)])
    assert answers() == answers() == [None, None]
    assert pool(costly.length, b"crash") == 5


def test_it_is_read_in_another_process(pool: ReaderPool) -> None:
    assert pool(costly.process, b"")[0] != os.getpid()


class KeyOfAnotherKind(bytes):
    """A process's key as Celery's library has it."""

    def __reduce__(self) -> str:
        raise TypeError("not to be handed on")


def test_a_task_of_celery_reads_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process may have no children by the rules of multiprocessing, and is as it was afterwards."""
    told = current_process()._config  # type: ignore[attr-defined]
    key = KeyOfAnotherKind(told["authkey"])
    monkeypatch.setitem(told, "daemon", True)
    monkeypatch.setitem(told, "authkey", key)
    readers = ReaderPool(limits=SHORT)
    try:
        assert readers(look, PLAN) == look(PLAN)
        assert (told["daemon"], told["authkey"]) == (True, key)
    finally:
        readers.close()


def test_what_a_reader_says_of_a_file_comes_as_it_is(pool: ReaderPool) -> None:
    data = hostile.word(hostile.paragraph("Giấy mời"))
    with pytest.raises(NotAPlan) as here:
        read_plan(data)
    with pytest.raises(NotAPlan) as there:
        pool(read_plan, data)
    assert vars(there.value) == vars(here.value)
    assert str(there.value) == str(here.value)
    with pytest.raises(BadDocument) as bad:
        pool(read_plan, b"PK\x03\x04x")
    assert bad.value.code == "damaged"


def test_what_nobody_foresaw_comes_with_its_trace(pool: ReaderPool) -> None:
    with pytest.raises(ReaderError, match="ValueError: column 3") as error:
        pool(costly.fails, b"")
    assert "in fails" in error.value.__notes__[0]


@pytest.mark.parametrize("reader", [costly.computes_on, costly.gathers_memory, costly.crashes])
def test_a_paper_that_ends_its_reader_is_refused_and_the_next_is_read(pool: ReaderPool, reader: object) -> None:
    with pytest.raises(BadDocument) as error:
        pool(reader, repr(reader).encode())  # type: ignore[arg-type]
    assert error.value.code == "too_costly"
    assert error.value.for_user.startswith("Tệp quá phức tạp")
    assert pool(costly.length, b"abc") == 3


def test_a_reader_that_was_killed_from_outside_is_given_a_second_try(pool: ReaderPool, tmp_path: Path) -> None:
    assert pool(costly.is_killed, b"k", str(tmp_path / "before")) == "read"


def test_what_was_given_up_once_is_not_tried_again_by_any_reader(pool: ReaderPool, tmp_path: Path) -> None:
    told = tmp_path / "told"
    for _ in range(2):
        with pytest.raises(BadDocument):
            pool(costly.computes_on, b"again", str(told))
    with pytest.raises(BadDocument):
        pool(costly.length, b"again")
    assert told.read_text() == "begun\n"


def test_the_readers_of_one_paper_share_its_time(pool: ReaderPool) -> None:
    for _ in range(3):
        pool(costly.computes_a_while, b"shared")  # the same once more takes no more of it
    assert pool(costly.length, b"shared") == 6
    pool(costly.computes_a_while_too, b"shared")
    with pytest.raises(BadDocument):
        pool(costly.length, b"shared")


def test_others_are_read_while_one_takes_its_time(pool: ReaderPool, tmp_path: Path) -> None:
    begun, until = tmp_path / "begun", tmp_path / "until"
    os.mkfifo(begun)
    os.mkfifo(until)
    with ThreadPoolExecutor(1) as thread:
        slow = thread.submit(pool, costly.waits, b"w", str(begun), str(until))
        begun.read_text()
        assert [pool(costly.length, b"x" * size) for size in (1, 2, 20 << 20)] == [1, 2, 20 << 20]
        assert not slow.done()
        until.write_text("enough")
        assert slow.result(PATIENCE) == "enough"


def test_a_process_that_is_killed_while_it_has_nothing_to_do_is_no_paper_s_fault(pool: ReaderPool) -> None:
    number, _ = pool(costly.process, b"")
    os.kill(number, signal.SIGKILL)
    assert pool(costly.length, b"abc") == 3


def test_no_process_is_there_before_the_first_paper_nor_after_the_end() -> None:
    readers = ReaderPool()
    readers.close()
    number, _ = readers(costly.process, b"")
    readers.close()
    assert not _alive(number)


PROGRAM = """
print("main", flush=True)
from tests.documents import costly
from plan_lifecycle.documents.reader_pool import ReaderPool
if __name__ == "__main__":
    print(*ReaderPool().__call__(costly.process, b""), flush=True)
    input()
"""


def test_no_process_is_left_when_its_parent_is_killed_and_none_runs_the_program_again(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, str(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{root / 'plugins'}:{root}"},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "main\n"
        reader, server = map(int, parent.stdout.readline().split())
        parent.kill()
        assert parent.stdout.read() == ""  # its end comes when the last process that held it is gone
    for _ in range(int(PATIENCE * 100)):
        if not _alive(reader) and not _alive(server):
            return
        time.sleep(0.01)
    pytest.fail("a process is left")


def _alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False
