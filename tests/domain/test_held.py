"""What is held of a person is said in words."""

from __future__ import annotations

from plan_lifecycle.domain.held import HELD_WORDS, held_words


def test_how_many_of_each_is_said_and_nothing_of_none() -> None:
    assert held_words({"letter": 2, "absence": 0, "reminder": 1}) == "02 thư đã gửi; 01 lần nhắc"
    assert held_words({}) == ""
    assert len(set(HELD_WORDS.values())) == len(HELD_WORDS)
