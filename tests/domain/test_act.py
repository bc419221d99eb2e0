"""Acts: the trail holds their values, people read their words."""

from __future__ import annotations

from plan_lifecycle.domain.act import ACT_WORDS, ActKind, ActSubject


def test_every_act_has_words_of_its_own() -> None:
    assert ACT_WORDS.keys() == set(ActKind)
    assert len(set(ACT_WORDS.values())) == len(ACT_WORDS)


def test_the_values_are_those_that_trails_hold() -> None:
    assert {each.value for each in ActKind} == {
        "accept", "return", "assign", "extend", "waive", "reopen", "record", "count", "close", "decide", "revoke_link",
        "confirm_contact", "decline_contact", "type_day", "skip_lines", "hand_over",
        "mark_task", "settle_target", "enter_index", "take_scores", "appraise", "ask_score", "publish_scores",
        "propose_award", "compile_report", "hold_report", "release_report", "issue_report", "undo_issue",
        "register", "cascade", "pause_letters", "resume_letters", "resend", "sample_letter", "send_score_forms",
        "correct_report", "undo_correction", "add_paper", "move_paragraph", "leave_out_paragraph", "put_back_paragraph",
        "decline_statement",
        "import_list", "change_contact", "undo_contact", "note_absence", "end_absence",
        "change_setting", "let_go", "anonymise",
    }  # fmt: skip
    assert {each.value for each in ActSubject} == {
        "submission",
        "obligation",
        "arrival",
        "plan",
        "contact",
        "day",
        "list",
        "index",
        "scores",
        "report",
        "pause",
        "setting",
        "kept",
    }
