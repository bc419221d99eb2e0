"""Counting published items from a real server: the month's, each once, with links; unreachable is not zero."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.factories import BINH_AN, HOA_THANG, day, fill, make_office, obligation_of, owe

from plan_lifecycle.config.sources import Sources, read_sources
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.publications import Counted, check_publications, month_to_check
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import figures, versions
from plan_lifecycle.store.tables import audit

pytestmark = pytest.mark.enable_socket
HOST = "127.0.0.1"
MARCH = "2023-M03"


@dataclass
class Site:
    """A web server: path to (status, headers, body)."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    url: str = ""

    def show(self, path: str, body: str, status: int = 200, **headers: str) -> str:
        self.pages[path] = (status, headers, body.encode())
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    shown = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = shown.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    shown.url = f"http://{HOST}:{server.server_address[1]}"
    yield shown
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An and xã Hòa Thắng owe plans."""
    fill(store)
    plan = owe(store)
    owe(store, HOA_THANG, plan_id=plan.plan_id)
    return make_office(store)


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


def test_a_month_whose_quota_is_reached_is_met_with_links_as_evidence(office: Office, site: Site) -> None:
    found = counted(office, site.show("/rss", march(6)))
    assert (found.count, found.met, len(found.links)) == (6, True, 6)
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    assert (owed.state, str(owed.due_on)) == (ObligationState.MET, "2023-03-31")
    with office.store.read() as connection:
        (sent,) = versions(connection, owed.id)
        (figure,) = figures(connection, [sent.id])
        acts = [row.act for row in connection.execute(select(audit.c.act))]
    assert (figure.indicator, figure.number, acts) == ("news_items", 6, ["count"])
    assert figure.evidence is not None
    assert f"{site.url}/tin/0" in figure.evidence


def test_counting_again_adds_nothing_and_more_items_add_a_version(office: Office, site: Site) -> None:
    for count in (2, 2, 5, 5):
        counted(office, site.show("/rss", march(count)))
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    with office.store.read() as connection:
        assert len(versions(connection, owed.id)) == 2
    assert owed.state is ObligationState.MET


def test_only_the_months_items_count_and_each_link_once(office: Office, site: Site) -> None:
    body = rss(
        ("/a", "28 Feb 2023 16:59:00 +0000"),
        ("/b", "28 Feb 2023 17:00:00 +0000"),
        ("/b#top", "01 Mar 2023 08:00:00 +0700"),
        ("/c", "31 Mar 2023 17:00:00 +0000"),
        ("/d", ""),
    )
    found = counted(office, site.show("/rss", body))
    assert (found.count, found.undated, found.met) == (1, 1, False)
    assert obligation_of(office.store, item=Item.QUOTA, period=MARCH).state is ObligationState.OPEN


def test_atom_is_read_too(office: Office, site: Site) -> None:
    entry = "<entry><title>Tin</title><link href='/tin/1'/><updated>2023-03-02T08:00:00+07:00</updated></entry>"
    found = counted(office, site.show("/atom", f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'), quota=1)
    assert (found.count, found.met) == (1, True)


def test_a_list_in_a_page(office: Office, site: Site) -> None:
    rows = "".join(f"<li><a href='tin/{n}'>Tin {n}</a> <i>Ngày {n:02}/03/2023</i></li>" for n in range(1, 4))
    url = site.show("/cchc", f"<html><ul class=tin>{rows}<li><a href='x'>Cũ</a><i>01/02/2023</i></li></ul></html>")
    column = {"unit": BINH_AN.id, "quota": 3, "page": url, "items": "ul.tin li", "date": "i"}
    (found,) = check_publications(office, sources(column), day("2023-03-20"))
    assert (found.count, found.met, found.links[0]) == (3, True, f"{site.url}/tin/1")


def test_one_site_that_is_down_is_not_zero_and_stops_no_other(office: Office, site: Site) -> None:
    down = {"unit": BINH_AN.id, "quota": 5, "feed": f"http://{HOST}:1/rss"}
    good = {"unit": HOA_THANG.id, "quota": 5, "feed": site.show("/rss", march(5))}
    first, second = check_publications(office, sources(down, good), day("2023-03-20"))
    assert (first.count, first.met, bool(first.why)) == (None, None, True)
    assert second.met
    assert obligation_of(office.store, item=Item.QUOTA, period=MARCH).state is ObligationState.OPEN


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [(404, "", "status 404"), (500, "", "status 500"), (200, "<html>Bảo trì</html>", "no RSS"), (200, "", "no RSS")],
)
def test_an_answer_that_is_no_feed_is_not_zero(office: Office, site: Site, status: int, body: str, told: str) -> None:
    found = counted(office, site.show("/rss", body, status))
    assert found.count is None
    assert told in (found.why or "")


def test_a_page_without_its_list_is_not_zero(office: Office, site: Site) -> None:
    column = {"unit": BINH_AN.id, "quota": 3, "page": site.show("/c", "<p>x</p>"), "items": "li", "date": "i"}
    (found,) = check_publications(office, sources(column), day("2023-03-20"))
    assert found.count is None


@pytest.mark.parametrize(
    "text",
    [
        "publications: [{unit: a, quota: 0, feed: 'http://a/'}]",
        "publications: [{unit: a, quota: 5}]",
        "publications: [{unit: a, quota: 5, feed: 'file:///x'}]",
        "publications: [{unit: a, quota: 5, page: 'http://a/'}]",
        "hots: []",
    ],
)
def test_what_is_wrong_in_the_configuration_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"sources\.yaml"):
        read_sources(tmp_path)


def test_on_the_first_the_whole_month_before_is_counted() -> None:
    assert month_to_check(day("2023-04-01")) == Period.parse(MARCH)
    assert month_to_check(day("2023-04-02")).code == "2023-M04"
