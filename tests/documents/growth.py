"""How much longer something takes when its input is longer: a ratio of two of its own times, never a time."""

from __future__ import annotations

import time
from collections.abc import Callable


def ratio(work: Callable[[str], object], piece: str, short: int, times: int = 4) -> float:
    """How many times longer ``work`` takes on ``times`` as many characters of repeated ``piece``; the best of tries."""

    def best(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        tries = []
        for _ in range(7):
            begin = time.process_time()
            for _ in range(10):
                work(text)
            tries.append(time.process_time() - begin)
        return min(tries)

    return best(short * times) / max(best(short), 1e-6)
