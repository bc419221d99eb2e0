"""What every page of the board must look like: rules for everyone, no word in pieces, nothing English, nothing wide."""

from __future__ import annotations

from typing import Any

from tests.web.rules_for_all import broken_rules

ENGLISH = ("Traceback", "None", "undefined", "Internal Server Error", "Not found", "null")


def faults_of(page: Any) -> list[str]:
    """What is wrong with how a page looks, with all that is folded unfolded."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    text = page.locator("body").inner_text()
    words = set(text.replace(",", " ").replace(".", " ").split())
    return [*broken_rules(page), *page.evaluate(_BROKEN_WORDS), *(f"says {each}" for each in ENGLISH if each in words)]


_BROKEN_WORDS = r"""
() => {
  const broken = [], passed = ["SCRIPT", "STYLE", "TEXTAREA", "OPTION"];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!parent || !parent.getClientRects().length || passed.includes(parent.tagName)) continue;
    for (const found of node.textContent.matchAll(/[\p{L}\p{N}]{2,24}/gu)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const parts = Array.from(range.getClientRects()).filter((part) => part.width > 0);
      const lines = new Set(parts.map((part) => Math.round(part.top)));
      if (lines.size > 1) broken.push("word in pieces: " + found[0]);
    }
  }
  return Array.from(new Set(broken)).slice(0, 10);
}
"""
