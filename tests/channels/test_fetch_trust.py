"""Whom a fetch trusts and whom it asks: certificates, hosts, addresses, redirects."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.channels.web import HOST, Served, get, says, serving, why
from tests.mail.tls import certificate

from plan_lifecycle.channels import ChannelError
from plan_lifecycle.channels.fetch import Allowed, Web

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def resolves(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Let names lead to addresses, one answer after the other; what was asked is returned."""

    def make(*answers: list[str]) -> list[str]:
        asked: list[str] = []
        left = list(answers)

        def resolve(host: str, port: int, *_: object, **__: object) -> list[Any]:
            asked.append(host)
            found = left.pop(0) if len(left) > 1 else left[0]
            families = ((socket.AF_INET6 if ":" in each else socket.AF_INET, each) for each in found)
            return [(family, socket.SOCK_STREAM, 6, "", (each, port)) for family, each in families]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        return asked

    return make


def test_a_certificate_is_checked(tmp_path: Path) -> None:
    tls, authority = certificate(tmp_path)
    with serving(says(b"ok"), tls=tls) as server:
        assert "certificate" in why(server.url).lower()
        assert get(server.url, Allowed((HOST,), private=True, ca_file=authority)).body == b"ok"


def test_a_certificate_is_for_its_host(tmp_path: Path, resolves: Callable[..., list[str]]) -> None:
    tls, authority = certificate(tmp_path)
    resolves([HOST])
    allowed = Allowed(("binhan.example.vn",), private=True, ca_file=authority)
    with serving(says(b"ok"), tls=tls) as server:
        assert "binhan.example.vn" in why(f"https://binhan.example.vn:{server.port}/", allowed)


def test_an_authority_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChannelError, match=r"ca\.pem"):
        Web(Allowed((HOST,), ca_file=tmp_path / "ca.pem"), seconds=1)


def test_nothing_of_the_environment_goes_along(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {HOST} login office password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    for name, value in {
        "NETRC": str(netrc),
        "http_proxy": "http://127.0.0.1:1",
        "ALL_PROXY": "http://127.0.0.1:1",
    }.items():
        monkeypatch.setenv(name, value)
    with serving(says(b"ok")) as server:
        assert get(server.url).body == b"ok"
    assert server.asked[0].header("Authorization") is None
    assert os.environ["http_proxy"]


@pytest.mark.parametrize(
    "url",
    [
        "http://evil.example/rss",
        "http://127.0.0.1@evil.example/",
        "http://evil.example\\@127.0.0.1/",
        f"http://u:p@{HOST}/",
        f"http://@{HOST}/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1/",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "//127.0.0.1/",
        "",
        "http://127.0.0.1.evil.example/",
    ],
)
def test_only_configured_hosts_are_asked(url: str) -> None:
    assert why(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fc00::1]",
        "[fe80::1]",
        "[ff02::1]",
    ],
)
def test_private_addresses_are_refused_however_they_are_spelt(host: str) -> None:
    assert "expected a public one" in why(f"http://{host}/", Allowed((host.strip("[]"),)))


@pytest.mark.parametrize(
    "host",
    [
        *("169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "0.0.0.0", "224.0.0.1"),  # noqa: S104
        *("100.100.100.200", "[::ffff:100.100.100.200]", "168.63.129.16", "192.0.0.192", "[fd00:ec2::254]"),
    ],
)
def test_a_machines_own_metadata_is_never_asked_for(host: str) -> None:
    assert "expected a public one" in why(f"http://{host}/", Allowed((host.strip("[]"),), private=True))


@pytest.mark.parametrize("address", ["203.162.0.11", "2001:ee0::1", "::ffff:203.162.0.11", "64:ff9b::cba2:b"])
def test_public_addresses_are_reached(address: str) -> None:
    assert Allowed(()).reaches(address)


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(resolves: Callable[..., list[str]]) -> None:
    asked = resolves([HOST], ["10.255.255.1"])
    with serving(says(b"ok")) as server:
        found = get(f"http://binhan.example.vn:{server.port}/", Allowed(("binhan.example.vn",), private=True))
        assert server.asked[0].header("Host") == f"binhan.example.vn:{server.port}"
    assert (found.body, asked) == (b"ok", ["binhan.example.vn"])


def test_a_name_that_resolves_inwards_is_refused(resolves: Callable[..., list[str]]) -> None:
    resolves(["203.162.0.11", "127.0.0.1"])
    assert "found the address 127.0.0.1" in why("http://binhan.example.vn/", Allowed(("binhan.example.vn",)))


def test_the_next_address_is_tried(resolves: Callable[..., list[str]]) -> None:
    with serving(says(b"ok")) as server:
        resolves(["127.0.0.9", HOST])
        assert get(f"http://a.example.vn:{server.port}/", Allowed(("a.example.vn",), private=True)).body == b"ok"


def test_a_name_that_does_not_resolve_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert "binhan.example.vn" in why("http://binhan.example.vn/", Allowed(("binhan.example.vn",)))


def test_a_host_may_be_spelt_in_vietnamese_or_in_capitals(resolves: Callable[..., list[str]]) -> None:
    resolves([HOST])
    with serving(says(b"ok")) as server:
        for written, configured in (
            ("BinhAn.example.VN.", "binhan.example.vn"),
            ("bìnhan.vn", "bìnhan.vn".encode("idna").decode()),
        ):
            assert get(f"http://{written}:{server.port}/", Allowed((configured,), private=True)).body == b"ok"


@pytest.fixture
def inner() -> Iterator[Served]:
    with serving(
        lambda talk: talk.answer(b"", 302, Location="/c") if talk.path == "/c" else talk.answer(b"ok")
    ) as server:
        yield server


def test_a_redirect_is_followed_where_it_is_wished(inner: Served) -> None:
    with serving(says(status=301, Location=f"{inner.url}/tin-b%C3%A0i")) as server:
        assert get(server.url, redirects=1) == (b"ok", f"{inner.url}/tin-b%C3%A0i", "", (None, None))
        assert "status 301" in why(server.url)


def test_a_redirect_may_name_its_path_in_vietnamese(inner: Served) -> None:
    with serving(says(status=302, Location="/tin-bài"), says(b"ok")) as server:
        assert get(server.url, redirects=1).body == b"ok"
        assert server.asked[1].path == "/tin-b%C3%A0i"


@pytest.mark.parametrize(
    "to",
    [
        "http://evil.example/",
        "http://169.254.169.254/latest",
        "//evil.example/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://u:p@127.0.0.1/",
        "http://[::1",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(to: str) -> None:
    with serving(says(status=302, Location=to)) as server:
        told = why(server.url, redirects=3)
        assert "of the configuration" in told or "Invalid IPv6" in told
        assert len(server.asked) == 1


def test_a_redirect_without_end_is_left(inner: Served) -> None:
    assert "more than 3 redirects" in why(f"{inner.url}/c", redirects=3)
    assert len(inner.asked) == 4


def test_a_redirect_never_leads_out_of_tls(tmp_path: Path, inner: Served) -> None:
    tls, authority = certificate(tmp_path)
    with serving(says(status=302, Location=inner.url), tls=tls) as server:
        allowed = Allowed((HOST,), private=True, ca_file=authority)
        assert "expected https" in why(server.url, allowed, redirects=3)
    assert inner.asked == []


def test_a_password_in_an_address_is_not_told() -> None:
    assert "secret" not in why(f"http://office:secret@{HOST}/")


def test_tls_is_modern() -> None:
    from plan_lifecycle.channels._guarded import _trust

    assert _trust(None).minimum_version >= ssl.TLSVersion.TLSv1_2
