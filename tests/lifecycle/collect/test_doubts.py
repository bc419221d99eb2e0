"""Doubts about mail: decided by their codes, told in their words."""

from __future__ import annotations

from plan_lifecycle.lifecycle.collect._doubts import DOUBT_WORDS, OF_THE_ITEM, Doubt


def test_every_doubt_has_words_of_its_own() -> None:
    assert DOUBT_WORDS.keys() == set(Doubt)
    assert len({each.words for each in Doubt}) == len(Doubt)


def test_only_a_doubt_about_what_a_file_is_leaves_no_doubt_whose_it_is() -> None:
    assert {Doubt.STRANGER, Doubt.SEVERAL_UNITS, Doubt.NOT_AUTHENTICATED}.isdisjoint(OF_THE_ITEM)
    assert {Doubt.SEVERAL_ITEMS, Doubt.NOTHING_OWED, Doubt.OTHER_ITEM} == OF_THE_ITEM
