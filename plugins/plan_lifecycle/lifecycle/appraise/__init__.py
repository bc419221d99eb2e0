"""Scores of a year: what units claim, what is asked and appraised, the ranking, and who may be proposed for awards."""

from plan_lifecycle.lifecycle.appraise._award_proposal import award_proposal
from plan_lifecycle.lifecycle.appraise._awards import Review, choose_for, review_of
from plan_lifecycle.lifecycle.appraise._claims import Taken, form_of, read_form, take
from plan_lifecycle.lifecycle.appraise._mailed_forms import FormsSent, send_forms
from plan_lifecycle.lifecycle.appraise._ranking import Ranking, publish_ranking, published, ranking_of, table_of
from plan_lifecycle.lifecycle.appraise._round import ScoringRound, open_round, sheets_of
from plan_lifecycle.lifecycle.appraise._rulings import Ruling, appraise, appraise_rest, ask, take_appraisal

__all__ = [
    "FormsSent",
    "Ranking",
    "Review",
    "Ruling",
    "ScoringRound",
    "Taken",
    "appraise",
    "appraise_rest",
    "ask",
    "award_proposal",
    "choose_for",
    "form_of",
    "open_round",
    "publish_ranking",
    "published",
    "ranking_of",
    "read_form",
    "review_of",
    "send_forms",
    "sheets_of",
    "table_of",
    "take",
    "take_appraisal",
]
