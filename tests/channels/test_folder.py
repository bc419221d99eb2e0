"""The shared folder: complete files come in once, whatever else lies there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pytest
from tests.factories import day

from plan_lifecycle.channels import ChannelError, ChannelFault, FolderChannel
from plan_lifecycle.channels.folder import MOST_READ
from plan_lifecycle.domain.submission import Arrival

NOW = day("2023-02-20")
OWED = "bb-binh-an/report-2023-H1"


def laid(inbox: Path, path: str, data: bytes = b"abc") -> Path:
    file = inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def found(inbox: Path, known: frozenset[str] = frozenset()) -> list[Arrival | ChannelFault]:
    return list(FolderChannel(inbox).arrivals(now=NOW, since=None, known=known))


def arrivals(inbox: Path) -> list[Arrival]:
    return [each for each in found(inbox) if isinstance(each, Arrival)]


def test_a_file_tells_unit_item_and_period_by_its_place(tmp_path: Path) -> None:
    laid(tmp_path, f"{OWED}/báo cáo.xlsx")
    (came,) = arrivals(tmp_path)
    assert (came.unit_id, came.item, came.period) == ("bb-binh-an", "report", "2023-H1")
    assert (came.file_name, came.data, came.received_at) == ("báo cáo.xlsx", b"abc", NOW)


def test_a_folder_of_an_object_store_is_one_like_any_other() -> None:
    """Airflow's own path over a file system that is no disk: taken in once, then moved with its note."""
    from airflow.sdk import ObjectStoragePath
    from airflow.sdk.io import attach
    from fsspec.implementations.memory import MemoryFileSystem

    attach("memory", fs=MemoryFileSystem())
    inbox = cast(Path, ObjectStoragePath("memory://inbox"))
    laid(inbox, f"{OWED}/báo cáo.xlsx")
    channel = FolderChannel(inbox)
    (came,) = channel.arrivals(now=NOW, since=None, known=())
    assert isinstance(came, Arrival)
    assert (came.unit_id, came.file_name, came.data) == ("bb-binh-an", "báo cáo.xlsx", b"abc")
    channel.settle(came.key, "Đã nhận.", refused=False)
    assert list(channel.arrivals(now=NOW, since=None, known=())) == []
    assert (inbox / "done" / OWED / "báo cáo.xlsx").read_bytes() == b"abc"
    assert (inbox / "done" / OWED / "báo cáo.xlsx.ghi-chu.txt").read_text(encoding="utf-8") == "Đã nhận.\n"


def test_what_is_known_does_not_come_again(tmp_path: Path) -> None:
    laid(tmp_path, f"{OWED}/a.xlsx")
    (came,) = arrivals(tmp_path)
    assert found(tmp_path, frozenset({came.key})) == []


def test_other_content_under_the_same_name_is_another_arrival(tmp_path: Path) -> None:
    laid(tmp_path, f"{OWED}/a.xlsx")
    (first,) = arrivals(tmp_path)
    laid(tmp_path, f"{OWED}/a.xlsx", b"corrected")
    (second,) = found(tmp_path, frozenset({first.key}))
    assert isinstance(second, Arrival)
    assert second.data == b"corrected"


@pytest.mark.parametrize(
    "name",
    [".a.xlsx", "~$a.xlsx", "a.part", "a.xlsx.PART", "a.tmp", "a.crdownload", "a.filepart", "Thumbs.db", "desktop.ini"],
)
def test_what_is_still_being_written_is_left_alone(tmp_path: Path, name: str) -> None:
    laid(tmp_path, f"{OWED}/{name}")
    assert found(tmp_path) == []


def test_a_folder_that_is_missing_is_an_error_of_the_channel(tmp_path: Path) -> None:
    with pytest.raises(ChannelError, match="expected the inbox") as told:
        found(tmp_path / "missing")
    assert "lần chạy sau sẽ thử lại" in told.value.for_user


def test_an_empty_inbox_has_nothing(tmp_path: Path) -> None:
    (tmp_path / "bb-binh-an").mkdir()
    assert found(tmp_path) == []


def test_a_file_in_the_wrong_place_comes_in_and_waits_for_a_person(tmp_path: Path) -> None:
    laid(tmp_path, "a.docx")
    laid(tmp_path, "bb-binh-an/b.docx")
    laid(tmp_path, "bb-binh-an/bao cao/c.docx")
    assert [(each.file_name, each.unit_id, each.item, each.period) for each in arrivals(tmp_path)] == [
        ("a.docx", None, None, None),
        ("b.docx", "bb-binh-an", None, None),
        ("c.docx", "bb-binh-an", "bao cao", None),
    ]


def test_a_period_keeps_its_own_dashes(tmp_path: Path) -> None:
    laid(tmp_path, "bb-binh-an/sub_plan-2023/a.docx")
    laid(tmp_path, "bb-binh-an/report-2023-H1-lan-2/a.docx")
    assert [(each.item, each.period) for each in arrivals(tmp_path)] == [
        ("report", "2023-H1-lan-2"),
        ("sub_plan", "2023"),
    ]


def test_folders_that_are_too_deep_are_told(tmp_path: Path) -> None:
    laid(tmp_path, f"{OWED}/more/a.xlsx")
    laid(tmp_path, f"{OWED}/more/deeper/still/a.xlsx")
    faults = [each for each in found(tmp_path) if isinstance(each, ChannelFault)]
    assert "too deep" in faults[0].reason


def test_a_file_that_is_too_large_is_told_and_the_others_come(tmp_path: Path) -> None:
    with laid(tmp_path, f"{OWED}/a.xlsx").open("wb") as file:
        file.truncate(MOST_READ + 1)
    laid(tmp_path, f"{OWED}/b.xlsx")
    fault, came = found(tmp_path)
    assert isinstance(fault, ChannelFault)
    assert (fault.key, isinstance(came, Arrival)) == (f"{OWED}/a.xlsx", True)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = laid(tmp_path / "elsewhere", "secret.txt")
    inbox = tmp_path / "inbox"
    laid(inbox, f"{OWED}/a.xlsx")
    (inbox / OWED / "b.xlsx").symlink_to(secret)
    (inbox / "tp").symlink_to(secret.parent)
    assert [type(each) for each in found(inbox)] == [Arrival, ChannelFault, ChannelFault]


def test_a_name_that_is_no_text_is_told_and_the_others_come(tmp_path: Path) -> None:
    folder = laid(tmp_path, f"{OWED}/b.xlsx").parent
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.xlsx"))).write_bytes(b"abc")
    kinds = {type(each) for each in found(tmp_path)}
    assert kinds == {Arrival, ChannelFault}
    assert all("\udcff" not in each.key for each in found(tmp_path))


def test_a_folder_that_cannot_be_looked_into_is_told_and_the_others_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid(tmp_path, "aa/report-2023/a.xlsx")
    laid(tmp_path, f"{OWED}/b.xlsx")
    look = Path.iterdir

    def refuses(self: Path) -> object:
        if self.name == "aa":
            raise PermissionError(13, "Permission denied")
        return look(self)

    monkeypatch.setattr(Path, "iterdir", refuses)
    fault, came = found(tmp_path)
    assert fault == ChannelFault("aa", "aa: Permission denied")
    assert isinstance(came, Arrival)
