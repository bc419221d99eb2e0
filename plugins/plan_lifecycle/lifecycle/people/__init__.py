"""Keep the lists of units and people: a list is kept, tried, shown with what it changes, and taken in when told."""

from plan_lifecycle.lifecycle.people._difference import Difference, Mark
from plan_lifecycle.lifecycle.people._lists import (
    ListFile,
    Tried,
    agencies_at_hand,
    import_list,
    keep_list,
    kept_list_bytes,
    kept_lists,
    provinces_at_hand,
    try_list,
)
from plan_lifecycle.lifecycle.people._personal import Forgotten, foresee_forgetting, forget_person, held_of
from plan_lifecycle.lifecycle.people._persons import (
    PersonGiven,
    UnitPeople,
    add_person,
    change_person,
    change_words,
    end_person,
    newest_change,
    people_of_unit,
    replace_person,
    undo_change,
)

__all__ = [
    "Difference",
    "Forgotten",
    "ListFile",
    "Mark",
    "PersonGiven",
    "Tried",
    "UnitPeople",
    "add_person",
    "agencies_at_hand",
    "change_person",
    "change_words",
    "end_person",
    "foresee_forgetting",
    "forget_person",
    "held_of",
    "import_list",
    "keep_list",
    "kept_list_bytes",
    "kept_lists",
    "newest_change",
    "people_of_unit",
    "provinces_at_hand",
    "replace_person",
    "try_list",
    "undo_change",
]
