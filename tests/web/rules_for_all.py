"""What a page must keep to for everyone to use it: axe-core's rules, and a few of our own that it does not have.

Ours are Vietnamese as the language, one main and one h1, descriptions that exist, buttons of 40 pixels, and no page
wider than its window (WCAG 2.1: 1.4.10, 2.5.5, 3.1.1), as far as a script can tell.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

_AXE = Axe()


def broken_rules(page: Any) -> list[str]:
    """Each rule that the page breaks, with where."""
    found: list[str] = page.evaluate(_RULES)
    for each in _AXE.run(page).response["violations"]:
        found += [f"axe {each['id']}: {node['target']} {node.get('failureSummary', '')}" for node in each["nodes"]]
    return found


_RULES = r"""
() => {
  const broken = [];
  for (const each of document.getAnimations())  // a button's colours arrive in an eighth of a second
    if (each.effect.getComputedTiming().endTime !== Infinity) each.finish();
  const shown = (each) => each.getClientRects().length > 0 && each.checkVisibility({ visibilityProperty: true });
  const all = (query) => Array.from(document.querySelectorAll(query));
  const name = (each) => `${each.tagName.toLowerCase()}#${each.id}[${each.name || ""}]`;

  if (document.documentElement.lang !== "vi") broken.push("lang is not vi");
  if (!document.title.trim()) broken.push("no title");
  if (all("main").length !== 1) broken.push("not one main");
  if (all("h1").length !== 1) broken.push("not one h1");
  let level = 0;
  for (const each of all("main h1, main h2, main h3").filter(shown)) {
    const now = Number(each.tagName[1]);
    if (level && now > level + 1) broken.push("heading skips a level: " + each.textContent);
    level = now;
  }
  const ids = all("[id]").map((each) => each.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) broken.push("id twice: " + id);
  for (const each of all("input:not([type=hidden]), select, textarea").filter(shown)) {
    const label = each.labels && Array.from(each.labels).find((one) => one.textContent.trim());
    if (!label) broken.push("no label: " + name(each));
    for (const id of (each.getAttribute("aria-describedby") || "").split(/\s+/).filter(Boolean))
      if (!document.getElementById(id)) broken.push("described by nothing: " + name(each) + " " + id);
  }
  for (const each of all("button, a[href]").filter(shown))
    if (!(each.textContent.trim() || each.getAttribute("aria-label"))) broken.push("no name: " + name(each));
  for (const each of all("button, input:not([type=hidden], [type=checkbox], [type=radio]), select").filter(shown))
    if (each.getBoundingClientRect().height < 40) broken.push("too small to press: " + name(each));
  for (const each of all("[tabindex]")) if (each.tabIndex > 0) broken.push("order of its own: " + name(each));
  for (const each of all("fieldset")) if (!each.querySelector("legend")) broken.push("fieldset without legend");
  if (document.documentElement.scrollWidth > window.innerWidth + 1) broken.push("wider than the window");

  const bend = (s) => (s <= 0.03928 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4));
  const part = (value) => bend(value / 255);
  const light = (c) => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
  const colour = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const ground = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const c = colour(getComputedStyle(at).backgroundColor);
      if (c.length === 3 || c[3] > 0.99) return c;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const each = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(each) || !shown(each) || each.tagName === "OPTION") continue;
    seen.add(each);
    const style = getComputedStyle(each), a = light(colour(style.color)), b = light(ground(each));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
    const least = size >= 24 || (size >= 18.66 && bold) ? 3 : 4.5;
    if (ratio < least) broken.push("contrast " + ratio.toFixed(1) + ": " + each.textContent.trim().slice(0, 40));
  }
  return broken;
}
"""
