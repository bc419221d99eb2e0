"""What is changed is what happens: letters bear it, and a run that begins afterwards goes by it."""

from __future__ import annotations

from email import message_from_bytes, policy

from tests.factories import day, fill, make_office, owe

from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import newest


def test_a_letter_bears_the_senders_name_the_telephone_and_the_closing_lines(store: Store) -> None:
    fill(store)
    owe(store)
    lines = ("Phòng Cải cách hành chính", "Số 04 Hải Thượng Lãn Ông")
    office = make_office(store, sender="Tổ giúp việc CCHC", phone="0252 3822 888", closing=lines)
    remind(office, day("2023-02-21"))
    with store.read() as connection:
        (letter,) = newest(connection, 5)
    message = message_from_bytes(store.blobs.get(letter.blob), policy=policy.default)
    assert str(message["From"]).startswith("Tổ giúp việc CCHC <")
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        text = str(body.get_content())
        assert "0252 3822 888" in text
        ending = text[text.index("Trân trọng") :]
        assert "Phòng Nội vụ" in ending
        assert all(line in ending for line in lines)
