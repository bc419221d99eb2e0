"""Take in whatever came over any channel: keep it, find whose it is, file it."""

from plan_lifecycle.lifecycle.collect._mailroom import receive_mail
from plan_lifecycle.lifecycle.collect._run import Collected, collect, file_and_review, file_arrivals, receive
from plan_lifecycle.lifecycle.collect._statement import commands_for, statement_of
from plan_lifecycle.lifecycle.collect._whose import item_named

__all__ = [
    "Collected",
    "collect",
    "commands_for",
    "file_and_review",
    "file_arrivals",
    "item_named",
    "receive",
    "receive_mail",
    "statement_of",
]
