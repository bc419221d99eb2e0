"""The address that answers come back to: ``cchc+<token>@…``, signed, so an answer finds its letter by itself.

Mail clients drop ``References`` and rewrite subjects, but answer to where they are told. The token holds the letter's
Message-ID and a signature, in small letters and digits, since some servers fold the case of addresses.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32decode, b32encode
from binascii import Error
from collections.abc import Iterable, Iterator

from itsdangerous import Signer

_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@[^<>@\s]+>")
_TOKEN = re.compile(r"(?<![a-z2-7])([a-z2-7]{26})([a-z2-7]{13})(?![a-z2-7])")
_LONGEST_LOCAL = 64
_SIGNATURE_BYTES = 8


class ReplyAddresses:
    """Makes and reads reply tokens. ``secret`` is the office's own; with another one old tokens mean nothing."""

    def __init__(self, secret: str) -> None:
        self._signer = Signer(secret, salt="plan-lifecycle.reply", key_derivation="hmac", digest_method=hashlib.sha256)

    def address(self, mail_from: str, message_id: str) -> str:
        """Where the answer to this letter goes; ``mail_from`` itself where no token can be put in."""
        local, _, domain = mail_from.rpartition("@")
        letter = _MESSAGE_ID.fullmatch(message_id)
        if letter is None:
            return mail_from
        with_token = f"{local}+{self._token(letter[1])}"
        return f"{with_token}@{domain}" if len(with_token) <= _LONGEST_LOCAL else mail_from

    def message_ids(self, texts: Iterable[str], domain: str) -> list[str]:
        """The Message-IDs of the letters that true tokens in these addresses and subjects stand for."""
        found = [f"<{letter}@{domain}>" for text in texts for letter in self._letters_in(text)]
        return list(dict.fromkeys(found))

    def _letters_in(self, text: str) -> Iterator[str]:
        for letter, signature in _TOKEN.findall(text[:2000].lower()):
            try:
                digest = b32decode(letter.upper() + "======").hex()
            except Error:
                continue
            if hmac.compare_digest(signature, self._signature(digest)):
                yield digest

    def _token(self, digest: str) -> str:
        return _base32(bytes.fromhex(digest)) + self._signature(digest)

    def _signature(self, digest: str) -> str:
        made = self._signer.algorithm.get_signature(self._signer.derive_key(), digest.encode())
        return _base32(made[:_SIGNATURE_BYTES])


def _base32(data: bytes) -> str:
    return b32encode(data).decode().rstrip("=").lower()
