"""Does an encrypted PDF open without a password? ISO 32000: the empty user password is tried, nothing else.

Offices restrict printing or editing of what they sign; such a file is encrypted, and everyone can read it.
"""

from __future__ import annotations

import hashlib
import re

from plan_lifecycle.documents.gate._pdf_objects import Objects, references, unescape, unhex

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_STRING = rb"\s*(?:\(((?:[^\\)]|\\.){0,400})\)|<([0-9A-Fa-f\s]{0,400})>)"
_IDENTITY = re.compile(rb"/ID\s*\[" + _STRING, re.DOTALL)


def opens_without_password(objects: Objects) -> bool:
    """Whether the empty user password is right; also where the kind of encryption is not known to us."""
    number = references(objects.data[objects.data.rfind(b"/Encrypt") :][:100], b"/Encrypt")
    text = objects.dictionary(number[0]) if number else objects.data[objects.data.rfind(b"/Encrypt") :][:4_000]
    revision = _number(text, b"R")
    user = _string(text, b"U")
    if revision in (2, 3, 4):
        return _by_md5(text, revision, user, objects.data)
    if revision in (5, 6):
        return _by_sha(revision, user)
    return True


def _by_md5(text: bytes, revision: int, user: bytes, data: bytes) -> bool:
    """Algorithms 2, 4 and 5."""
    identity = _IDENTITY.search(data)
    first = _value(identity) if identity else b""
    length = max(min(_number(text, b"Length", 40) // 8, 16), 5) if revision > 2 else 5
    permissions = (_number(text, b"P") & 0xFFFFFFFF).to_bytes(4, "little")
    seed = _PADDING + _string(text, b"O")[:32] + permissions + first
    if revision == 4 and re.search(rb"/EncryptMetadata\s+false", text):
        seed += b"\xff\xff\xff\xff"
    key = hashlib.md5(seed, usedforsecurity=False).digest()
    for _ in range(50 if revision > 2 else 0):
        key = hashlib.md5(key[:length], usedforsecurity=False).digest()
    key = key[:length]
    if revision == 2:
        return _rc4(key, _PADDING) == user[:32]
    check = hashlib.md5(_PADDING + first, usedforsecurity=False).digest()
    for step in range(20):
        check = _rc4(bytes(byte ^ step for byte in key), check)
    return check == user[:16]


def _by_sha(revision: int, user: bytes) -> bool:
    """Algorithm 11; revision 6 hardens the hash by algorithm 2.B."""
    digest = hashlib.sha256(user[32:40]).digest()
    return (_hardened(digest) if revision == 6 else digest) == user[:32]


def _hardened(digest: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    step, last = 0, 0
    while step < 64 or last > step - 32:
        cipher = Cipher(algorithms.AES(digest[:16]), modes.CBC(digest[16:32])).encryptor()
        block = cipher.update(digest * 64)
        kind = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[sum(block[:16]) % 3]
        digest, last = kind(block).digest(), block[-1]
        step += 1
    return digest[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _number(text: bytes, name: bytes, otherwise: int = 0) -> int:
    match = re.search(b"/" + name + rb"\s{1,9}(-?\d{1,12})", text)
    return int(match[1]) if match else otherwise


def _string(text: bytes, name: bytes) -> bytes:
    match = re.search(b"/" + name + _STRING, text, re.DOTALL)
    return _value(match) if match else b""


def _value(match: re.Match[bytes]) -> bytes:
    if match[1] is not None:
        return unescape(match[1])
    return unhex(match[2])
