"""Uploads at the portal while its process dies: at every durable step of one, amid many, and two at the same moment.

Whoever gets no answer does what people do: opens the link again, looks, and sends the file once more if it is not
there; every other one does not look and sends it in any case.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from itertools import count as numbers

import httpx
from sqlalchemy import select

from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import open_until, scope_of
from plan_lifecycle.store.tables import submission
from tests.patience import PATIENCE
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.serving import HOME, LINKS, Server, served
from tests.reliability.world import DATABASES, NOW, Paper, World, by_rule, count, plan_of, world

HELD = "each paper once under its own obligation, receipted and decided once; the trail whole"
AT_ONCE = 4
TRIES = 400
_TO = re.compile(r'url=([^"]+)"')
_TOKEN = re.compile(r'name="ma_bieu" value="([^"]+)"')


def parts() -> dict[str, Produce]:
    """Every fault on SQLite and on PostgreSQL."""
    return {kind: partial(_on, kind) for kind in DATABASES}


def _on(kind: str) -> Iterator[Fault]:
    yield at(Kind.KILLED, "portal", killed_at_each_step(kind))
    yield at(Kind.KILLED, "portal", killed_amid(kind, 4))
    yield at(Kind.AT_ONCE, "portal", same_file_at_once(kind))
    yield at(Kind.AT_ONCE, "portal", two_files_at_once(kind))


class Browser(httpx.Client):
    """Somebody who has opened the link of one obligation."""

    def __init__(self, server: Server, paper: Paper) -> None:
        super().__init__(base_url=f"http://127.0.0.1:{server.port}", timeout=PATIENCE)
        self.paper = paper
        link = LINKS.address(scope_of(paper.owed), (0, 0), open_until(paper.owed.due_on, NOW.date()))
        here = _TO.search(self.get(link.removeprefix(HOME)).text)
        assert here
        self._here = here[1]

    def sees_it(self) -> bool:
        """Whether the page names the file among what came."""
        return self.paper.name in self.get(self._here).text

    def send_it(self, die_at: int = 0) -> None:
        """Upload; raises httpx.TransportError where the server died."""
        token = _TOKEN.search(self.get(self._here).text)
        assert token
        fields = {"ma_bieu": token[1], "ho_ten": "Nguyễn Văn An", "chuc_vu": "Văn phòng"}
        files = {"tep": (self.paper.name, self.paper.data)}
        answer = self.post(f"{self._here}gui", data=fields, files=files, headers={"Die-At": str(die_at)})
        assert answer.status_code == 303, answer.text


def killed_at_each_step(kind: str, steps: range | None = None) -> Fault:
    """One commune after another uploads, and the server dies one step later each time, until an upload survives."""
    with world(kind, communes=40) as made, served(made.url, made.blobs) as server:
        for step, paper in zip(steps or numbers(1), made.papers, strict=False):
            server.up()
            died = _upload(server, paper, step)
            if not died:
                break
            _again(server, paper, looks=bool(step % 2))
        used = World(made.store, made.url, made.folder, made.papers[: made.papers.index(paper) + 1])
        note = f"died {len(used.papers) - (not died)} times, one step later each time"
        return _finish(f"{kind}: portal killed at each durable step of an upload", used, note)


def killed_amid(kind: str, times: int) -> Fault:
    """Many upload at once, and the server is killed at random moments and started again."""
    chance = random.Random(2023)
    with world(kind, communes=24) as made, served(made.url, made.blobs) as server, ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(_persist, server, paper) for paper in made.papers]
        for _ in range(times):
            time.sleep(0.3 + chance.random() * 0.7)
            server.kill()
            server.up()
        for each in waiting:
            each.result(120)
        return _finish(f"{kind}: portal killed {times} times amid uploads", made, "everybody tries until it is taken")


def same_file_at_once(kind: str) -> Fault:
    """Each file is sent twice at the same moment, as by an impatient hand: it is one arrival."""
    with world(kind) as made, served(made.url, made.blobs) as server, ThreadPoolExecutor(AT_ONCE) as pool:
        for paper in made.papers:
            browsers = [Browser(server, paper) for _ in range(2)]
            list(pool.map(Browser.send_it, browsers))
        return _finish(f"{kind}: the same file uploaded twice at once", made)


def two_files_at_once(kind: str) -> Fault:
    """Two versions for one obligation at the same moment: both are kept, in some order, and the later one counts."""
    with world(kind) as made, served(made.url, made.blobs) as server, ThreadPoolExecutor(AT_ONCE) as pool:
        others = [each._replace(data=plan_of(each.unit, "08")) for each in made.papers]
        for pair in zip(made.papers, others, strict=True):
            list(pool.map(Browser.send_it, [Browser(server, paper) for paper in pair]))
        with made.store.read() as connection:
            rows = connection.execute(select(submission.c.obligation_id, submission.c.version, submission.c.state))
            found = {(row.obligation_id, row.version, row.state) for row in rows}
        order = ((1, "superseded"), (2, "received"))
        wanted = {(each.owed.id, *one) for each in made.papers for one in order}
        both = World(made.store, made.url, made.folder, [*made.papers, *others])
        fault = count(f"{kind}: two versions uploaded at once", both, "the second one counts", also="")
        return fault._replace(lost=fault.lost + len(wanted - found))


def _upload(server: Server, paper: Paper, step: int) -> bool:
    """Whether the server died of it."""
    with closing(Browser(server, paper)) as browser:
        try:
            browser.send_it(step)
        except httpx.TransportError:
            server.buried()
            return True
    return False


def _again(server: Server, paper: Paper, *, looks: bool) -> None:
    server.up()
    with closing(Browser(server, paper)) as browser:
        if not (looks and browser.sees_it()):
            browser.send_it()


def _persist(server: Server, paper: Paper) -> None:
    """Try until there is an answer."""
    for _ in range(TRIES):
        with suppress(httpx.TransportError), closing(Browser(server, paper)) as browser:
            browser.send_it()
            return
        time.sleep(0.25)
    raise TimeoutError(f"{paper.name} was never taken")


def _finish(name: str, made: World, note: str = "") -> Fault:
    """The next run files and reviews what is kept."""
    collect(by_rule(made.store), [], NOW)
    return count(name, made, note)
