"""What a coordinator decided about a statement holds for whoever makes it, under the heading where it was made."""

from __future__ import annotations

from dataclasses import replace

from tests.factories import day

from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.gathering import Said
from plan_lifecycle.domain.passage import OTHER, Passage
from plan_lifecycle.domain.placing import Placing, Written, placed, placing_of, statement_of, statements
from plan_lifecycle.domain.release import ReportKey

KEY = ReportKey("bb", "2023-H1", "cchc")


def written(name: str, text: str, section: str = OTHER) -> Written:
    of = Contribution(name, name, 1, None, 1, None, 0, None, ())
    return Written(of, Passage(section, text, "Khác", 1))


def placing(text: str, name: str, target: str | None = "staff") -> Placing:
    return Placing(KEY, statement_of(OTHER, text, name), OTHER, text, target, "", day("2023-06-19"), "Lan", 1)


def test_a_statement_is_known_by_heading_words_and_numbers_and_not_by_who_makes_it() -> None:
    own = statement_of(OTHER, "Xã Bình An có 5 công chức.", "UBND xã Bình An")
    assert own == statement_of(OTHER, "Xã Hòa Thắng có 05 công chức", "UBND xã Hòa Thắng")
    others = (("staff", "Xã Bình An có 5 công chức."), (OTHER, "Xã Bình An có 6 công chức."))
    assert own not in {statement_of(section, text, "UBND xã Bình An") for section, text in others}
    (found,) = statements([Said("a", "UBND xã Bình An", "Xã Bình An có 5 công chức.")], OTHER)
    assert found[0] == own


def test_every_unit_that_makes_the_statement_is_moved_and_the_same_words_under_another_heading_stay() -> None:
    text = "Đã bố trí đủ 5 công chức tại bộ phận một cửa của xã, bảo đảm giải quyết thủ tục hành chính."
    said = [written("a", text), written("b", text.replace("xã, bảo", "xã; bảo")), written("c", text, "good")]
    said.append(written("d", "Chuyện khác."))
    one = placing(text, "a")
    made = placed(said, {one.statement: one})
    assert [each.passage.section for each in made] == ["staff", "staff", "good", OTHER]
    assert [each.section for each in made] == [OTHER, OTHER, "good", OTHER]
    assert not any(each.left_out for each in made)
    out = placing(text, "a", None)
    assert [each.left_out for each in placed(said, {out.statement: out})] == [True, True, False, False]
    assert placed(said, {}) == tuple(said)
    (_, group), *_ = statements([Said("a", "a", text)], OTHER)
    assert (placing_of(OTHER, group, {one.statement: one}), placing_of("good", group, {one.statement: one})) == (
        one,
        None,
    )


def test_what_a_unit_words_anew_is_no_longer_what_was_decided_about() -> None:
    one = placing("Đã bố trí đủ 5 công chức.", "a")
    made = placed([written("a", "Đã bố trí đủ 6 công chức.")], {one.statement: one})
    assert (made[0].placing, replace(made[0]).passage.section) == (None, OTHER)
