"""The units' links: xã Bình An's letter carries an address and a short code that open what it owes, and nothing else.

A link names one obligation and unit, the day it ends and the generation that it was written in; it is signed, so
nothing in it can be changed, and worthless as soon as the generation in the store is another. The short code says the
same to somebody who types: it is a keyed digest of 58 bits, so it holds nothing that could be counted up.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeSerializer
from pydantic import SecretStr

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import OUTSTANDING, Obligation
from plan_lifecycle.store.portal import Scope

SHORTEST_SECRET = 32
LONGEST_TOKEN = 400
OPEN_AFTER = timedelta(days=45)
"""How long a link opens its page after the last day, so that what is late can still be sent and read about."""
CODE_LENGTH = 12
# Without 0 and O, 1, I and L, U and V: no sign of a code is taken for another.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"

Generation = tuple[int, int]
"""How often the links of the unit, and of this obligation, were revoked."""


class Claim(NamedTuple):
    """What a genuine link says; whether it still opens anything is for the store to say."""

    scope: Scope
    expires_on: date
    generation: Generation


class Links:
    """Writes and reads links under ``base``, an address such as https://nop.binhthuan.example.vn."""

    def __init__(self, base: str, secret: SecretStr) -> None:
        """Raises InputError where the secret is too short to be one, or the address is none."""
        if len(secret.get_secret_value()) < SHORTEST_SECRET:
            vi = "Chưa đặt khóa ký liên kết (PLAN_LIFECYCLE_LINK_SECRET), tối thiểu 32 ký tự."
            expected = f"a secret of at least {SHORTEST_SECRET} characters"
            raise InputError(expected, field="PLAN_LIFECYCLE_LINK_SECRET", vi=vi)
        if not base.startswith(("https://", "http://")):
            raise InputError("an address https://…", field="PLAN_LIFECYCLE_PORTAL_URL", found=base)
        self.home = base.rstrip("/") + "/"
        self._key = secret.get_secret_value().encode()

    @property
    def secure(self) -> bool:
        """Whether the pages are reached over TLS only."""
        return self.home.startswith("https://")

    @property
    def prefix(self) -> str:
        """The path below which the pages lie, as a browser sees it; empty where they have a host of their own."""
        return urlsplit(self.home).path.rstrip("/")

    @property
    def origin(self) -> str:
        """Scheme and host, as a browser names them where a form comes from."""
        parts = urlsplit(self.home.lower())
        return f"{parts.scheme}://{parts.netloc.removesuffix(':443' if self.secure else ':80')}"

    def signer(self, purpose: str) -> URLSafeSerializer:
        """What signs for one purpose; nothing signed for one passes for another."""
        return URLSafeSerializer(
            self._key, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        )

    def digest(self, purpose: str, text: str) -> bytes:
        """A keyed digest, 32 bytes."""
        return hmac.digest(self._key, f"{purpose}\0{text}".encode(), "sha256")

    def address(self, scope: Scope, generation: Generation, expires_on: date) -> str:
        """The whole address of a link."""
        token = self.signer("link").dumps([*scope, expires_on.toordinal(), *generation])
        return f"{self.home}n/{token if isinstance(token, str) else token.decode()}"

    def read(self, token: str) -> Claim | None:
        """What a link says; None where it is not one of ours, whatever was done to it."""
        if len(token) > LONGEST_TOKEN:
            return None
        try:
            plan_id, unit_id, item, period, ordinal, of_unit, of_item = self.signer("link").loads(token)
        except (BadData, ValueError, TypeError):
            return None
        return Claim(Scope(plan_id, unit_id, item, period), date.fromordinal(ordinal), (of_unit, of_item))

    def proof(self, text: str) -> str:
        """Words that whoever has the same secret knows for ours (``proves``); they open nothing."""
        token = self.signer("proof").dumps(text)
        return token if isinstance(token, str) else token.decode()

    def proves(self, token: str) -> bool:
        """Whether somebody with our secret wrote it."""
        try:
            self.signer("proof").loads(token[: LONGEST_TOKEN + 1])
        except BadData:
            return False
        return len(token) <= LONGEST_TOKEN

    def code(self, scope: Scope, generation: Generation) -> str:
        """The short code of an obligation: "K7M2-P4QX-TR9H"."""
        text = "\0".join(map(str, (*scope, *generation)))
        number = int.from_bytes(self.digest("code", text)[:16])
        signs = []
        for _ in range(CODE_LENGTH):
            number, sign = divmod(number, len(_ALPHABET))
            signs.append(_ALPHABET[sign])
        return "-".join("".join(signs[start : start + 4]) for start in range(0, CODE_LENGTH, 4))


def normal_code(typed: str) -> str | None:
    """A code as typed, brought to the form of ``Links.code``; None where it cannot be one."""
    if len(typed) > 64:
        return None
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != CODE_LENGTH:
        return None
    return "-".join(signs[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def without_keys(text: str) -> str:
    """A letter's words for others than its reader: whoever has its links or codes could act as the unit."""
    lines = (" ".join(map(_kept_quiet, line.split(" "))) for line in text.splitlines())
    return "\n".join(lines)


def _kept_quiet(word: str) -> str:
    bare = word.strip("()[]<>.,;:!?“”\"'\t")
    if "://" in bare and "/n/" in bare:
        return word.replace(bare, "(đường dẫn riêng của đơn vị)")
    is_code = len(bare) == CODE_LENGTH + 2 and bare == normal_code(bare) and set(bare) <= {*_ALPHABET, "-"}
    return word.replace(bare, "(mã riêng của đơn vị)") if is_code else word


def scope_of(obligation: Obligation) -> Scope:
    """What the obligation's link opens."""
    return Scope(obligation.plan_id, obligation.unit_id, obligation.item.value, obligation.period)


def generation_of(generations: Mapping[str, int], scope: Scope) -> Generation:
    """The generation in which a link is written now."""
    unit, item = scope.subjects
    return generations.get(unit, 0), generations.get(item, 0)


def open_until(due_on: date | None, today: date) -> date:
    """The last day of a link that is written today."""
    return max(due_on or today, today) + OPEN_AFTER


def code_counts(state: str, due_on: date | None, today: date) -> bool:
    """Whether a code still opens its page: as long as something is owed, then as long as a link would."""
    outstanding = state in {awaited.value for awaited in OUTSTANDING}
    return outstanding or due_on is None or today <= due_on + OPEN_AFTER
