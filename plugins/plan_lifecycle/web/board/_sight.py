"""Whose units somebody sees on the board: asked once for each request, in one place, by ``config/access.yaml``.

A page whose queries keep to somebody's units asks ``Frame.within`` who comes; every other page is for those who see
everything. So a page that knows nothing of it shows nobody too much.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Depends
from starlette.exceptions import HTTPException

from plan_lifecycle.domain.sight import EVERYTHING, Access
from plan_lifecycle.lifecycle.office import Office, sight_of
from plan_lifecycle.web.board._frame import Guards, Person


class NotForSome(HTTPException):
    """The page shows everything, and whoever asks for it sees some of the units."""

    def __init__(self) -> None:
        super().__init__(403)


@dataclass(frozen=True, slots=True)
class Seeing:
    """The guards of an edge that also say which units a person sees; those of ``whole`` refuse who sees only some."""

    within: Guards
    whole: Guards


def seeing(guards: Guards, office: Office, access: Access) -> Seeing:
    """Let the rules of ``access`` say what those whom the guards let in see."""

    def of(guard: Callable[..., Person]) -> Callable[..., Person]:
        comes = Depends(guard)

        def named(who: Person = comes) -> Person:
            sight = EVERYTHING if who.administers else sight_of(office.store, access, who.name, who.roles)
            return who._replace(sight=sight)

        return named

    within = Guards(of(guards.look), of(guards.decide))
    return Seeing(within, Guards(_whole(within.look), _whole(within.decide)))


def _whole(guard: Callable[..., Person]) -> Callable[..., Person]:
    comes = Depends(guard)

    def everything(who: Person = comes) -> Person:
        if not who.sight.whole:
            raise NotForSome
        return who

    return everything
