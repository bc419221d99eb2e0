"""The mailbox on a real Dovecot: TLS, folders in Vietnamese, nothing marked as read, nothing moved too early."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.channels.answering import answer
from tests.channels.dovecot import PASSWORD, Dovecot, running

from plan_lifecycle.channels import ChannelError, ImapServer, MailboxChannel, MailItem, Verdict
from plan_lifecycle.domain.errors import InputError

DONE, REVIEW = "Đã nhận", "Chờ xem xét"

pytestmark = [pytest.mark.system, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        yield server


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)


def nothing(keys: Sequence[str]) -> dict[str, str]:
    return {}


def ask(server: ImapServer) -> list[MailItem]:
    return list(MailboxChannel(server).messages(now=soon(), known=nothing))


def test_messages_come_whole_and_stay_unread(dovecot: Dovecot):
    sent = answer([("kh.docx", b"PK")])
    dovecot.deliver("whole", sent)
    (item,) = ask(dovecot.server("whole"))
    assert item.data.replace(b"\r\n", b"\n") == sent
    assert item.size == len(item.data)
    assert abs(item.received_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert dovecot.seen("whole") == 0
    assert len(dovecot.messages("whole")) == 1


def test_what_is_stored_goes_to_its_folder(dovecot: Dovecot):
    dovecot.deliver("folders", answer(subject="Một"), answer(subject="Hai"), answer(subject="Ba"))
    channel = MailboxChannel(dovecot.server("folders"))
    verdicts = iter([Verdict.DONE, Verdict.REVIEW])
    for item in channel.messages(now=soon(), known=nothing):
        verdict = next(verdicts, None)
        if verdict is not None:
            channel.stored(item.key, verdict)
    lying = [len(dovecot.messages("folders", folder)) for folder in ("INBOX", DONE, REVIEW)]
    assert lying == [1, 1, 1]


def test_what_is_known_is_only_moved(dovecot: Dovecot):
    dovecot.deliver("known", answer(), answer())
    first, second = ask(dovecot.server("known"))
    channel = MailboxChannel(dovecot.server("known"))
    left = list(channel.messages(now=soon(), known=lambda keys: {first.key: "done"}))
    assert [item.key for item in left] == [second.key]
    assert len(dovecot.messages("known", DONE)) == 1


def test_moving_again_does_nothing(dovecot: Dovecot):
    dovecot.deliver("again", answer())
    channel = MailboxChannel(dovecot.server("again"))
    for item in channel.messages(now=soon(), known=nothing):
        channel.stored(item.key, Verdict.DONE)
        channel.stored(item.key, Verdict.DONE)
    assert len(dovecot.messages("again", DONE)) == 1


def test_keys_change_when_the_mailbox_was_restored(dovecot: Dovecot):
    dovecot.deliver("restored", answer())
    (before,) = ask(dovecot.server("restored"))
    dovecot.forget_uids("restored")
    (after,) = ask(dovecot.server("restored"))
    assert before.key != after.key
    assert before.data == after.data


def test_a_message_of_the_future_waits(dovecot: Dovecot):
    dovecot.deliver("future", answer())
    channel = MailboxChannel(dovecot.server("future"))
    assert list(channel.messages(now=datetime(2023, 2, 21, tzinfo=UTC), known=nothing)) == []


def test_too_large_a_message_comes_as_its_head(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("plan_lifecycle.channels.mailbox.MAX_MESSAGE", 1000)
    dovecot.deliver("large", answer([("kh.docx", b"PK" * 1000)], subject="Gui ke hoach"))
    (item,) = ask(dovecot.server("large"))
    assert not item.whole
    assert item.size > 1000
    assert b"Gui ke hoach" in item.data
    assert len(item.data) < 1000


def test_it_speaks_starttls(dovecot: Dovecot):
    dovecot.deliver("starttls", answer())
    assert len(ask(dovecot.server("starttls", security="starttls", port=dovecot.starttls_port))) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"ca_file": None},
        {"security": "starttls", "ca_file": None},
        {"host": "127.0.0.2"},
        {"password": "sai"},
        {"password": "sai mật khẩu"},
        {"folder": "Không có"},
        {"port": 1},
    ],
)
def test_what_stands_in_the_way_is_told_without_the_password(dovecot: Dovecot, changed: dict[str, object]):
    server = dovecot.server("wrong")
    if changed.get("security") == "starttls":
        changed = changed | {"port": dovecot.starttls_port}
    with pytest.raises(ChannelError) as raised:
        ask(replace(server, **changed))  # type: ignore[arg-type]
    assert PASSWORD not in str(raised.value)
    assert "sai" not in str(raised.value)


def test_a_certificate_is_checked_for_the_name(dovecot: Dovecot):
    with pytest.raises(ChannelError, match=r"IP address mismatch"):
        ask(replace(dovecot.server("name"), host="127.0.0.2"))


def test_many_messages_come_in_order(dovecot: Dovecot):
    dovecot.deliver("many", *(answer(subject=str(number)) for number in range(60)))
    keys = [int(item.key.rpartition(";")[2]) for item in ask(dovecot.server("many"))]
    assert keys == sorted(keys)
    assert len(keys) == 60


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"host": "", "user": "a", "password": "b"}, "host"),
        ({"host": "a", "user": "", "password": "b"}, "user"),
        ({"host": "a", "user": "a", "password": " "}, "password"),
        ({"host": "a", "user": "a", "password": "b", "security": "none"}, "security"),
        ({"host": "a", "user": "a", "password": "b", "port": "x"}, "port"),
        ({"host": "a", "user": "a", "password": "b", "port": "0"}, "port"),
        ({"host": "a", "user": "a", "password": "b", "done": "INBOX"}, "folder"),
    ],
)
def test_settings_that_are_wrong_name_their_field(given: dict[str, str], field: str):
    with pytest.raises(InputError, match=field):
        ImapServer.from_settings(given)


def test_a_password_is_never_shown():
    assert "bi-mat" not in repr(ImapServer("a", "b", "bi-mat"))
