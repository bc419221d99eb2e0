"""What an office program converts: read as the original is, within bounds, alone, and leaving nothing behind."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.documents import hostile
from tests.documents.office_files import copying, saved_as, stand_in
from tests.factories import plan_file, report_file, rules
from tests.patience import PATIENCE

from plan_lifecycle.documents.convert import (
    TARGETS,
    ConverterBusyError,
    Program,
    convert,
    converter_version,
    installed,
    may_be_converted,
    readable,
)
from plan_lifecycle.documents.convert._box import _namespaces
from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import look
from plan_lifecycle.documents.limits import Limits
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.documents.report_form import read_report_form
from plan_lifecycle.settings import ROOT

EXAMPLES = {
    name: (ROOT / "examples" / folder / f"{name}.docx").read_bytes()
    for folder, name in (("bac-binh-2023", "ke-hoach-tinh-36"), ("dak-mil-2020", "ke-hoach-huyen-04"))
}
ENOUGH = Limits(cpu_seconds=60, memory=512 << 20)
RTF = b"{\\rtf1 ke hoach}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"plan-lifecycle-convert-{os.geteuid()}"


@pytest.fixture
def program(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Program]:
    """Make a stand-in of a script."""
    assert not home.exists()

    def make(script: str) -> Program:
        stand_in(tmp_path, script, monkeypatch)
        found = installed()
        assert found is not None
        return found

    return make


@pytest.fixture(scope="session")
def older(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The examples as .doc, .rtf and .odt, a report form as .xls and .ods."""
    forms = {"bieu": report_file()}
    files = {kind: EXAMPLES if target == "docx" else forms for kind, target in TARGETS.items()}
    return {kind: saved_as(tmp_path_factory.mktemp(kind), kind, given) for kind, given in files.items()}


@pytest.mark.system
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_a_plan_is_read_from_its_copy_as_from_word(older: dict[str, dict[str, bytes]], kind: str) -> None:
    for name, data in older[kind].items():
        copy = readable(data)
        assert copy.made_from == kind
        assert look(copy.data).kind == "docx"
        assert (name, read_plan(copy.data)) == (name, read_plan(EXAMPLES[name]))


@pytest.mark.system
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_report_form_is_read_from_its_copy_as_from_excel(older: dict[str, dict[str, bytes]], kind: str) -> None:
    indicators = rules().profile_of().of_year(2023, 3)
    copy = readable(older[kind]["bieu"])
    assert copy.made_from == kind
    assert read_report_form(copy.data, indicators) == read_report_form(report_file(), indicators)


@pytest.mark.system
def test_the_same_file_gives_the_same_copy_to_the_byte(older: dict[str, dict[str, bytes]]) -> None:
    first = next(iter(older["doc"].values()))
    assert readable(first) == readable(first)


