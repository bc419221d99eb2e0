"""What blocks stands in the way of acceptance; what is doubtful does not, but is looked at again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plan_lifecycle.domain.submission import Finding, Rule, Submission, SubmissionState, clean, doubtful

WRONG = Finding(Rule.REPORT_PARTS, "Tổng không khớp")
DOUBT = Finding(Rule.REPORT_JUMP, "Tăng bất thường", blocks=False, doubt=True)
REMARK = Finding(Rule.PAPER_SCAN, "Bản quét", blocks=False)


@pytest.mark.parametrize(
    ("findings", "is_clean", "is_doubtful"),
    [
        ((), True, False),
        ((REMARK,), True, False),
        ((REMARK, DOUBT), True, True),
        ((REMARK, WRONG), False, False),
        ((WRONG, DOUBT), False, True),
    ],
)
def test_one_that_blocks_is_enough_and_a_doubt_is_told_apart(
    findings: tuple[Finding, ...], is_clean: bool, is_doubtful: bool
) -> None:
    assert (clean(findings), doubtful(findings)) == (is_clean, is_doubtful)


def test_a_finding_is_what_its_rule_and_its_subject_say_however_it_is_worded() -> None:
    missing = Finding(Rule.REPORT_REQUIRED, "Chưa có số liệu.", about="news_items")
    assert missing == Finding(Rule.REPORT_REQUIRED, "Đề nghị bổ sung số liệu.", blocks=False, about="news_items")
    assert missing not in {Finding(Rule.REPORT_VALUE, missing.text, about="news_items"), replace(missing, about="web")}


def test_a_new_submission_waits_for_its_review_with_nothing_held_against_it() -> None:
    from tests.factories import day

    made = Submission(1, 1, 1, day("2023-02-20"), "0" * 64, days_late=0)
    assert (made.state, made.findings, made.held, made.after_report_id) == (SubmissionState.RECEIVED, (), False, None)


def test_what_only_coordinators_read_stands_within_the_sentence() -> None:
    told = Finding(Rule.PAPER_ISSUER, "Văn bản mang tên đơn vị khác.", aside="phần đầu ghi “xã B”")
    assert told.whole == "Văn bản mang tên đơn vị khác (phần đầu ghi “xã B”)."
    assert (replace(told, aside="").whole, WRONG.whole) == (told.text, WRONG.text)
