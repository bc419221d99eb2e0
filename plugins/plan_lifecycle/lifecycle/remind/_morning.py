"""What one morning comes to, before anything is written: who gets a letter about what, and who does not and why.

``remind`` records it, ``preview`` shows it beforehand: the same function says both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.reminder import Rung, RungChoice
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.office import Recipient, Scene
from plan_lifecycle.mail.message import Address


class Due(NamedTuple):
    """A reminder to be sent: this rung of this obligation."""

    obligation: Obligation
    rung: Rung


class Unsent(NamedTuple):
    """A reminder that goes into the ledger without a letter; ``recipient`` is empty where nobody was found.

    ``said`` is what was wrong with the address, where that was it.
    """

    due: Due
    recipient: str
    why: WhyUnsent
    said: str = ""

    @property
    def reason(self) -> str:
        """The reason as people read it."""
        return self.said or self.why.words


@dataclass
class Morning:
    """The outcome: letters by address (in small letters: a mailbox is one however it is written) with what they carry,
    what goes to the ledger without one, what is held back (and why)."""

    choices: dict[int, RungChoice] = field(default_factory=dict)
    letters: dict[str, tuple[Recipient, list[Due]]] = field(default_factory=dict)
    unsent: list[Unsent] = field(default_factory=list)
    held: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def plan_morning(scene: Scene, due: Sequence[Obligation], recorded: Mapping[int, set[str]]) -> Morning:
    """Everything owed at one address goes into one letter; what cannot be sent is kept with the reason."""
    morning = Morning()
    for obligation in due:
        held = scene.held_back(obligation)
        if held is not None:
            morning.held[obligation.id] = held
            continue
        choice = scene.choice(obligation, recorded.get(obligation.id, set()))
        morning.choices[obligation.id] = choice
        if choice.send is not None:
            _place(scene, morning, Due(obligation, choice.send.rung))
    return morning


def _place(scene: Scene, morning: Morning, item: Due) -> None:
    never = scene.never(item.obligation)
    if never is not None:
        morning.unsent.append(Unsent(item, "", never))
        return
    recipients = scene.to_remind(item.obligation.unit_id, item.rung)
    if not recipients:
        morning.unsent.append(Unsent(item, "", WhyUnsent.NO_CONTACT))
    for to in recipients:
        try:
            Address(to.email, to.name)
        except InputError as error:  # an address that cannot be mailed: the others get theirs
            morning.unsent.append(Unsent(item, to.email, WhyUnsent.UNWRITABLE, str(error)))
        else:
            morning.letters.setdefault(to.email.lower(), (to, []))[1].append(item)