@pytest.mark.enable_socket
@pytest.mark.system
def test_nothing_is_loaded_from_elsewhere(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/anh.png".encode()
        field = b'{\\field{\\*\\fldinst {INCLUDEPICTURE "%s" \\\\d}}{\\fldrslt x}}' % address
        text = b'{\\field{\\*\\fldinst {INCLUDETEXT "%s"}}{\\fldrslt x}}' % address
        assert look(readable(b"{\\rtf1 " + field + text + b" ke hoach}").data).kind == "docx"
        assert not _knocked(server)
    assert left_in(home) == ["lock"]


def test_the_copy_is_what_the_program_made_and_every_run_of_it_the_same(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = copying(tmp_path, {"rtf": plan_file(), "xls": report_file()}, monkeypatch)
    copies = {kind: [convert(_installed(), RTF, kind) for _ in range(2)] for kind in ("rtf", "xls")}
    assert read_plan(copies["rtf"][0]) == read_plan(plan_file())
    assert all(first == second for first, second in copies.values())
    assert runs.read_text().split() == ["rtf", "rtf", "xls", "xls"]
    assert left_in(home) == ["lock"]


STARTS_OTHERS = """
for number in 1 2 3 4 5 6 7 8; do (sleep {long} >{held}) & done
sleep {long} >{held}
"""
ENDS_BEFORE_THEM = """
(sleep {long} >{held}) & disown
echo x > "$out"
"""
HIDES_THEM = """
setsid sleep {long} >{held} & disown
exit 0
"""


@pytest.mark.parametrize(
    ("script", "seconds"),
    [
        (STARTS_OTHERS, 0.5),
        (ENDS_BEFORE_THEM, PATIENCE),
        *([(HIDES_THEM, PATIENCE)] if "--pid" in _namespaces() else []),
    ],
)
def test_what_does_not_end_is_ended_with_all_that_it_started(
    program: Callable[[str], Program], home: Path, tmp_path: Path, script: str, seconds: float
) -> None:
    held = tmp_path / "held"
    os.mkfifo(held)
    reading = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(BadDocument) as refusal:
            convert(program(script.format(long=int(PATIENCE), held=held)), RTF, "rtf", seconds=seconds)
        os.set_blocking(reading, True)
        assert os.read(reading, 1) == b""  # comes when nobody has it open for writing any more
    finally:
        os.close(reading)
    assert refusal.value.code == "not_converted"
    assert "tệp .rtf này để đọc; đề nghị lưu lại dạng .docx" in refusal.value.for_user
    assert left_in(home) == ["lock"]


@pytest.mark.parametrize(
    ("script", "limits"),
    [
        ("while :; do :; done", Limits(1, ENOUGH.memory)),
        ('python3 -c "bytearray(700 << 20)" && cp "$in" "$out"', ENOUGH),
        ('head -c 300000000 /dev/zero > "$out"', ENOUGH),
        ('ln -s /etc/hostname "$out"', ENOUGH),
        ('mkdir "$out"', ENOUGH),
        ('mkfifo "$out"', ENOUGH),
        ('echo "no package" > "$out"', ENOUGH),
        ("exit 1", ENOUGH),
    ],
    ids=["time", "memory", "disk", "a link", "a folder", "a pipe", "nothing of use", "nothing"],
)
def test_what_is_beyond_its_bounds_or_makes_nothing_of_it_is_one_refusal(
    program: Callable[[str], Program], home: Path, script: str, limits: Limits
) -> None:
    with pytest.raises(BadDocument) as refusal:
        convert(program(script), RTF, "rtf", limits=limits, seconds=PATIENCE)
    assert refusal.value.code == "not_converted"
    assert left_in(home) == ["lock"]


def test_only_one_is_converted_at_a_time(program: Callable[[str], Program], tmp_path: Path) -> None:
    found = program(f"echo begins >> {tmp_path}/log; sleep 0.2; echo ends >> {tmp_path}/log")
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(convert, found, RTF, "rtf", patience=PATIENCE) for _ in range(4)]:
            assert isinstance(done.exception(), BadDocument)
    assert (tmp_path / "log").read_text().split() == ["begins", "ends"] * 4


def test_whoever_waits_too_long_is_told_to_come_again(program: Callable[[str], Program], home: Path) -> None:
    home.mkdir(mode=0o700)
    with (home / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ConverterBusyError):
            convert(program("exit 0"), RTF, "rtf", patience=0)


def test_what_a_killed_process_left_is_thrown_away(program: Callable[[str], Program], home: Path) -> None:
    (home / "work" / "out").mkdir(parents=True)
    (home / "work" / "out" / "paper.docx").write_bytes(plan_file())
    with pytest.raises(BadDocument):
        convert(program("exit 0"), RTF, "rtf")
    assert left_in(home) == ["lock"]


@pytest.mark.enable_socket
def test_the_program_learns_nothing_of_ours_and_reaches_nobody(
    program: Callable[[str], Program], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_LINK_SECRET", "secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        script = f"env > {tmp_path}/env; (echo > /dev/tcp/127.0.0.1/{port})"
        with pytest.raises(BadDocument):
            convert(program(script), RTF, "rtf")
        assert _knocked(server) is ("--net" not in _namespaces())
    known = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines())
    assert "PLAN_LIFECYCLE_LINK_SECRET" not in known
    assert {known[name] for name in ("HOME", "TMPDIR")} == {str(home / "work")}
    assert known["https_proxy"] == "http://127.0.0.1:9"


def test_macros_and_links_are_off_in_its_settings(program: Callable[[str], Program], tmp_path: Path) -> None:
    with pytest.raises(BadDocument):
        convert(program(f"cp $TMPDIR/profile/user/registrymodifications.xcu {tmp_path}/kept"), RTF, "rtf")
    settings = (tmp_path / "kept").read_text()
    for name, value in (("MacroSecurityLevel", 3), ("DisableMacrosExecution", "true"), ("Link", 2)):
        assert f'oor:name="{name}" oor:op="fuse"><value>{value}</value>' in settings


def test_without_the_program_everything_is_as_it_was() -> None:
    assert (installed(), converter_version()) == (None, "")
    assert readable(RTF) == (RTF, "")


def test_a_program_that_knows_texts_alone_is_not_given_tables(
    program: Callable[[str], Program], tmp_path: Path
) -> None:
    assert program("exit 0").kinds == frozenset(TARGETS)
    (tmp_path / "libsclo.so").unlink()
    assert _installed().kinds == frozenset({"doc", "rtf", "odt"})


def test_another_program_has_another_version(program: Callable[[str], Program]) -> None:
    assert program("exit 0").version != program("exit 00").version
    assert program("exit 0").version == converter_version()


def _doc(*names: str, payload: bytes = b"") -> bytes:
    return hostile.compound("WordDocument", *names, payload=payload)


@pytest.mark.parametrize(
    ("data", "allowed"),
    [
        (_doc(), True),
        (_doc("VBA"), False),
        (_doc("\x01Ole10Native", payload=b"a.exe\0"), False),
        (hostile.compound("EncryptedPackage"), False),
        (RTF, True),
        (b"{\\rtf1 {\\object\\objautlink\\objupdate x}}", False),
        (b"{\\rtf1 {\\*\\template http://x.vn/a.dotm}}", False),
        (b"{\\rtf1 {\\field{\\*\\fldinst DDEAUTO c:\\\\x}}}", False),
        (b"{\\rtf1\\pard T\\u7888?I M\\u7852?T\\par}", False),
        (plan_file(), False),
        (b"%PDF-1.7", False),
    ],
)
def test_the_gate_looks_at_the_original_first(program: Callable[[str], Program], data: bytes, allowed: bool) -> None:
    assert may_be_converted(look(data), program("exit 0")) is allowed


def left_in(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir())


def _installed() -> Program:
    found = installed()
    assert found is not None
    return found


def _knocked(server: socket.socket) -> bool:
    server.setblocking(False)
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True
