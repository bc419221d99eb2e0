"""Take a file for what it is: keep its bytes, judge and check them, file them, answer, accept or return."""

from plan_lifecycle.lifecycle.submission._ahead import take_out_early
from plan_lifecycle.lifecycle.submission._answers import RESEND_WORKING_DAYS, receipt_letters, refusal_letters
from plan_lifecycle.lifecycle.submission._bytes import (
    SECRECY_MARK,
    WHOLE_MESSAGE,
    Upload,
    is_message,
    keep_bytes,
    kept_bytes,
    to_look_into,
)
from plan_lifecycle.lifecycle.submission._checks import NO_FIGURES, PURPOSES, check_reading, of_another, read_report
from plan_lifecycle.lifecycle.submission._file import RETURNED_BEFORE, file_arrival, told_at_once
from plan_lifecycle.lifecycle.submission._fits import belongs_elsewhere, fits, may_be_placed, other_item
from plan_lifecycle.lifecycle.submission._judge import OWN_DRAFT, Judged, judge, turn
from plan_lifecycle.lifecycle.submission._meant import only_meant
from plan_lifecycle.lifecycle.submission._readable import take_out
from plan_lifecycle.lifecycle.submission._signed import signature_told
from plan_lifecycle.lifecycle.submission._standard import Superiors
from plan_lifecycle.lifecycle.submission._tells import form_marks, heading_told, item_called, item_told, units_told
from plan_lifecycle.lifecycle.submission._verdict import accept, letters_of_verdict, return_for_completion, review_clean

__all__ = [
    "NO_FIGURES",
    "OWN_DRAFT",
    "PURPOSES",
    "RESEND_WORKING_DAYS",
    "RETURNED_BEFORE",
    "SECRECY_MARK",
    "WHOLE_MESSAGE",
    "Judged",
    "Superiors",
    "Upload",
    "accept",
    "belongs_elsewhere",
    "check_reading",
    "file_arrival",
    "fits",
    "form_marks",
    "heading_told",
    "is_message",
    "item_called",
    "item_told",
    "judge",
    "keep_bytes",
    "kept_bytes",
    "letters_of_verdict",
    "may_be_placed",
    "of_another",
    "only_meant",
    "other_item",
    "read_report",
    "receipt_letters",
    "refusal_letters",
    "return_for_completion",
    "review_clean",
    "signature_told",
    "take_out",
    "take_out_early",
    "to_look_into",
    "told_at_once",
    "turn",
    "units_told",
]
