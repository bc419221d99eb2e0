"""Show how things stand, to whoever asks: what is due, who is late, what a unit has done."""

from plan_lifecycle.lifecycle.situation._today import Gathering, Overdue, Today, today

__all__ = ["Gathering", "Overdue", "Today", "today"]
