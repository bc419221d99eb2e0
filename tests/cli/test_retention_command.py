"""``plan-lifecycle retention`` and what ``people`` does with a person's data: listed, handed out, let go."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from tests.cli.running import Run, answers
from tests.factories import BINH_AN, address

from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.people import ids_of_address
from plan_lifecycle.store.tables import contact

BY = ("--by", "Trần Thị Hoa")


def officer(store: Store, valid_to: str | None = None) -> str:
    """The number of the officer of xã Bình An, whose term ends on a day."""
    with store.write() as connection:
        (number,) = ids_of_address(connection, address(BINH_AN))
        if valid_to:
            ends = datetime.fromisoformat(valid_to).replace(tzinfo=UTC).date()
            connection.execute(contact.update().where(contact.c.id == number).values(valid_to=ends))
    return str(number)


def test_what_may_go_is_listed_and_goes_and_once_more_is_nothing(run: Run, store: Store) -> None:
    officer(store, "2020-01-31")
    shown = {
        line["matter"]: line["number"] for line in answers(run("retention", "show", "--json"), *["retention-show"] * 6)
    }
    assert shown == {"letters": 0, "messages": 0, "drafts": 0, "lists": 0, "sessions": 0, "people": 1}
    assert "Thông tin người đã thôi phụ trách trước ngày" in run("retention", "show").out
    (done,) = answers(run("retention", "remove", "--json", *BY), "retention-remove")
    assert done == {"numbers": {"people": 1}, "files": 0, "faults": []}
    assert run("retention", "remove", *BY).out == "Không có dữ liệu hết thời hạn lưu giữ.\n"


def test_a_person_is_handed_what_is_held_and_forgotten_after_the_term(run: Run, store: Store) -> None:
    number = officer(store)
    held = json.loads(run("people", "export", number).out)
    assert [row["email"] for row in held["held"]["contact"]] == [address(BINH_AN)]
    refused = run("people", "anonymise", number, *BY, "--reason", "Theo đề nghị")
    assert (refused.code, "còn là người liên hệ" in refused.err) == (2, True)
    officer(store, "2026-01-31")
    before = run("people", "export", number).out
    (foreseen,) = answers(run("people", "anonymise", number, *BY, "--dry-run", "--json"), "people-anonymise")
    assert run("people", "export", number).out == before
    (done,) = answers(run("people", "anonymise", number, *BY, "--json"), "people-anonymise")
    assert done == foreseen == {"person": int(number), "gone": {"contact": 1}, "kept": {}, "shared": False}
    assert address(BINH_AN) not in run("people", "export", number).out
    assert run("people", "anonymise", number, *BY).out.startswith("Ẩn danh: không còn nội dung nào.")
    assert "01 dòng nhật ký" in run("people", "anonymise", number, *BY).out
