"""Why a file is no readable plan."""

from __future__ import annotations

from plan_lifecycle.domain.errors import PlanLifecycleError


class NotAPlan(PlanLifecycleError):  # noqa: N818 - the word of the field
    """The file is no plan that can be read; ``for_user`` says why and what to do. ``kind`` is a short English slug,
    ``taken_for`` the other kind of paper that it is ("Báo cáo"), where it is one."""

    def __init__(self, kind: str, vi: str, taken_for: str | None = None) -> None:
        super().__init__(f"not a readable plan: {kind}", vi=vi)
        self.kind = kind
        self.taken_for = taken_for
        self.file = ""

    def __str__(self) -> str:
        return f"{self.file}: {super().__str__()}" if self.file else super().__str__()
