"""Hand-written stand-ins for what the verbs talk to: a mail server, a way in, a clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from plan_lifecycle.channels import ChannelError, ChannelFault
from plan_lifecycle.domain.submission import Arrival
from plan_lifecycle.mail.transport import MailServerDownError, Outcome


@dataclass
class FakeMailer:
    """Takes every letter unless ``answers`` has something else for its address; ``before`` is called with each."""

    answers: dict[str, Outcome | MailServerDownError] = field(default_factory=dict)
    down: bool = False
    before: Callable[[str], None] = lambda recipient: None
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0

    @contextmanager
    def connect(self) -> Iterator[FakeMailer]:
        """A connection, as the verbs open one."""
        if self.down:
            raise MailServerDownError("mail server 127.0.0.1:25: Connection refused")
        self.connections += 1
        yield self

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        """Take one letter, or answer as told."""
        (recipient,) = recipients
        self.before(recipient)
        answer = self.answers.get(recipient, Outcome(accepted=(recipient,)))
        if isinstance(answer, MailServerDownError):
            raise answer
        if answer.accepted:
            self.sent.append((recipient, message))
        return answer


@dataclass
class FakeChannel:
    """A way in that has what it is given. ``error`` is raised after everything else was handed over."""

    items: list[Arrival | ChannelFault] = field(default_factory=list)
    name: str = "fake"
    error: ChannelError | None = None
    asked_since: list[datetime | None] = field(default_factory=list)

    def arrivals(
        self, *, now: datetime, since: datetime | None, known: Collection[str]
    ) -> Iterator[Arrival | ChannelFault]:
        """Hand over what is not known."""
        self.asked_since.append(since)
        yield from (each for each in self.items if each.key not in known)
        if self.error is not None:
            raise self.error


@dataclass
class FakeClock:
    """Seconds that pass when told."""

    seconds: float = 0.0

    def __call__(self) -> float:
        """The reading."""
        return self.seconds
