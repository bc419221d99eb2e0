"""SMTP, HTTP, IMAP and PostgreSQL, really there and spoilt on the way: cut off, slow, silent, or not what they say.

What could not be done is told in words and done by the next run; what a server says twice is there once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import make_url

from plan_lifecycle.channels.http import HttpChannel
from plan_lifecycle.channels.mailbox import MailboxChannel
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.lifecycle.collect import collect, receive_mail
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.mail.message import Address
from plan_lifecycle.mail.server import MailServer, Security
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.simulation.endpoint import Endpoint, Entry
from plan_lifecycle.store.engine import Store
from tests.channels.dovecot import Dovecot, running
from tests.factories import MAIL_FROM, WALL, day, make_office
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.between import Between, Spoil
from tests.reliability.collecting import collect as collect_mail
from tests.reliability.collecting import deliver, office_of, outcome
from tests.reliability.forked import Ended, done
from tests.reliability.lifecycle_faults import LETTERS, fault_of, outbox
from tests.reliability.mailbox_faults import new_store
from tests.reliability.sending import send_all
from tests.reliability.verb_faults import Place, prepared
from tests.reliability.verbs import VERBS
from tests.reliability.world import NOW, World, by_rule, count, world

HELD = "all that was to be sent or taken in is there once after the next run; a repeat only in the window"
CUTS = (1, 60, 400, 1500)
"""Bytes of a server's words after which the line is cut: amid its greeting, its answers, what it delivers."""
SECONDS = 1.0
"""How long a server is waited for here, instead of a minute."""
OTHER = b"HTTP/1.1 503 Under repair\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
SPOILS: tuple[tuple[Kind, str, Spoil], ...] = (
    *((Kind.FAILS, f"cut off after {number} bytes", Spoil(cut_after=number)) for number in CUTS),
    (Kind.SLOW, "slow", Spoil(slow=0.02)),
    (Kind.LIES, "somebody else answers", Spoil(instead=OTHER)),
)
SILENT = (Kind.FAILS, "takes the call and never speaks", Spoil(silent=True))


def parts() -> dict[str, Produce]:
    """Every fault of every server."""
    return {"SMTP": smtp, "HTTP": http, "lying endpoint": lying_endpoint, "IMAP": _imap, "PostgreSQL": postgresql}


def _imap() -> Iterator[Fault]:
    if shutil.which("dovecot") is not None:
        with running() as dovecot:
            yield from imap(dovecot)


def smtp() -> Iterator[Fault]:
    """Sending through what spoils the server's words, then straight to it."""
    for kind, how, spoil in (*SPOILS, SILENT):
        with outbox("sqlite") as (store, _, _, server), Between(server.port, spoil) as between:
            try:
                said = _send(store, between.port).stopped or "went on"
            except PlanLifecycleError as error:
                said = str(error)
            send_all(store, server.port, minutes=2000)
            yield at(
                kind, "sending: SMTP", fault_of(f"SMTP {how}", store, server, LETTERS, window=True, note=said[:60])
            )
    yield at(Kind.LIES, "sending: SMTP", _says_yes_and_drops())


def _send(store: Store, port: int):  # type: ignore[no-untyped-def]
    server = MailServer("127.0.0.1", port, Address(MAIL_FROM), security=Security.NONE, timeout=SECONDS)
    return send_outbox(
        make_office(store),
        lambda: Transport(server, attempts=1, sleep=lambda _: None),
        now=day("2023-02-21"),
        wall=WALL,
        worker="the spoilt one",
    )


def _says_yes_and_drops() -> Fault:
    """The server says 250 to each letter and keeps none: each was handed over once, and is not handed over again."""
    with outbox("sqlite") as (store, _, _, server):
        server.keeps = False
        send_all(store, server.port)
        send_all(store, server.port, minutes=2000)
        taken, note = server.count, "what a server has said yes to is its own; the next rung goes as another letter"
        return Fault("SMTP says 250 and delivers nothing", LETTERS, min(taken, LETTERS), max(LETTERS - taken, 0),
                     max(taken - LETTERS, 0), 0, False, note)  # fmt: skip


def http() -> Iterator[Fault]:
    """Collecting from an endpoint through what spoils its words, then straight from it."""
    for kind, how, spoil in SPOILS:
        with world("sqlite") as made, Endpoint() as endpoint:
            _offer(endpoint, made)
            with Between(int(endpoint.url.rpartition(":")[2]), spoil) as between:
                told = _collect(made, f"http://127.0.0.1:{between.port}")
            _collect(made, endpoint.url)
            yield at(kind, "collecting: http", count(f"endpoint {how}", made, told))


def lying_endpoint() -> Iterator[Fault]:
    """An endpoint that is there and says what is not so."""
    for name, endpoint_of in LIES.items():
        with world("sqlite") as made, endpoint_of() as endpoint:
            _offer(endpoint, made)
            told = _collect(made, endpoint.url)
            endpoint.honest = True
            _collect(made, endpoint.url)
            yield at(Kind.LIES, "collecting: http", count(f"endpoint {name}", made, told))


