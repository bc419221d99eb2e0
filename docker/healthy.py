#!/usr/bin/env -S python -I -S
"""Whether a server answers: ``healthy HOST:PORT PATH [PART]``; exit code 0 says yes.

With a PART, such as ``dag_processor``, the answer is Airflow's and that part of it must be healthy. It is asked every
half minute in every container, so it imports next to nothing: 15 ms, where ``airflow jobs check`` takes five seconds.
"""

import socket
import sys

WITHIN = 8.0


def main(place: str, path: str, part: str = "") -> int:
    """Ask once."""
    host, _, port = place.rpartition(":")
    with socket.create_connection((host, int(port)), WITHIN) as asked:
        asked.settimeout(WITHIN)
        asked.sendall(f"GET {path} HTTP/1.0\r\nHost: {place}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: asked.recv(65536), b"")).decode(errors="replace")
    head, _, body = answer.partition("\r\n\r\n")
    status = head.split(" ", 2)[1]
    if not status.startswith("2"):
        return _no(f"{place}{path}: status {status}")
    if not part:
        return 0
    import json

    found = (json.loads(body).get(part) or {}).get("status")
    return 0 if found == "healthy" else _no(f"{part}: {found}")


def _no(why: str) -> int:
    sys.stdout.write(f"{why}\n")
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (OSError, ValueError, IndexError) as error:
        sys.exit(_no(str(error)))
