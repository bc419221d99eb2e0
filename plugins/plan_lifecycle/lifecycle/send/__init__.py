"""Send what lies in the outbox, each letter looked at once more, and believe what bounces."""

from plan_lifecycle.lifecycle.send._bounces import note_bounce
from plan_lifecycle.lifecycle.send._outbox import Mailer, send_outbox, sent_today

__all__ = [
    "Mailer",
    "note_bounce",
    "send_outbox",
    "sent_today",
]
