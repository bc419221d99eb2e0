"""A unit's columns of news on a web server, and their months counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update
from tests.channels.web import HOST, Talk
from tests.factories import BINH_AN, day

from plan_lifecycle.config.sources import Sources
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.publications import check_publications
from plan_lifecycle.lifecycle.publications._run import Counted
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store.tables import plan as plan_table

MARCH = "2023-M03"


@dataclass
class Site:
    """A web server: path to (status, headers, body); ``asked`` are paths with the ETag that was known."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    url: str = ""

    def show(self, path: str, body: str, status: int = 200, **headers: str) -> str:
        self.pages[path] = (status, headers, body.encode())
        return self.url + path

    def __call__(self, talk: Talk) -> None:
        self.asked.append((talk.path, talk.header("If-None-Match")))
        status, headers, body = self.pages.get(talk.path, (404, {}, b""))
        talk.answer(body, status, **headers)


def rss(*items: tuple[str, str]) -> str:
    rows = "".join(
        f"<item><title>Tin</title><link>{link}</link><pubDate>{when}</pubDate></item>" for link, when in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>CCHC</title>{rows}</channel></rss>'


def march(count: int) -> str:
    return rss(*((f"/tin/{number}", f"{number + 1:02} Mar 2023 08:00:00 +0700") for number in range(count)))


def sources(*found: dict[str, Any], **changed: Any) -> Sources:
    return Sources.model_validate({"hosts": [HOST], "allow_private": True, "publications": found} | changed)


def counted(office: Office, url: str, **changed: Any) -> Counted:
    (found,) = check_publications(
        office, sources({"unit": BINH_AN.id, "quota": 5, "feed": url} | changed), day("2023-03-20")
    )
    return found


def stored(office: Office, period: str = MARCH) -> PublicationMonth:
    with office.store.read() as connection:
        (found,) = publication_rows.months(connection, [BINH_AN.id], [period])
    return found


def rest_on(office: Office, plan: bytes) -> None:
    """Let the unit's plan be owed under this one."""
    blob = office.store.blobs.put(plan)
    with office.store.write() as connection:
        connection.execute(update(plan_table).values(blob=blob))


def column(site: Site, path: str = "/rss", quota: int = 5) -> dict[str, Any]:
    return {"unit": BINH_AN.id, "quota": quota, "feed": site.url + path}
