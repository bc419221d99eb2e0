"""Decide as a person: what waits, and every act on it."""

from plan_lifecycle.lifecycle.review._acts import (
    Decided,
    accept_these,
    clean_submissions,
    lay_aside,
    reopen,
    return_these,
)
from plan_lifecycle.lifecycle.review._addendum import compile_addenda
from plan_lifecycle.lifecycle.review._foreseen import Foreseen, foresee
from plan_lifecycle.lifecycle.review._handover import EndedUnit, close_these, ended_ids, ended_units, hand_over_these
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId, read_id, require_seen, seen
from plan_lifecycle.lifecycle.review._laid_open import LaidOpen, lay_open
from plan_lifecycle.lifecycle.review._owed import open_ids
from plan_lifecycle.lifecycle.review._place import Placed, place_these
from plan_lifecycle.lifecycle.review._record import Via, paper_for, read_paper, record_paper
from plan_lifecycle.lifecycle.review._registry_book import About, Line, Status, record_book
from plan_lifecycle.lifecycle.review._rulings import decline_this, extend_these, extend_this, waive_these, waive_this
from plan_lifecycle.lifecycle.review._unplaced import Unplaced, candidates_of
from plan_lifecycle.lifecycle.review._waiting import Waiting, WaitingKind, in_doubt, waiting

__all__ = [
    "About",
    "Decided",
    "EndedUnit",
    "Foreseen",
    "LaidOpen",
    "Line",
    "Placed",
    "Status",
    "Subject",
    "SubjectId",
    "Unplaced",
    "Via",
    "Waiting",
    "WaitingKind",
    "accept_these",
    "candidates_of",
    "clean_submissions",
    "close_these",
    "compile_addenda",
    "decline_this",
    "ended_ids",
    "ended_units",
    "extend_these",
    "extend_this",
    "foresee",
    "hand_over_these",
    "in_doubt",
    "lay_aside",
    "lay_open",
    "open_ids",
    "paper_for",
    "place_these",
    "read_id",
    "read_paper",
    "record_book",
    "record_paper",
    "reopen",
    "require_seen",
    "return_these",
    "seen",
    "waiting",
    "waive_these",
    "waive_this",
]
