"""What is abbreviated is written out."""

from plan_lifecycle.domain.short_forms import SHORT_FORMS, written_out
from plan_lifecycle.domain.text import normalise


def test_what_is_abbreviated_is_written_out_and_all_else_left_as_it_is() -> None:
    assert written_out(["100", "tthc", "xyz"]) == ["100", "thủ", "tục", "hành", "chính", "xyz"]
    assert written_out(["vbqppl"]) == ["văn", "bản", "quy", "phạm", "pháp", "luật"]


def test_the_forms_are_in_normal_form_and_hold_no_other_short_form() -> None:
    for short, long in SHORT_FORMS.items():
        assert (normalise(short), normalise(long)) == (short, long)
        assert not {*long.split()} & SHORT_FORMS.keys()
