"""Keep the lists of units and people: a list is kept, tried, shown with what it changes, and taken in when told."""

from plan_lifecycle.lifecycle.people._difference import Difference, Mark
from plan_lifecycle.lifecycle.people._lists import (
    ListFile,
    Tried,
    import_list,
    keep_list,
    kept_list_bytes,
    kept_lists,
    provinces_at_hand,
    try_list,
)

__all__ = [
    "Difference",
    "ListFile",
    "Mark",
    "Tried",
    "import_list",
    "keep_list",
    "kept_list_bytes",
    "kept_lists",
    "provinces_at_hand",
    "try_list",
]
