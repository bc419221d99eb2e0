"""``plan-lifecycle audit verify``: what a coordinator or an auditor learns of the trail, with a key and without."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.policy import default

import pytest
from sqlalchemy import select
from tests.cli.running import Run, answers
from tests.factories import DIVISION, address, owe
from tests.store.test_audit import written
from tests.store.test_seal import written_again

from plan_lifecycle.settings import Settings
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import audit, letter
from plan_lifecycle.store_wiring import store_of

pytestmark = pytest.mark.enable_socket
KEY = "khóa niêm phong chỉ dùng để kiểm thử"


@pytest.fixture
def keyed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The same store, opened with the key of the settings."""
    monkeypatch.setenv("PLAN_LIFECYCLE_TRAIL_SECRET", KEY)
    opened = store_of(Settings())
    yield opened
    opened.close()


def cut_off(store: Store, last: int) -> None:
    with store.write() as connection:
        connection.execute(audit.delete().where(audit.c.number >= last))


def test_a_sound_trail_with_a_key_is_told_with_the_head_to_note(run: Run, keyed: Store) -> None:
    written(keyed, 3)
    (found,) = answers(run("audit", "verify", "--json"), "audit-verify")
    assert (found["intact"], found["rows"], found["with_key"], found["rows_without_key"]) == (True, 3, True, 0)
    told = run("audit", "verify", "--head", found["short_head"])
    assert (told.code, told.out) == (0, f"Nhật ký nguyên vẹn: 3 dòng, mã đối chiếu {found['short_head']}.\n")
    assert answers(run("audit", "verify", "--head", found["head"], "--json"), "audit-verify")[0]["head_found"]


def test_removal_of_the_newest_row_shows_by_the_head_in_a_coordinators_mail(
    run: Run, keyed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chain alone is whole again without it."""
    monkeypatch.setenv("PLAN_LIFECYCLE_REMINDERS", "reminders.yaml")
    owe(keyed)
    written(keyed, 3)
    assert run("reminders", "digest", "--as-of", "2023-02-28").code == 0
    (head,) = set(re.findall(r"Mã đối chiếu nhật ký quyết định: (\S+)", mail_to_the_coordinator(keyed)))
    assert run("audit", "verify", "--head", head).code == 0
    written(keyed, 1)
    assert run("audit", "verify", "--head", head).code == 0
    cut_off(keyed, last=4)
    assert run("audit", "verify").code == 0
    told = run("audit", "verify", "--head", head)
    assert (told.code, "đã mất các dòng cuối" in told.out) == (1, True)


def mail_to_the_coordinator(store: Store) -> str:
    """All texts of the digest that Phòng Nội vụ is sent."""
    with store.read() as connection:
        query = select(letter.c.blob).where(letter.c.kind == "digest", letter.c.recipient == address(DIVISION))
        (blob,) = connection.execute(query).scalars()
    message = email.message_from_bytes(store.blobs.get(blob), policy=default)
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    assert len(parts) == 2
    return "\n".join(parts)


def test_a_row_written_again_with_all_plain_digests_after_it_is_named(run: Run, keyed: Store) -> None:
    written(keyed, 4)
    for without_key, why in ((False, "nội dung khác"), (True, "không có khóa, dù dòng trước")):
        written_again(keyed, since=2, without_key=without_key)
        told = run("audit", "verify")
        assert (told.code, "từ dòng 2" in told.out, why in told.out) == (1, True, True)


def test_a_trail_that_no_key_covers_yet_is_not_called_sound(run: Run, store: Store, keyed: Store) -> None:
    """Just upgraded, or written again as a whole: the trail cannot tell, a person can."""
    written(store, 2)
    told = run("audit", "verify")
    assert (told.code, "Chưa xác nhận được: 2 dòng" in told.out) == (1, True)
    written(keyed, 1)
    told = run("audit", "verify")
    assert (told.code, "Các dòng 1 đến 2 có từ trước khi đặt khóa." in told.out) == (0, True)


def test_without_a_key_it_says_what_that_leaves_open(run: Run, store: Store) -> None:
    written(store, 1)
    told = run("audit", "verify")
    assert (told.code, "Chưa đặt khóa niêm phong" in told.out) == (0, True)


def test_earlier_keys_are_taken_for_what_they_sealed(run: Run, keyed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    written(keyed, 1)
    monkeypatch.setenv("PLAN_LIFECYCLE_TRAIL_SECRET", "khóa mới chỉ dùng để kiểm thử, đủ dài")
    told = run("audit", "verify")
    assert (told.code, "bằng khóa không có trong thiết lập" in told.out) == (1, True)
    monkeypatch.setenv("PLAN_LIFECYCLE_TRAIL_SECRETS_BEFORE", "k" * 40 + " " + KEY.replace(" ", "-"))
    assert run("audit", "verify").code == 1
    monkeypatch.setenv("PLAN_LIFECYCLE_TRAIL_SECRET", KEY)
    assert run("audit", "verify").code == 0


@pytest.mark.parametrize("secret", ["", "ngắn", "l" * 40])
def test_a_key_that_is_short_or_that_of_the_links_stops_every_verb(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_LINK_SECRET", "l" * 40)
    monkeypatch.setenv("PLAN_LIFECYCLE_TRAIL_SECRET", secret)
    told = run("remind")
    assert (told.code, "PLAN_LIFECYCLE_TRAIL_SECRET" in told.err) == (2, True)
    assert "l" * 40 not in told.err


def test_tampering_is_shown_with_exit_code_1(run: Run, store: Store) -> None:
    written(store, 2)
    with store.write() as connection:
        connection.execute(audit.update().where(audit.c.number == 1).values(by="ai khác"))
    told = run("audit", "verify", "--json")
    assert (told.code, answers(told, "audit-verify")[0]["broken_row"]) == (1, 1)
    assert "không còn nguyên vẹn từ dòng 1" in run("audit", "verify").out


def test_a_head_that_is_not_there_and_one_that_is_none(run: Run, store: Store) -> None:
    assert run("audit", "verify", "--head", "a" * 64).code == 1
    assert run("audit", "verify", "--head", "kia").code == 2
