"""The keys that the trail is sealed with: secrets of their own, in the environment and never in the database.

The newest key seals; those before it are kept to verify what they sealed. A row names its key by an id that is made of
the secret and gives nothing of it away.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from sqlalchemy import Connection

from plan_lifecycle.domain.errors import InputError

SHORTEST_SECRET = 32
FIELD = "PLAN_LIFECYCLE_TRAIL_SECRET"
OPTION = "plan_lifecycle_seal"
"""The option of a connection that holds the keys: every act is sealed, whichever verb appends it."""


class SealKeys:
    """The key that seals, and all that verify."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """``secrets``: the one that seals first, then those of before. Raises InputError where one is too short."""
        if not secrets or any(len(secret) < SHORTEST_SECRET for secret in secrets):
            vi = f"Khóa niêm phong nhật ký ({FIELD}) phải có tối thiểu {SHORTEST_SECRET} ký tự."
            raise InputError(f"a secret of at least {SHORTEST_SECRET} characters", field=FIELD, vi=vi)
        self._keys = {_digest(secret, "id")[:8]: _digest(secret, "key").encode() for secret in secrets}
        self.newest = next(iter(self._keys))

    def knows(self, key_id: str) -> bool:
        """Whether the secret behind this id is here."""
        return key_id in self._keys

    def seal(self, key_id: str, text: str) -> str:
        """The keyed digest of a row: 64 hexadecimal digits."""
        return hmac.new(self._keys[key_id], text.encode(), hashlib.sha256).hexdigest()


def keys_of(connection: Connection) -> SealKeys | None:
    """The keys that the store was opened with; None without a key."""
    found: SealKeys | None = connection.get_execution_options().get(OPTION)
    return found


def _digest(secret: str, purpose: str) -> str:
    return hmac.new(secret.encode(), f"plan-lifecycle trail {purpose}".encode(), hashlib.sha256).hexdigest()
