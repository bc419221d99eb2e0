"""A morning's mailbox: what communes of an invented district send, each message with what must become of it.

Every message comes from a commune of its own, which was reminded of its plan and owes it; names are invented. The
outcome stands beside the message; ``tests/lifecycle/collect/test_a_mornings_mail.py`` holds the mailroom to them.
"""

from __future__ import annotations

from tests.lifecycle.collect.incoming.by_machines import by_machines
from tests.lifecycle.collect.incoming.in_doubt import in_doubt
from tests.lifecycle.collect.incoming.other_shapes import in_other_shapes
from tests.lifecycle.collect.incoming.with_the_plan import with_the_plan

CASES = (*by_machines(), *with_the_plan(), *in_other_shapes(), *in_doubt())
