"""The coordinators' board: how things stand, what waits for a person and the acts on it.

Importing this costs nothing: every process of Airflow imports the plugin, one of them serves its pages.
"""

from plan_lifecycle.web.board._front import Front
from plan_lifecycle.web.board._late import Board
from plan_lifecycle.web.board._words import Words

__all__ = ["Board", "Front", "Words"]
