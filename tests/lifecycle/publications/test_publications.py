"""Counting published items from a real server: the month's, each once, with links; unreachable is not zero."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from tests.channels.web import HOST
from tests.factories import (
    BINH_AN,
    DISTRICT,
    HOA_THANG,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    plan_file,
)
from tests.lifecycle.publications.columns import MARCH, Site, column, counted, march, rest_on, rss, sources

from plan_lifecycle.documents.drafts import ActivityRow
from plan_lifecycle.domain.act import ActSubject
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.publications import check_publications
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store.audit import acts
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.figures import figures
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import audit
from plan_lifecycle.store.tables import plan as plan_table

pytestmark = pytest.mark.enable_socket


def test_a_month_whose_quota_is_reached_is_met_with_links_as_evidence(office: Office, site: Site) -> None:
    found = counted(office, site.show("/rss", march(6)))
    assert (found.count, found.met, len(found.links)) == (6, True, 6)
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    assert (owed.state, str(owed.due_on)) == (ObligationState.MET, "2023-03-31")
    with office.store.read() as connection:
        (sent,) = versions(connection, owed.id)
        by_code = {each.code: each for each in office.rules.profile_of().of_year(2023)}
        (figure,) = figures(connection, [sent.id], by_code)[sent.id]
        acts = [row.act for row in connection.execute(select(audit.c.act))]
    assert (figure.indicator, figure.value, acts) == ("news_items", 6, ["count"])
    assert f"{site.url}/tin/0" in figure.evidence


def test_counting_again_adds_nothing_and_more_items_add_a_version(office: Office, site: Site) -> None:
    for count in (2, 2, 5, 5):
        counted(office, site.show("/rss", march(count)))
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    with office.store.read() as connection:
        assert len(versions(connection, owed.id)) == 2
    assert owed.state is ObligationState.MET


def test_what_was_counted_is_kept_in_a_spelling_that_never_changes_for_a_count_is_known_by_its_bytes(
    office: Office, site: Site
) -> None:
    counted(office, site.show("/rss", march(1)))
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    with office.store.read() as connection:
        (sent,) = versions(connection, owed.id)
    shown = {"ngày": "2023-03-01", "tên": "Tin", "địa chỉ": f"{site.url}/tin/0"}
    kept = json.dumps({"kỳ": MARCH, "tin, bài": [shown]}, ensure_ascii=False, indent=2)
    assert office.store.blobs.get(sent.blob).decode() == kept


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


def test_the_quota_is_the_plans_where_the_configuration_names_none(office: Office, site: Site) -> None:
    task = ActivityRow("1", "Đăng ít nhất 03 tin, bài/tháng", "UBND xã", "", "Thường xuyên", "Tin, bài")
    rest_on(office, plan_file(DISTRICT, number="15", activities=(task,)))
    found = counted(office, site.show("/rss", march(3)), quota=None)
    assert (found.quota, found.met) == (3, True)
    assert "03 tin, bài/tháng" in obligation_of(office.store, item=Item.QUOTA, period=MARCH).clause


def test_a_task_of_every_month_may_name_the_quota(office: Office, site: Site) -> None:
    rest_on(office, district_plan())
    assert counted(office, site.show("/rss", march(3)), quota=None).quota == 5


def test_a_plan_that_names_several_quotas_leaves_it_to_a_person(office: Office, site: Site) -> None:
    rows = tuple(
        ActivityRow(f"{number}", f"Đăng ít nhất 0{number} tin, bài/tháng", "UBND xã", "", "Thường xuyên", "Tin, bài")
        for number in (3, 5)
    )
    rest_on(office, plan_file(DISTRICT, number="15", activities=rows))
    found = counted(office, site.show("/rss", march(3)), quota=None)
    assert (found.quota, found.count, found.met, found.obligation) == (None, 3, None, None)
    assert found.reached
    assert "chưa rõ chỉ tiêu" in (found.why or "")
    assert counted(office, site.show("/rss", march(3)), quota=3).met


def test_a_list_is_followed_until_it_lies_before_the_month(office: Office, site: Site) -> None:
    def page(days: list[str], further: str) -> str:
        rows = "".join(f"<li><a href='/{day_}'>Tin</a><i>{day_}</i></li>" for day_ in days)
        return f"<ul>{rows}</ul><a class=sau href='{further}'>Trang sau</a>"

    site.show("/1", page(["20/03/2023", "19/03/2023"], "/2"))
    site.show("/2", page(["02/03/2023", "27/02/2023"], "/3"))
    site.show("/3", page(["20/02/2023"], "/4"))
    listed = {"unit": BINH_AN.id, "quota": 3, "page": f"{site.url}/1", "items": "li", "date": "i", "next": "a.sau"}
    (found,) = check_publications(office, sources(listed), day("2023-03-25"))
    assert (found.count, found.met, found.reached) == (3, True, True)
    assert [path for path, _ in site.asked] == ["/1", "/2", "/3"]


def test_a_list_that_leads_back_to_itself_comes_to_an_end(office: Office, site: Site) -> None:
    site.show("/1", "<ul><li><a href='/a'>Tin</a><i>20/03/2023</i></li></ul><a class=sau href='/1?'>Sau</a>")
    site.show("/1?", "<ul><li><a href='/a'>Tin</a><i>20/03/2023</i></li></ul><a class=sau href='/1?'>Sau</a>")
    listed = {"unit": BINH_AN.id, "quota": 3, "page": f"{site.url}/1", "items": "li", "date": "i", "next": "a.sau"}
    (found,) = check_publications(office, sources(listed), day("2023-03-25"))
    assert found.count == 1
    assert len(site.asked) <= 3


def test_a_feed_that_has_not_changed_is_not_fetched_and_what_stood_there_still_does(office: Office, site: Site) -> None:
    site.show("/rss", march(3), ETag='"v1"')
    check_publications(office, sources(column(site)), day("2023-03-20"))
    site.pages["/rss"] = (304, {"ETag": '"v1"'}, b"")
    for on in ("2023-03-21", "2023-03-22"):
        (found,) = check_publications(office, sources(column(site)), day(on))
        assert (found.count, found.gone, found.reached) == (3, (), True)
    assert [tag for _, tag in site.asked] == [None, '"v1"', '"v1"']


def test_a_unit_that_owes_nothing_is_counted_and_not_charged(store: Store, site: Site) -> None:
    fill(store)
    found = counted(make_office(store), site.show("/rss", march(2)))
    assert (found.count, found.met, found.obligation) == (2, False, None)


def test_a_unit_that_is_not_known_is_told(office: Office, site: Site) -> None:
    found = counted(office, site.show("/rss", march(2)), unit="bb-khong-co")
    assert (found.count, found.why) == (None, "chưa có đơn vị này")
    assert site.asked == []


def test_a_quota_is_not_mixed_with_plans_and_reports(office: Office, site: Site) -> None:
    counted(office, site.show("/rss", march(6)))
    with office.store.read() as connection:
        (abstract,) = connection.execute(select(plan_table.c.abstract)).scalars()
        keys = [("bb", "sub_plan", "2023", abstract), ("bb", "quota", MARCH, abstract)]
        counts = obligation_rows.counts(connection, keys)
    assert counts == dict(zip(keys, [(0, 2), (1, 1)], strict=True))


def test_two_runs_at_once_count_once(office: Office, site: Site) -> None:
    site.show("/rss", march(5))
    asked = sources(column(site), column(site) | {"unit": HOA_THANG.id})
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: check_publications(office, asked, day("2023-03-20")), range(4)))
    assert all([(each.count, each.met) for each in found] == [(5, True), (5, True)] for found in runs)
    owed = obligation_of(office.store, item=Item.QUOTA, period=MARCH)
    with office.store.read() as connection:
        assert len(versions(connection, owed.id)) == 1
        assert len(publication_rows.month_items(connection, BINH_AN.id, MARCH)) == 5
        assert len(list(acts(connection, ActSubject.OBLIGATION, owed.id))) == 1
