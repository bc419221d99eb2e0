"""Fetching from servers that never come to an end, are too large, or speak no HTTP."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from pathlib import Path

import pytest
from tests.channels.web import HEAD, HOST, Script, Talk, get, pieces, says, serving, why
from tests.mail.tls import certificate

from plan_lifecycle.channels.fetch import Allowed

pytestmark = pytest.mark.enable_socket


def _silent(talk: Talk) -> None:
    talk.over.wait(240)


def _drips_its_head(talk: Talk) -> None:
    talk.send(*pieces(HEAD + b"X: " + b"x" * 60_000), every=0.02)


def _drips_its_body(talk: Talk) -> None:
    talk.send(HEAD + b"Content-Length: 60000\r\n\r\n", *pieces(b"x" * 60_000), every=0.02)


def _drips_without_length(talk: Talk) -> None:
    talk.send(HEAD + b"\r\n", *pieces(b"x" * 60_000), every=0.02)


def _drips_chunks(talk: Talk) -> None:
    talk.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *([b"1\r\nx\r\n"] * 10_000), every=0.02)


@pytest.mark.parametrize("script", [_silent, _drips_its_head, _drips_its_body, _drips_without_length, _drips_chunks])
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "tls"])
def test_who_never_comes_to_an_end_is_left_in_time(script: Script, secure: bool, tmp_path: Path) -> None:
    tls, authority = certificate(tmp_path) if secure else (None, None)
    allowed = Allowed((HOST,), private=True, ca_file=authority)
    with serving(script, tls=tls) as server:
        assert "no end after 1 seconds" in why(server.url, allowed, seconds=0.6)
        assert server.done == []


def _endless(talk: Talk) -> None:
    talk.send(HEAD + b"\r\n", *([b"x" * 65_536] * 2000))


def _endless_chunks(talk: Talk) -> None:
    talk.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *([b"10000\r\n" + b"x" * 65_536 + b"\r\n"] * 2000))


def _packed(talk: Talk) -> None:
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    talk.answer(data, Content_Encoding="gzip")


@pytest.mark.parametrize("script", [_endless, _endless_chunks, _packed])
def test_who_is_too_large_is_not_read_to_the_end(script: Script) -> None:
    with serving(script) as server:
        with serving(says(b"warm")) as warm:
            get(warm.url)
        tracemalloc.start()
        assert "more than 1000000 bytes" in why(server.url)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 40_000_000


def test_what_was_packed_twice_is_refused() -> None:
    twice = gzip.compress(gzip.compress(bytes(10_000_000)))
    with serving(says(twice, Content_Encoding="gzip, gzip")) as server:
        assert "'gzip, gzip'" in why(server.url)


def test_what_is_packed_comes_unpacked() -> None:
    with serving(says(gzip.compress("tin, bài".encode()), Content_Encoding="gzip")) as server:
        assert get(server.url).body == "tin, bài".encode()


def test_what_says_that_it_is_packed_and_is_not_is_told() -> None:
    with serving(says(b"not packed", Content_Encoding="gzip")) as server:
        assert "gzip" in why(server.url)


def test_a_length_that_promises_more_than_comes_is_told() -> None:
    with serving(lambda talk: talk.send(HEAD + b"Content-Length: 100\r\n\r\nhalf")) as server:
        assert "4 bytes read" in why(server.url)


def test_a_length_that_promises_less_ends_there() -> None:
    with serving(lambda talk: talk.send(HEAD + b"Content-Length: 4\r\n\r\nhalf of it")) as server:
        assert get(server.url).body == b"half"


@pytest.mark.parametrize(
    "head",
    [
        b"rubbish\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nabcde",
        HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
        HEAD + b"".join(b"X-%d: x\r\n" % number for number in range(1000)) + b"\r\n",
    ],
    ids=["rubbish", "no status", "two lengths", "a long header", "many headers"],
)
def test_what_is_no_answer_is_told(head: bytes) -> None:
    with serving(lambda talk: talk.send(head)) as server:
        assert why(server.url)
