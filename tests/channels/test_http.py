"""The endpoint that is asked: trusted for what it says of units, not for where it sends us nor for what it serves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests.channels.endpoint import DATA, NOW, Answer, Server, asked, entry, fault, listing, plain, refused, served
from tests.factories import day

from plan_lifecycle.channels import ChannelError, ChannelFault
from plan_lifecycle.channels import http as module
from plan_lifecycle.channels.http import HttpChannel
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.submission import Arrival
from plan_lifecycle.simulation.endpoint import Endpoint, Entry

pytestmark = pytest.mark.enable_socket


def test_an_entry_comes_with_its_file_and_what_it_claims() -> None:
    (came,) = asked(Server(list=listing(entry()), file=plain()))
    assert isinstance(came, Arrival)
    assert (came.channel, came.key, came.data, came.file_name) == ("http", "e-1", DATA, "bao-cao.xlsx")
    assert (came.unit_id, came.item, came.period) == ("bb-binh-an", "report", "2023-H1")
    assert came.received_at == day("2023-02-19")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-02-19T01:00:00Z", day("2023-02-19")),
        ("2023-02-19T08:00:00", day("2023-02-19")),
        ("2023-02-19", datetime(2023, 2, 19, tzinfo=LOCAL)),
    ],
)
def test_a_moment_may_be_written_with_or_without_zone(text: str, moment: datetime) -> None:
    (came,) = asked(Server(list=listing(entry(received_at=text)), file=plain()))
    assert isinstance(came, Arrival)
    assert came.received_at == moment


def test_a_number_may_be_the_key() -> None:
    (came,) = asked(Server(list=listing(entry(id=17)), file=plain()))
    assert isinstance(came, Arrival)
    assert came.key == "17"


def test_what_is_known_is_not_fetched_again() -> None:
    server = Server(list=listing(entry()), file=plain())
    assert asked(server, known=frozenset({"e-1"})) == []
    assert len(server.asked) == 1


def test_it_asks_since_the_moment_it_is_given() -> None:
    server = Server(list=listing())
    asked(server, since=day("2023-02-01"))
    assert server.asked[0][0] == "/api/submissions?since=2023-02-01T08%3A00%3A00%2B07%3A00"


def test_what_is_dated_after_now_is_not_there_yet() -> None:
    assert asked(Server(list=listing(entry(received_at=(NOW + timedelta(seconds=1)).isoformat())), file=plain())) == []


def test_the_token_goes_with_every_request() -> None:
    server = Server(list=listing(entry()), file=plain())
    asked(server, token="bí mật".encode().hex())
    assert {authorization for _, authorization in server.asked} == {f"Bearer {'bí mật'.encode().hex()}"}


def test_an_endpoint_that_is_down_is_told() -> None:
    with served(Server()) as url:
        pass
    with pytest.raises(ChannelError, match="submissions"):
        list(HttpChannel(url, retries=0).arrivals(now=NOW, since=None, known=()))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (plain(b"", 404), "status 404"),
        (plain(b"", 500), "status 500"),
        ((302, {"Location": "/elsewhere"}, b""), "status 302"),
        ((200, {"Content-Type": "text/html"}, b"<html>"), "'text/html', expected application/json"),
        ((200, {"Content-Type": "application/json"}, b"[{"), "Expecting"),
        ((200, {"Content-Type": "application/json"}, b"\xff\xfe["), "submissions"),
        ((200, {"Content-Type": "application/json"}, b'{"items": []}'), "found dict, expected a list"),
        ((200, {"Content-Type": "application/json"}, b"[" * 100_000), "submissions"),
    ],
    ids=["missing", "broken", "redirect", "a page", "half a list", "no text", "no list", "too deep"],
)
def test_a_list_that_is_none_is_an_error_of_the_channel(answer: Answer, told: str) -> None:
    assert told in refused(Server(list=answer))


def test_a_list_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LIST", 100)
    assert "more than 100 bytes" in refused(Server(list=listing(*[entry()] * 5)))


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("a text", "entry 1: found str"),
        (entry(unit=None), "field 'unit': found None"),
        (entry(unit=["bb"]), "field 'unit'"),
        (entry(id=True), "field 'id': found True"),
        (entry(received_at="hôm qua"), "field 'received_at'"),
        (entry(received_at="0001-01-01T00:00:00+23:00"), "field 'received_at'"),
        (entry(filename="a\0.xlsx"), "field 'filename'"),
        (entry(filename="\ud800.xlsx"), "field 'filename'"),
        (entry(period="2" * 2000), "field 'period'"),
    ],
    ids=[
        "no object",
        "missing",
        "a list",
        "a truth value",
        "no moment",
        "no such moment",
        "NUL",
        "half a sign",
        "too long",
    ],
)
def test_a_bad_entry_is_told_and_the_others_come(bad: object, told: str) -> None:
    first, second = asked(Server(list=listing(bad, entry(id="e-2")), file=plain()))
    assert isinstance(first, ChannelFault)
    assert told in first.reason
    assert isinstance(second, Arrival)


def test_a_file_without_the_promised_digest_is_not_taken() -> None:
    assert "found SHA-256" in fault(Server(list=listing(entry()), file=plain(b"something else")))


def test_a_digest_in_capitals_is_the_same() -> None:
    (came,) = asked(Server(list=listing(entry(sha256=hashlib.sha256(DATA).hexdigest().upper())), file=plain()))
    assert isinstance(came, Arrival)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest",
        "//elsewhere.example.vn/a",
        "https://127.0.0.1/a",
        "file:///etc/passwd",
        "http://127.0.0.1@elsewhere.example.vn/",
        "http://[::1",
    ],
)
def test_a_file_elsewhere_is_not_fetched(url: str) -> None:
    server = Server(list=listing(entry(url=url)), file=plain())
    assert "expected an address on" in fault(server)
    assert len(server.asked) == 1


def test_a_redirect_is_not_followed() -> None:
    server = Server(list=listing(entry()), file=(302, {"Location": "/files/other"}, b""))
    assert "found status 302" in fault(server)
    assert len(server.asked) == 2


def test_a_file_that_is_gone_is_told() -> None:
    assert "found status 404" in fault(Server(list=listing(entry()), file=plain(b"", 404)))


def test_a_file_that_is_too_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILE", 10)
    assert "more than 10 bytes" in fault(Server(list=listing(entry()), file=plain()))


def test_a_compressed_file_is_measured_as_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    monkeypatch.setattr(module, "MAX_FILE", 1000)
    packed = plain(gzip.compress(bytes(1_000_000)), **{"Content-Encoding": "gzip"})
    assert "more than 1000 bytes" in fault(Server(list=listing(entry()), file=packed))


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_passing_weakness_is_tried_again(status: int) -> None:
    weak = plain(b"", status)
    server = Server(list=[weak, listing(entry())], file=[weak, plain()])
    (came,) = asked(server)
    assert isinstance(came, Arrival)
    assert len(server.asked) == 4


def test_a_weakness_that_stays_is_told() -> None:
    assert "503" in refused(Server(list=plain(b"", 503)))


def test_a_file_that_breaks_off_is_told_and_the_others_come() -> None:
    class Broken(Server):
        def answer(self, path: str, authorization: str | None) -> Answer:
            status, headers, body = super().answer(path, authorization)
            if path == "/files/e-1":
                headers = headers | {"Content-Encoding": "gzip"}  # which it is not
            return status, headers, body

    first, second = asked(Broken(list=listing(entry(), entry(id="e-2", url="/files/e-2")), file=plain()))
    assert isinstance(first, ChannelFault)
    assert isinstance(second, Arrival)


def test_the_simulated_endpoint_speaks_the_same_language() -> None:
    with Endpoint() as endpoint:
        endpoint.hand_in(Entry("e-1", "bb-binh-an", "report", "2023-H1", "báo cáo.xlsx", DATA, day("2023-02-19")))
        channel = HttpChannel(endpoint.url)
        ask: Callable[[datetime | None], list[Arrival | ChannelFault]] = lambda since: list(  # noqa: E731
            channel.arrivals(now=NOW, since=since, known=())
        )
        (came,) = ask(None)
        assert isinstance(came, Arrival)
        assert (came.file_name, came.data) == ("báo cáo.xlsx", DATA)
        assert len(ask(day("2023-02-19"))) == 1
        assert ask(day("2023-02-20")) == []


def test_an_endpoint_speaks_for_its_own_units_only() -> None:
    server = Server(list=listing(entry(), entry(id="e-2", unit="bb-hoa-thang")), file=plain())
    with served(server) as url:
        channel = HttpChannel(url, name="http:binh-an", units=["bb-binh-an"])
        first, second = channel.arrivals(now=NOW, since=None, known=())
    assert isinstance(first, Arrival)
    assert first.channel == "http:binh-an"
    assert isinstance(second, ChannelFault)
    assert "'bb-hoa-thang', expected a unit that this endpoint speaks for" in second.reason


def test_an_address_inside_a_network_is_asked_only_where_that_is_allowed() -> None:
    with served(Server(list=listing())) as url, pytest.raises(ChannelError, match="expected a public one"):
        list(HttpChannel(url, private=False).arrivals(now=NOW, since=None, known=()))
