"""What every verb works with: handed in once by an edge (command, DAG, page, simulation), never fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.config.rules import Rules
from plan_lifecycle.documents.bounded import Bounded, unbounded
from plan_lifecycle.domain.sight import EVERYTHING, Sight
from plan_lifecycle.domain.unit import Unit, UnitTree, asking
from plan_lifecycle.lifecycle.office._links import Links
from plan_lifecycle.mail.contexts import Sender
from plan_lifecycle.mail.letters import LetterTemplates
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.store.engine import Store


@dataclass(frozen=True)
class Office:
    """Store, rules and templates. ``mail_from`` is the address that letters come from and answers go to.

    ``links`` is None where there is no portal: letters then carry no link; ``replies`` None: answers are told apart by
    their thread and sender alone. ``bounded`` has what came from outside read, within bounds where the edge sets some.
    ``book`` is where the rules are written, and so may be changed; None: they were handed in as they are.
    ``board`` is the address of the coordinators' board, without a slash at its end; None where nobody said it.
    ``played`` says that the business day is the only time there is, as in a played year; else letters bear the true
    one.
    ``sight`` are the units that whoever asks may see; only pages know people who do not see everything.
    """

    store: Store
    rules: Rules
    letters: LetterTemplates
    word_templates: Path
    mail_from: str
    links: Links | None = None
    replies: ReplyAddresses | None = None
    bounded: Bounded = unbounded
    book: Adjustable | None = None
    board: str | None = None
    sight: Sight = EVERYTHING
    played: bool = False

    @property
    def mail_domain(self) -> str:
        """The right-hand side of every Message-ID."""
        return self.mail_from.rpartition("@")[2]

    def coordinating_agency(self, tree: UnitTree, receiver: Unit) -> Unit:
        """The agency that works for a People's Committee in this field; the committee itself where there is none."""
        return coordinating_agency(self.rules, tree, receiver)

    def addressee(self, tree: UnitTree, receiver: Unit) -> str:
        """To whom a paper for ``receiver`` is addressed: "UBND tỉnh Bình Thuận (qua Sở Nội vụ)"."""
        through = self.coordinating_agency(tree, receiver)
        return receiver.agency if through.id == receiver.id else f"{receiver.agency} (qua {through.name})"

    def sender(self, tree: UnitTree, receiver: Unit, recipients: Mapping[str, Unit] | None = None) -> Sender:
        """Who writes for ``receiver``: its coordinating agency, which requests; the committee itself may order."""
        writes = self.coordinating_agency(tree, receiver)
        return Sender(
            agency=tree.named(writes),
            reply_to=self.mail_from,
            phone=self.rules.phone,
            closing=self.rules.closing,
            portal=self.links.home if self.links else None,
            ask=asking(tree, writes, (recipients or {}).values()),
        )


def coordinating_agency(rules: Rules, tree: UnitTree, receiver: Unit) -> Unit:
    """Who works for a People's Committee in this field by the rules; the committee itself where there is none."""
    wanted = rules.coordinating_agencies
    return next((unit for unit in tree.children(receiver.id) if unit.name in wanted), receiver)


def is_own_duty(rules: Rules, tree: UnitTree, unit_id: str, receiver_id: str) -> bool:
    """Whether the unit is the agency that would write to it for the receiver: nobody writes to itself."""
    unit, receiver = tree.get(unit_id), tree.get(receiver_id)
    if unit is None or receiver is None or unit.name not in rules.coordinating_agencies:
        return False
    return coordinating_agency(rules, tree, receiver).id == unit.id
