"""Of many readers of one moment a few are served at once, and whoever sends something waits for none of them."""

from __future__ import annotations

import asyncio

from plan_lifecycle.web.board._few_at_once import FewAtOnce


def test_only_so_many_pages_are_made_at_once_and_a_form_waits_for_none() -> None:
    seen: list[tuple[str, int]] = []
    working = {"GET": 0, "POST": 0}

    async def page(scope, _receive, _send):  # type: ignore[no-untyped-def]
        working[scope["method"]] += 1
        seen.append((scope["method"], working[scope["method"]]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        working[scope["method"]] -= 1

    async def all_at_once() -> None:
        app = FewAtOnce(page, most=2)
        scopes = [{"type": "http", "method": method} for method in [*["GET"] * 6, *["POST"] * 3]]
        await asyncio.gather(*(app(scope, None, None) for scope in scopes))  # type: ignore[arg-type]

    asyncio.run(all_at_once())
    assert len(seen) == 9
    assert max(most for method, most in seen if method == "GET") == 2
    assert max(most for method, most in seen if method == "POST") == 3
