"""What ails a process that serves pages, as codes: for whoever watches over it, so without a name, a path or a word
of what the office works on."""

from __future__ import annotations

import os
from enum import StrEnum

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.lifecycle.office._office import Office
from plan_lifecycle.lifecycle.office._rule_book import rules_in


class Ailment(StrEnum):
    """What of an office does not work."""

    DATABASE = "database"
    KEPT_FILES = "kept_files"
    CONFIGURATION = "configuration"


def ailments(office: Office) -> tuple[Ailment, ...]:
    """What ails the office now: its database does not answer, its folder takes no file, its rules cannot be read.

    A page goes on with the rules that it read last, so the last one is found here before a restart finds it.
    """
    found = []
    try:
        office.store.ping()
    except PlanLifecycleError:
        found.append(Ailment.DATABASE)
    folder = office.store.blobs.root
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        found.append(Ailment.KEPT_FILES)
    if office.book is not None and Ailment.DATABASE not in found:
        try:
            rules_in(office.store, office.book)
        except (PlanLifecycleError, OSError):
            found.append(Ailment.CONFIGURATION)
    return tuple(found)
