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


ISSUED = "Đã ban hành {all} văn bản[; trong đó cấp tỉnh {upper}][, cấp xã {lower}]. | Chưa ban hành văn bản."


@pytest.mark.parametrize(
    ("known", "text", "codes"),
    [
        ({"all": "05", "upper": "05", "lower": "0"}, "Đã ban hành 05 văn bản; trong đó cấp tỉnh 05.", ("all", "upper")),
        (
            {"all": "05", "upper": "0", "lower": "05"},
            "Đã ban hành 05 văn bản; trong đó cấp tỉnh 0, cấp xã 05.",
            ("all", "upper", "lower"),
        ),
        ({"all": "0", "upper": "0", "lower": "0"}, "Chưa ban hành văn bản.", ("all", "upper")),
        ({"all": "0"}, "Chưa ban hành văn bản.", ("all",)),
        ({"upper": "0", "lower": "0"}, None, ()),
    ],
)
def test_what_only_says_that_there_is_nothing_is_left_out_and_nothing_at_all_has_words_of_its_own(
    known: dict[str, str], text: str | None, codes: tuple[str, ...]
) -> None:
    told = texts(**known)
    filled = fill(parse_sentence(ISSUED), told.get, lambda slot: told[slot] == "0")
    assert filled == (Filled(text, codes) if text else None)


def test_a_share_of_nothing_is_said_and_never_taken_for_nothing() -> None:
    sentence = parse_sentence("Được giao {all} việc[, đã xong {done} (đạt {done/all})]. | Không có việc được giao.")
    known = {Slot("all"): "05", Slot("done"): "0", Slot("done", Asked.SHARE, "all"): "0%"}
    filled = fill(sentence, known.get, lambda slot: slot.code == "done")
    assert filled == Filled("Được giao 05 việc, đã xong 0 (đạt 0%).", ("all", "done"))
    only_share = parse_sentence("Đạt {a/b}. | Không có.")
    filled = fill(only_share, {Slot("a", Asked.SHARE, "b"): "0%"}.get, lambda _: True)
    assert filled == Filled("Đạt 0%.", ("a", "b"))


def test_words_for_nothing_have_no_slots() -> None:
    with pytest.raises(ValueError, match="slots"):
        parse_sentence("Đã mở {classes} lớp. | Chưa mở {classes} lớp.")