class _Lying(Endpoint):
    """Says something else until it is honest."""

    honest = False

    def _answer(self, path: str) -> tuple[int, str, bytes]:
        status, kind, body = super()._answer(path)
        if self.honest:
            return status, kind, body
        return self.lie(path, status, kind, body)

    def lie(self, path: str, status: int, kind: str, body: bytes) -> tuple[int, str, bytes]:
        """What it says instead."""
        raise NotImplementedError


class _HalfList(_Lying):
    def lie(self, path: str, status: int, kind: str, body: bytes) -> tuple[int, str, bytes]:
        return (status, kind, body[: len(body) // 2]) if "submissions" in path else (status, kind, body)


class _NothingThere(_Lying):
    def lie(self, path: str, status: int, kind: str, body: bytes) -> tuple[int, str, bytes]:
        return (200, kind, b"[]") if "submissions" in path else (404, kind, b"")


class _AllTwice(_Lying):
    def lie(self, path: str, status: int, kind: str, body: bytes) -> tuple[int, str, bytes]:
        return (status, kind, body[:-1] + b"," + body[1:]) if "submissions" in path else (status, kind, body)


class _OtherBytes(_Lying):
    def lie(self, path: str, status: int, kind: str, body: bytes) -> tuple[int, str, bytes]:
        return (status, kind, body) if "submissions" in path else (status, kind, body[:-1] + b"?")


class _FilesGone(_Lying):
    def lie(self, path: str, status: int, kind: str, body: bytes) -> tuple[int, str, bytes]:
        return (status, kind, body) if "submissions" in path else (404, "text/plain", b"not found")


class _Login(_Lying):
    def lie(self, path: str, status: int, kind: str, body: bytes) -> tuple[int, str, bytes]:
        return 200, "text/html", b"<html><title>Login</title></html>"


LIES = {
    "gives half its list": _HalfList,
    "says that there is nothing": _NothingThere,
    "names each file twice": _AllTwice,
    "gives other bytes than promised": _OtherBytes,
    "has lost the files that it names": _FilesGone,
    "answers with a page to log in": _Login,
}


def _offer(endpoint: Endpoint, made: World) -> None:
    for paper in made.papers:
        owed = paper.owed
        endpoint.hand_in(Entry(f"n{owed.id}", owed.unit_id, owed.item, owed.period, paper.name, paper.data, NOW))


def _collect(made: World, url: str) -> str:
    channel = HttpChannel(url, retries=0, sleep=lambda _: None)
    faults = collect(by_rule(made.store), [channel], NOW).faults
    return f"{len(faults)} told: {faults[0][-60:]}" if faults else "nothing to tell"


def imap(dovecot: Dovecot) -> Iterator[Fault]:
    """Collecting the mailbox through what spoils its words (within TLS: any byte), then straight from it."""
    for number, (kind, how, spoil) in enumerate(
        (*SPOILS, (Kind.FAILS, "cut off amid a message", Spoil(cut_after=9000)))
    ):
        user = f"between{number}"
        with new_store("sqlite") as (store, _):
            due = deliver(store, dovecot, user)
            with Between(dovecot.port, spoil) as between:
                server = replace(dovecot.server(user), port=between.port)
                taken = receive_mail(office_of(store), MailboxChannel(server), datetime.now(UTC) + timedelta(minutes=1))
            again = collect_mail(store, dovecot.server(user))
            found, left = outcome(store, due), len(dovecot.messages(user))
        lost = due - found.found + left + len(again.faults)
        note = f"{len(taken.faults)} told, run again"
        fault = Fault(f"IMAP {how}", due, found.found, lost, found.twice, found.misfiled, window=False, note=note)
        yield at(kind, "collecting: mailbox", fault)


def postgresql() -> Iterator[Fault]:
    """Reminding and accepting through what spoils the database's words, then straight to it."""
    for verb in (verb for verb in VERBS if verb.name in ("remind", "accept")):
        with prepared("postgresql", verb) as ground:
            for cut in (200, 3000, 12_000, 40_000):
                with ground.copy() as place, Between(_socket(place.url), Spoil(cut_after=cut)) as between:
                    ended = done(Place(_through(place.url, between), place.blobs, verb).act)
                    assert ended in (Ended.DONE, Ended.REFUSED), ended
                    place.act_by_itself()
                    fault = ground.fault(
                        f"database cut off after {cut} bytes", [ground.look(place)], ended.name.lower()
                    )
                    yield at(Kind.FAILS, verb.where, fault)
            with ground.copy() as place, Between(_socket(place.url), Spoil(slow=0.01)) as between:
                assert done(Place(_through(place.url, between), place.blobs, verb).act) is Ended.DONE
                yield at(Kind.SLOW, verb.where, ground.fault("database slow", [ground.look(place)], "only later"))


def _socket(url: str) -> Path:
    host = make_url(url).query["host"]
    return next(Path(str(host)).glob(".s.PGSQL.*[0-9]"))


def _through(url: str, between: Between) -> str:
    there = make_url(url).set(host="127.0.0.1", port=between.port, query={})
    return there.render_as_string(hide_password=False)
