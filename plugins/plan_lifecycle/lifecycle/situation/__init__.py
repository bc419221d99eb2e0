"""Show how things stand, to whoever asks: what is due, who is late, the units, the letters."""

from plan_lifecycle.lifecycle.situation._contacts import (
    DeadAddress,
    ProposedContact,
    addresses_dead,
    contacts_proposed,
)
from plan_lifecycle.lifecycle.situation._first_steps import Step, next_step
from plan_lifecycle.lifecycle.situation._history import UnitHistory, unit_history
from plan_lifecycle.lifecycle.situation._letters import (
    LetterAsSent,
    MailOfDay,
    letter_as_sent,
    mail_of_day,
    newest_letters,
    pause_of_all,
    suspensions_now,
)
from plan_lifecycle.lifecycle.situation._matrix import SIGNS, Mark, Matrix, Rates, matrix
from plan_lifecycle.lifecycle.situation._news import NewsMonth, news_months
from plan_lifecycle.lifecycle.situation._people import Reach, reach_of
from plan_lifecycle.lifecycle.situation._today import Gathering, Kind, Overdue, Today, kinds_owed, today
from plan_lifecycle.lifecycle.situation._units import CONTACT_WORDS, ContactState, UnitLine, units_now

__all__ = [
    "CONTACT_WORDS",
    "SIGNS",
    "ContactState",
    "DeadAddress",
    "Gathering",
    "Kind",
    "LetterAsSent",
    "MailOfDay",
    "Mark",
    "Matrix",
    "NewsMonth",
    "Overdue",
    "ProposedContact",
    "Rates",
    "Reach",
    "Step",
    "Today",
    "UnitHistory",
    "UnitLine",
    "addresses_dead",
    "contacts_proposed",
    "kinds_owed",
    "letter_as_sent",
    "mail_of_day",
    "matrix",
    "newest_letters",
    "news_months",
    "next_step",
    "pause_of_all",
    "reach_of",
    "suspensions_now",
    "today",
    "unit_history",
    "units_now",
]
