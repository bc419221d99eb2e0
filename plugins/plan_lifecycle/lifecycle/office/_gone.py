"""Kept bytes that are let go: the words that stand in the place of a letter's, and the files themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage
from functools import lru_cache

from plan_lifecycle.store import retention as rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.engine import Store

WORDS = "Nội dung thư này đã được hủy theo thời hạn lưu giữ; nơi nhận, mục đích và thời điểm gửi còn được lưu."


def words_for_gone(store: Store) -> str:
    """The digest of the words that stand in the place of a letter's; they are kept with the first call."""
    return store.blobs.put(_words())


def digest_for_gone() -> str:
    """The same digest, where nothing is to be written."""
    return hashlib.sha256(_words()).hexdigest()


def let_bytes_go(store: Store, connection: Connection, digests: Sequence[str]) -> int:
    """Remove the bytes that no row names any more, from the quarantine, too; return how many. Raises BlobError."""
    left = rows.named_by_none(connection, digests)
    for digest in sorted(left):
        store.blobs.remove(digest)
        store.quarantine.remove(digest)
    return len(left)


@lru_cache(maxsize=1)
def _words() -> bytes:
    said = EmailMessage(policy.SMTP)
    said.set_content(WORDS + "\n", cte="base64")
    return said.as_bytes()
