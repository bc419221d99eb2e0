"""Parts that were looked at a moment ago, byte for byte, and in which there was nothing to tell.

Styles, theme and settings of ten thousand reports are those of one template: they are looked at once.
"""

from __future__ import annotations

from hashlib import blake2b

MAX_PART = 1 << 18
"""Bytes of a part above which it is looked at each time: what is as large as that is no template's."""
_KEPT = 512


class SameParts:
    """How many nodes the last parts had that are kept here, by their content type and bytes; the oldest makes room."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[str, bytes], int] = {}

    def find(self, content_type: str, data: bytes) -> int | None:
        """The number of nodes; None of a part that is not known."""
        key = _key(content_type, data)
        nodes = self._nodes.pop(key, None)
        if nodes is not None:
            self._nodes[key] = nodes
        return nodes

    def keep(self, content_type: str, data: bytes, nodes: int) -> None:
        """Keep what was found to be clean."""
        while len(self._nodes) >= _KEPT:
            self._nodes.pop(next(iter(self._nodes)), None)
        self._nodes[_key(content_type, data)] = nodes


def _key(content_type: str, data: bytes) -> tuple[str, bytes]:
    return content_type, blake2b(data, digest_size=16).digest()
