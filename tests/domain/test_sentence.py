"""Sentences with places for figures: what is known is said, what is not is left out, nothing is half said."""

from __future__ import annotations

import pytest

from plan_lifecycle.domain.sentence import Asked, Filled, Slot, fill, parse_sentence

DOSSIERS = "Đã giải quyết {done} hồ sơ[; đúng hạn {in_time} ({in_time/done})][, trễ hạn {done-in_time}][; {done~}]."


def texts(**known: str) -> dict[Slot, str]:
    signs = {"_share": ("/", "in_time", "done"), "_late": ("-", "done", "in_time")}
    found = {}
    for name, text in known.items():
        if name in signs:
            sign, first, second = signs[name]
            found[Slot(first, Asked(sign), second)] = text
        elif name == "_change":
            found[Slot("done", Asked.CHANGE)] = text
        else:
            found[Slot(name)] = text
    return found


@pytest.mark.parametrize(
    ("known", "text", "codes"),
    [
        (
            {"done": "100", "in_time": "99", "_share": "99%", "_late": "1", "_change": "tăng 5%"},
            "Đã giải quyết 100 hồ sơ; đúng hạn 99 (99%), trễ hạn 1; tăng 5%.",
            ("done", "in_time"),
        ),
        ({"done": "100"}, "Đã giải quyết 100 hồ sơ.", ("done",)),
        ({"done": "100", "in_time": "99"}, "Đã giải quyết 100 hồ sơ.", ("done",)),
    ],
)
def test_a_piece_in_brackets_stands_only_where_all_of_it_is_known(
    known: dict[str, str], text: str, codes: tuple[str, ...]
) -> None:
    assert fill(parse_sentence(DOSSIERS), texts(**known).get) == Filled(text, codes)


def test_a_sentence_without_its_main_figure_is_not_said() -> None:
    assert fill(parse_sentence(DOSSIERS), texts(in_time="99", _share="99%").get) is None


def test_a_sentence_whose_every_figure_is_optional_and_unknown_is_not_said() -> None:
    sentence = parse_sentence("Trong kỳ[, đã mở {classes} lớp][, {contests} cuộc thi].")
    assert fill(sentence, {}.get) is None
    assert fill(sentence, {Slot("contests"): "02"}.get) == Filled("Trong kỳ, 02 cuộc thi.", ("contests",))


def test_a_sentence_without_figures_is_said_as_it_is() -> None:
    assert fill(parse_sentence("Số liệu tại phụ lục."), {}.get) == Filled("Số liệu tại phụ lục.", ())


def test_a_sentence_names_all_its_indicators() -> None:
    assert parse_sentence(DOSSIERS).codes == {"done", "in_time"}
    assert parse_sentence("{ a / b }").codes == {"a", "b"}


@pytest.mark.parametrize(
    "text", ["Đã {done", "Đã done}", "{Done}", "{a+b}", "{a-}", "a [b [c] d]", "a ] b", "a [b", "{a~b}", "{}"]
)
def test_what_is_no_sentence_is_refused_with_where_it_goes_wrong(text: str) -> None:
    with pytest.raises(ValueError, match=r"slot|brackets"):
        parse_sentence(text)
