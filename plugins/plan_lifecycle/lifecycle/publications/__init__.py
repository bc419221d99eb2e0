"""Count each month what units published, and hold it against the plan's quota."""

from plan_lifecycle.lifecycle.publications._run import check_publications

__all__ = [
    "check_publications",
]
