"""Scores of a year: what units claim, what is asked and appraised, the ranking, and who may be proposed for awards."""

from plan_lifecycle.lifecycle.appraise._awards import Review, choose_for, review_of
from plan_lifecycle.lifecycle.appraise._claims import Taken, form_of, take
from plan_lifecycle.lifecycle.appraise._ranking import Ranking, publish_ranking, published, ranking_of, table_of
from plan_lifecycle.lifecycle.appraise._round import ScoringRound, open_round, sheets_of
from plan_lifecycle.lifecycle.appraise._rulings import Ruling, appraise, appraise_rest, ask

__all__ = [
    "Ranking",
    "Review",
    "Ruling",
    "ScoringRound",
    "Taken",
    "appraise",
    "appraise_rest",
    "ask",
    "choose_for",
    "form_of",
    "open_round",
    "publish_ranking",
    "published",
    "ranking_of",
    "review_of",
    "sheets_of",
    "table_of",
    "take",
]
