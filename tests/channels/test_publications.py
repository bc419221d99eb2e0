"""What a column shows: each piece once, on its day, in whatever encoding; a hostile feed is no way into our machine."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.channels import ChannelError
from plan_lifecycle.channels.publications import Item, Listed, feed_items, identity_of, page_items
from plan_lifecycle.domain.clock import LOCAL

NOW = datetime(2023, 6, 7, 6, 0, tzinfo=LOCAL)
BASE = "https://binhan.example.vn/cchc/rss"
DAY = date(2023, 6, 5)
WHEN = "Mon, 05 Jun 2023 08:00:00 +0700"


def rss(*items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f"{head}<rss version='2.0'><channel><title>CCHC</title>{''.join(items)}</channel></rss>".encode()


def piece(link: str = "/tin/1", title: str = "Bộ phận một cửa", guid: str = "", when: str = WHEN) -> str:
    named = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return f"<item><title>{title}</title><link>{link}</link>{named}<pubDate>{when}</pubDate></item>"


def feed(data: bytes, content_type: str = "application/rss+xml") -> list[Item]:
    return feed_items(data, BASE, NOW, content_type).items


def page(body: str | bytes, content_type: str = "text/html", items: str = "li", next_: str | None = None) -> Listed:
    data = body if isinstance(body, bytes) else body.encode()
    return page_items(data, BASE, NOW, content_type, items=items, link="a", date_=".ngay", next_=next_)


def row(link: str = "/tin/1", when: str = "Thứ Hai, 05/06/2023 14:30") -> str:
    return f"<li><a href='{link}'>Cải cách hành chính</a><span class=ngay>{when}</span></li>"


def test_a_piece_comes_with_link_title_and_day() -> None:
    (found,) = feed(rss(piece()))
    assert found == Item("https://binhan.example.vn/tin/1", "Bộ phận một cửa", DAY)


@pytest.mark.parametrize(
    "when", ["Mon, 05 Jun 2023 23:30:00", "05/06/2023 14:30", "2023-06-05T23:30:00", "Thứ Hai, 05/06/2023"]
)
def test_a_day_without_zone_is_local(when: str) -> None:
    (found,) = feed(rss(piece(when=when)))
    assert found.day == DAY


def test_a_piece_that_names_no_day_has_none() -> None:
    assert [each.day for each in feed(rss(piece(when="")))] == [None]


@pytest.mark.parametrize(
    "other",
    [
        "/tin/1#top",
        "/tin/1?utm_source=zalo&utm_medium=x",
        "/tin/1?fbclid=abc",
        "/tin/1/",
        "/tin/1;jsessionid=0F3A",
        "http://binhan.example.vn/tin/1",
        "https://www.binhan.example.vn/tin/1",
        "https://BinhAn.example.vn:443/tin/1",
        "//binhan.example.vn/tin/1",
    ],
)
def test_one_address_in_two_spellings_is_one_piece(other: str) -> None:
    assert len(feed(rss(piece("/tin/1"), piece(other)))) == 1


@pytest.mark.parametrize("other", ["/tin/2", "/tin/1?id=2", "/tin/1#!/2", "/TIN/1", "/tin/1?trang=2"])
def test_another_address_is_another_piece(other: str) -> None:
    assert len(feed(rss(piece("/tin/1"), piece(other)))) == 2


def test_an_address_is_the_same_however_its_letters_are_escaped() -> None:
    spellings = ("/tin-bài", "/tin-b%C3%A0i", "/tin-b%c3%a0i", "/tin-ba\u0300i")
    assert len({identity_of(f"https://binhan.example.vn{each}") for each in spellings}) == 1
    assert identity_of("https://a.vn/?a=1&b=2") == identity_of("https://a.vn/?b=2&a=1")


def test_what_the_feed_names_alike_is_one_piece() -> None:
    found = feed(rss(piece("/tin/1-cu", "Cũ", "g1"), piece("/tin/1-moi", "Mới", "g1"), piece("/tin/2", "Hai", "g2")))
    assert [(each.link[-4:], each.guid) for each in found] == [("1-cu", "g1"), ("in/2", "g2")]


def test_a_name_that_all_pieces_bear_names_none() -> None:
    found = feed(rss(*(piece(f"/tin/{number}", f"Tin {number}", "https://binhan.example.vn") for number in range(5))))
    assert [each.guid for each in found] == [None] * 5


def test_of_two_spellings_the_one_with_a_day_is_kept() -> None:
    (found,) = feed(rss(piece(when=""), piece("/tin/1#top")))
    assert found.day == DAY


def test_atom_is_read_by_its_day_of_publication() -> None:
    entry = (
        "<entry><title>Tin</title><link rel='alternate' href='/tin/1'/><id>urn:1</id>"
        "<updated>2023-07-01T08:00:00+07:00</updated><published>2023-06-04T17:30:00Z</published></entry>"
    )
    more = "<link rel='next' href='?trang=2'/>"
    listed = feed_items(f"<feed xmlns='http://www.w3.org/2005/Atom'>{more}{entry}</feed>".encode(), BASE, NOW)
    assert listed.items == [Item("https://binhan.example.vn/tin/1", "Tin", DAY, "urn:1")]
    assert listed.next == f"{BASE}?trang=2"


def test_dublin_core_and_rdf_are_read() -> None:
    data = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel/><item><title>Tin</title><link>/tin/1</link>"
        "<dc:date>2023-06-05T08:00+07:00</dc:date></item></rdf:RDF>"
    )
    assert [each.day for each in feed(data.encode())] == [DAY]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("windows-1258", "windows-1258"), ("utf-16", "UTF-16"), ("utf-8-sig", "UTF-8"), ("utf-16", None), ("utf-8", None)],
)
def test_a_feed_is_read_in_its_own_encoding(encoding: str, declared: str | None) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    text = rss(piece(title="Cải cách"), head=head).decode()
    (found,) = feed(_vietnamese(text, encoding), "text/xml")
    assert (found.title, found.day) == ("Cải cách", DAY)


@pytest.mark.parametrize(
    ("encoding", "meta", "header"),
    [
        ("windows-1258", "<meta charset=windows-1258>", "text/html"),
        ("windows-1258", "", "text/html; charset=windows-1258"),
        ("windows-1258", "", "text/html"),
        ("utf-16", "", "text/html"),
        ("utf-8", "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>", "text/html"),
        ("utf-8", "", "text/html; charset=none-such"),
        ("utf-8-sig", "<meta charset=iso-8859-1>", "text/html"),
        ("utf-8", '<?xml version="1.0" encoding="utf-8"?>', "application/xhtml+xml"),
    ],
)
def test_a_page_is_read_in_its_own_encoding(encoding: str, meta: str, header: str) -> None:
    (found,) = page(_vietnamese(f"{meta}<ul>{row()}</ul>", encoding), header).items
    assert (found.title, found.day) == ("Cải cách hành chính", DAY)


def _vietnamese(text: str, encoding: str) -> bytes:
    """Windows-1258 writes most accents as signs of their own."""
    if encoding != "windows-1258":
        return text.encode(encoding)
    import unicodedata

    def letter(sign: str) -> bytes:
        try:
            return sign.encode("cp1258")
        except UnicodeError:
            whole = unicodedata.normalize("NFD", sign)
            base = unicodedata.normalize(
                "NFC", "".join(each for each in whole if each not in "\u0300\u0301\u0303\u0309\u0323")
            )
            return (base + "".join(each for each in whole if each in "\u0300\u0301\u0303\u0309\u0323")).encode("cp1258")

    return b"".join(map(letter, text))


def test_a_list_in_a_page() -> None:
    listed = page(
        f"<ul>{row()}{row('tin/2', 'Hôm qua')}{row('', '05/06/2023')}</ul><a class=sau href='?trang=2'>»</a>",
        next_="a.sau",
    )
    assert listed.items == [
        Item("https://binhan.example.vn/tin/1", "Cải cách hành chính", DAY),
        Item("https://binhan.example.vn/cchc/tin/2", "Cải cách hành chính", date(2023, 6, 6)),
    ]
    assert listed.next == f"{BASE}?trang=2"


def test_a_day_may_stand_in_an_attribute_for_machines() -> None:
    body = "<li><a href=/tin/1>Tin</a><span class=ngay><time datetime='2023-06-04T18:00:00Z'>3 ngày</time></span></li>"
    assert [each.day for each in page(body).items] == [DAY]


def test_the_row_itself_may_be_the_link() -> None:
    body = "<a class=tin href=/tin/1><b>Tin</b><i class=ngay>05/06/2023</i></a>"
    assert [each.link for each in page(body, items="a.tin").items] == ["https://binhan.example.vn/tin/1"]


def test_links_count_from_the_pages_own_base() -> None:
    (found,) = page(f"<base href='https://binhan.example.vn/vi/'><ul>{row('tin/1')}</ul>").items
    assert found.link == "https://binhan.example.vn/vi/tin/1"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "mailto:a@b.vn", "#", "", "http://[::1", "data:text/html,x", "http://a:99999/"]
)
def test_what_leads_nowhere_is_no_piece(href: str) -> None:
    assert page(f"<ul>{row(href)}</ul>").items == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "binhan"),
        (b"<p>B\xe1\xba\xa3o tr\xc3\xac</p>", "found no list 'li'"),
        (b"\0\0\0", "binhan"),
        (b"\xff\xfe", "binhan"),
    ],
)
def test_a_page_without_its_list_is_told(body: bytes, told: str) -> None:
    with pytest.raises(ChannelError, match=told):
        page(body)


@pytest.mark.parametrize(
    "body", [b"", b"<html>B\xe1\xba\xa3o tr\xc3\xac</html>", b"{}", b"\0" * 100, b"<rss", b"PK\x03\x04"]
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(ChannelError, match="no RSS or Atom"):
        feed(body)


def test_a_feed_without_pieces_is_none_short_of_a_feed() -> None:
    assert feed(rss()) == []


def test_an_answer_is_never_the_name_of_a_file_of_ours(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss(piece()))
    with pytest.raises(ChannelError, match="no RSS or Atom"):
        feed(str(secret).encode())


@pytest.mark.parametrize("kind", ["SYSTEM 'file:///etc/hostname'", "SYSTEM 'http://127.0.0.1:1/x'"])
def test_a_feed_reads_no_file_of_ours(kind: str) -> None:
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x {kind}>]>'
    (found,) = feed(rss(piece(title="A&amp;x;&x;B"), head=head))
    hostname = Path("/etc/hostname")
    assert not hostname.exists() or hostname.read_text(encoding="utf-8").strip() not in found.title


def unfolding(depth: int) -> bytes:
    """A feed whose title unfolds to ten to the power of ``depth`` words."""
    many = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, depth + 1))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x0 "tin bài">{many}]>'
    return rss(piece(title=f"&x{depth};"), head=head)


def test_entities_that_unfold_without_end_do_not() -> None:
    feed(rss(piece()))
    tracemalloc.start()
    found = feed(unfolding(11))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 1
    assert growth(feed, unfolding(8), unfolding(11)) < LINEAR
    assert most < 100_000_000


@pytest.mark.parametrize(
    ("head", "piece", "count"),
    [
        (b"<rss version='2.0'>", b"<a>", 20_000),
        (b"", b"<ul>", 20_000),
        (b"", b"<![CDATA[", 20_000),
        (b"", b"<", 200_000),
    ],
)
@pytest.mark.parametrize("read", [feed, page])
def test_what_is_nested_without_end_is_read_in_time(
    read: Callable[[bytes], object], head: bytes, piece: bytes, count: int
) -> None:
    def read_or_refuse(data: bytes) -> None:
        with suppress(ChannelError):
            read(data)

    assert growth(read_or_refuse, head + piece * (count // TIMES), head + piece * count) < LINEAR
