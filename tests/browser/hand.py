"""A coordinator's hand: it clicks what has a name on the page, as a person would, and counts how often."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

_MOST_TABS = 200
_NAME = """each => {
  const texts = [each.getAttribute("aria-label"), ...Array.from(each.labels || [], (label) => label.textContent)];
  return [each.textContent, ...texts].join(" ");
}"""


@dataclass
class Hand:
    """Works on a page, or on a part of it; every click counts, typing does not."""

    page: Page
    board: str
    where: Any = None
    clicks: list[str] = field(default_factory=list)

    @property
    def on(self) -> Any:
        """Where it looks for things: the part, or the whole page."""
        return self.where or self.page

    def begin(self) -> Hand:
        """Open the board's home, from which every job begins; nothing is clicked yet."""
        self.page.goto(self.board)
        self.clicks.clear()
        return self

    def within(self, part: Locator) -> Hand:
        """The same hand on a part of the page."""
        return Hand(self.page, self.board, part, self.clicks)

    def card(self, text: str, kind: str = "tr, .card, li, section") -> Hand:
        """The same hand on the row or the card that says something, the innermost of them."""
        return self.within(self.on.locator(kind, has_text=text).last)

    def link(self, name: str | re.Pattern[str]) -> Hand:
        """Follow a link."""
        return self._click(
            self.on.get_by_role("link", name=name, exact=isinstance(name, str)).locator("visible=true").first, name
        )

    def press(self, name: str | re.Pattern[str]) -> Hand:
        """Press a button."""
        return self._click(
            self.on.get_by_role("button", name=name, exact=isinstance(name, str)).locator("visible=true").first, name
        )

    def open(self, summary: str) -> Hand:
        """Unfold what is folded."""
        return self._click(self.on.locator("summary", has_text=summary).locator("visible=true").first, summary)

    def tick(self, label: str | re.Pattern[str]) -> Hand:
        """Tick a box or choose one of several."""
        return self._click(self.on.get_by_label(label).first, label)

    def write(self, label: str, text: str) -> Hand:
        """Type into a field."""
        self.on.get_by_label(label).locator("visible=true").first.fill(text)
        return self

    def choose(self, label: str, option: str) -> Hand:
        """Choose from a list."""
        self.on.get_by_label(label).locator("visible=true").first.select_option(option)
        self.clicks.append(option)
        return self

    def give(self, label: str, file: Path) -> Hand:
        """Give a file."""
        self.on.get_by_label(label).first.set_input_files(file)
        self.clicks.append(file.name)
        return self

    def take(self, name: str | re.Pattern[str]) -> Path:
        """Download by a link or a button."""
        found = self.on.get_by_role("link", name=name).or_(self.on.get_by_role("button", name=name)).first
        with self.page.expect_download() as download:
            self._click(found, name)
        return Path(download.value.path())

    def tab_to(self, name: str) -> Hand:
        """Go on by the keyboard until what has this name has the focus, and is seen to have it."""
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            held = self.page.locator(":focus")
            if held.count() and name in held.evaluate(_NAME):
                assert held.evaluate("each => each.matches(':focus-visible')"), f"{name}: nobody sees where one is"
                return self
        raise AssertionError(f"no key leads to {name}")

    def key(self, name: str) -> Hand:
        """Press a key."""
        self.page.keyboard.press(name)
        return self

    def type(self, text: str) -> Hand:
        """Type where one is."""
        self.page.keyboard.type(text)
        return self

    def reads(self, text: str | re.Pattern[str]) -> Hand:
        """See a text on the page."""
        expect(self.where or self.page.locator("main")).to_contain_text(text)
        return self

    def misses(self, text: str) -> Hand:
        """See that a text is not there."""
        expect(self.where or self.page.locator("main")).not_to_contain_text(text)
        return self

    def _click(self, found: Locator, name: object) -> Hand:
        found.click()
        self.clicks.append(str(name))
        return self
