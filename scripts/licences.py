"""List the licence of every library that we bring along or work with, and fail on one that is not allowed.

``make licences`` installs the image's lock beside ours and writes docs/licences.md. A licence comes from the library's
own metadata: its SPDX expression, else its classifiers, else its text. What these do not tell stands in ``SETTLED``,
settled by a person with a reason.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/licences.md"
LOCKS = {
    "celery": "in the image",
    "base": "with the command",
    "dev": "for tests and development",
    "uv": "for setting up",
}
"""Each lock with what its libraries are there for; the first that names a library says it."""
FREE = {
    "0BSD", "Apache-2.0", "Artistic-1.0", "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "HPND", "ISC", "MIT", "MIT-0",
    "PSF-2.0", "Unlicense", "Zlib",
}  # fmt: skip
"""Ask for no more than that their notice is kept."""
FILES_STAY_OPEN = {"MPL-2.0"}
"""Changed files of the library stay open; ours do not become so. We change none."""
LIBRARY_STAYS_OPEN = {"LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later"}
"""The library may be replaced by whoever runs ours: it is imported as it was released, never copied or changed."""
ALLOWED = FREE | FILES_STAY_OPEN | LIBRARY_STAYS_OPEN
NAMES = {
    "Apache Software License": "Apache-2.0", "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause", "3-Clause BSD License": "BSD-3-Clause", "BSD": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC", "MIT License": "MIT", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0", "The Unlicense (Unlicense)": "Unlicense",
    "Artistic License": "Artistic-1.0", "Historical Permission Notice and Disclaimer (HPND)": "HPND",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-or-later",
    "GNU General Public License (GPL)": "GPL-2.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
}  # fmt: skip
"""What classifiers and older fields call a licence, by its SPDX name."""
NO_LICENCES = {"OSI Approved", "DFSG approved"}
SETTLED = {
    "async-timeout": ("Apache-2.0", "its release says so; it is installed on Python before 3.11.3 alone"),
    "pyyaml-ft": ("MIT", "its release says so; it is installed on free-threaded Python 3.13 alone"),
    "axe-playwright-python": ("MIT", "its metadata says nothing; its LICENSE file is MIT's"),
    "text-unidecode": ("Artistic-1.0 OR GPL-2.0-or-later", "either may be chosen; the metadata lists both"),
}
_WORD = re.compile(r"\(|\)|[\w.+-]+")


class Library(NamedTuple):
    """A library of a lock; ``why`` is what a person settled about its licence, empty otherwise."""

    name: str
    version: str
    licence: str
    purpose: str
    why: str = ""

    @property
    def allowed(self) -> bool:
        """Whether its licence may be in use here."""
        return is_allowed(self.licence)


def is_allowed(expression: str) -> bool:
    """Whether an SPDX expression can be fulfilled with allowed licences alone; False for what is none."""
    words = _WORD.findall(expression)
    try:
        answer, rest = _either(words)
    except IndexError:
        return False
    return answer and not rest


def _either(words: list[str]) -> tuple[bool, list[str]]:
    answer, rest = _both(words)
    while rest[:1] == ["OR"]:
        other, rest = _both(rest[1:])
        answer = answer or other
    return answer, rest


def _both(words: list[str]) -> tuple[bool, list[str]]:
    answer, rest = _one(words)
    while rest[:1] == ["AND"]:
        other, rest = _one(rest[1:])
        answer = answer and other
    return answer, rest


def _one(words: list[str]) -> tuple[bool, list[str]]:
    if words[0] == "(":
        answer, rest = _either(words[1:])
        return answer and rest[0] == ")", rest[1:]
    return words[0] in ALLOWED, words[1:]


def stated(metadata: Mapping[str, str], classifiers: Iterable[str]) -> str:
    """The SPDX expression of a library's metadata; its own words where it has none, empty where it has no words.

    Several classifiers are all held against us: some libraries list choices, others parts.
    """
    if expression := metadata.get("License-Expression"):
        return expression
    told = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License ::")]
    told = [name for name in told if name not in NO_LICENCES]
    if not told:
        told = [metadata.get("License", "").strip().partition("\n")[0]]
    return " AND ".join(dict.fromkeys(NAMES.get(name, name) for name in told if name))


def locked(lock: Path) -> dict[str, str]:
    """Name and version of everything that a lock names; markers are left aside."""
    return dict(re.findall(r"(?m)^([a-z0-9][a-z0-9-]*)(?:\[[^]]*\])?==(\S+)", lock.read_text(encoding="utf-8")))


def libraries(folders: list[str]) -> list[Library]:
    """All libraries of the locks by name, as they are installed in the folders; what is not has no licence told."""
    installed: dict[str, Distribution] = {}
    for found in distributions(path=folders):
        installed.setdefault(re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower(), found)
    purposes: dict[str, tuple[str, str]] = {}
    for lock, purpose in LOCKS.items():
        for name, version in locked(ROOT / f"requirements/{lock}.txt").items():
            purposes.setdefault(name, (version, purpose))
    return [_library(name, *purposes[name], installed.get(name)) for name in sorted(purposes)]


def _library(name: str, version: str, purpose: str, found: Distribution | None) -> Library:
    if name in SETTLED:
        licence, why = SETTLED[name]
        return Library(name, version, licence, purpose, why)
    if found is None:
        return Library(name, version, "", purpose)
    told = {key: str(found.metadata[key]) for key in ("License-Expression", "License") if found.metadata[key]}
    return Library(name, version, stated(told, found.metadata.get_all("Classifier") or []), purpose)


def page(known: list[Library]) -> str:
    """The page that lists them."""
    rows = "\n".join(f"| {each.name} | {each.version} | {each.licence} | {each.purpose} |" for each in known)
    reasons = "\n".join(f"- {each.name}, {each.licence}: {each.why}." for each in known if each.why)
    return f"""\
<!-- Generated by `make licences`. -->
# Licences

Ours is Apache-2.0. Of every library in `requirements/` the licence is that of its own metadata; `make licences`
fails on one that is unknown or not allowed.

- Only the notice is kept: {", ".join(sorted(FREE))}.
- Files of the library that somebody changes stay open; we change none: {", ".join(sorted(FILES_STAY_OPEN))}.
- The library stays replaceable; it is imported as it was released: {", ".join(sorted(LIBRARY_STAYS_OPEN))}.

Settled by a person, where the metadata does not say it plainly:

{reasons}

In the image there are also, as Debian packages and called as programs of their own, LibreOffice (MPL-2.0) and the fonts
Liberation (OFL-1.1).

| library | version | licence | |
|---|---|---|---|
{rows}
"""


def main(folders: list[str]) -> int:
    """Write the page; exit code 1 where a licence is unknown or not allowed, each named."""
    known = libraries(folders)
    wrong = [each for each in known if not each.allowed]
    for each in wrong:
        print(f"{each.name} {each.version}: found licence {each.licence or 'that nobody tells'!r}", file=sys.stderr)
    if wrong:
        return 1
    PAGE.write_text(page(known), encoding="utf-8")
    print(f"{len(known)} libraries, all licences allowed; {PAGE.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
