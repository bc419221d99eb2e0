"""A letter keeps its number however often it is written, and goes on in the thread that it belongs to."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest
from tests.factories import BINH_AN, DISTRICT, MAIL_FROM, UNITS, address, day, make_office

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import Office, Recipient, thread_key, write_letter
from plan_lifecycle.mail.contexts import LinkRenewed
from plan_lifecycle.mail.message import stable_message_id
from plan_lifecycle.store.engine import Store

NOW = day("2023-02-20")
TO = Recipient(address(BINH_AN), "Nguyễn Văn An", BINH_AN.id)


def written(office: Office, key: str = "link:1", thread: str | None = None) -> tuple[Letter, EmailMessage]:
    """The letter with its bytes read back."""
    tree = UnitTree.on(NOW.date(), UNITS)
    context = LinkRenewed(
        sender=office.sender(tree, DISTRICT, {BINH_AN.id: BINH_AN}), to="UBND xã Bình An", today=NOW.date(),
        what="Báo cáo CCHC năm 2023", link="https://nop.binhthuan.example.vn/n/x", code="K7M2-P4QX-TR9H",
    )  # fmt: skip
    letter = write_letter(office, context, key=key, to=TO, now=NOW, thread=thread)
    return letter, cast(EmailMessage, message_from_bytes(office.store.blobs.get(letter.blob), policy=policy.default))


def test_the_same_key_gives_the_same_letter_and_another_another(store: Store) -> None:
    office = make_office(store)
    first, again, other = (written(office, key)[0] for key in ("link:1", "link:1", "link:2"))
    assert first == again
    assert first.message_id == stable_message_id("link:1", domain=office.mail_domain) != other.message_id


def test_it_says_to_whom_it_goes_and_under_which_unit_it_is_kept(store: Store) -> None:
    letter, message = written(make_office(store))
    assert (letter.recipient, letter.unit_id, letter.kind, letter.queued_at) == (
        TO.email,
        BINH_AN.id,
        "link_renewed",
        NOW,
    )
    assert TO.email in str(message["To"])
    assert (message["Subject"], message["Message-ID"]) == (letter.subject, letter.message_id)


@pytest.mark.parametrize("plan_id", [None, 7])
def test_it_goes_on_in_its_thread_and_without_one_begins_its_own(store: Store, plan_id: int | None) -> None:
    office = make_office(store)
    thread = thread_key(plan_id, BINH_AN.id) if plan_id else None
    _, message = written(office, thread=thread)
    opened = stable_message_id(thread, domain=office.mail_domain) if thread else None
    assert (message["In-Reply-To"], message["References"]) == (opened, opened)


def test_each_unit_and_plan_has_a_thread_of_its_own() -> None:
    assert len({thread_key(1, "a"), thread_key(2, "a"), thread_key(1, "b")}) == 3


def test_without_tokens_answers_go_to_the_office_itself(store: Store) -> None:
    _, message = written(make_office(store))
    assert MAIL_FROM in str(message["Reply-To"])
