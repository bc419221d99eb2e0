"""The office: what every verb works with, one look at the store at one moment, and how it writes letters."""

from plan_lifecycle.lifecycle.office._business_day import begin_by_the_clock, begin_day, moment_now
from plan_lifecycle.lifecycle.office._contained import UnforeseenError, about, contained, told_in
from plan_lifecycle.lifecycle.office._copies import Copy, copy_of
from plan_lifecycle.lifecycle.office._desk import Desk, open_desk, plan_ref
from plan_lifecycle.lifecycle.office._ended import EndedDuty, Heir, ended_duties
from plan_lifecycle.lifecycle.office._find_unit import (
    find_province,
    find_unit,
    known_unit,
    province_named,
    provinces,
    unit_named,
)
from plan_lifecycle.lifecycle.office._gone import digest_for_gone, let_bytes_go, words_for_gone
from plan_lifecycle.lifecycle.office._health import Ailment, ailments
from plan_lifecycle.lifecycle.office._letter_text import LetterText, letter_text
from plan_lifecycle.lifecycle.office._letterhead import letterhead
from plan_lifecycle.lifecycle.office._letters import (
    EXCEL,
    WORD,
    Recipient,
    thread_key,
    write_letter,
)
from plan_lifecycle.lifecycle.office._links import (
    Claim,
    Generation,
    Links,
    code_counts,
    generation_of,
    normal_code,
    open_until,
    scope_of,
    without_keys,
)
from plan_lifecycle.lifecycle.office._office import Office, is_own_duty
from plan_lifecycle.lifecycle.office._register import Register
from plan_lifecycle.lifecycle.office._rule_book import LiveOffice, rules_below, rules_in, rules_to_mend
from plan_lifecycle.lifecycle.office._scene import Scene
from plan_lifecycle.lifecycle.office._sight import access_of, sight_of
from plan_lifecycle.lifecycle.office._unit_names import MOST_NAMED, UnitNames, named_among

__all__ = [
    "EXCEL",
    "MOST_NAMED",
    "WORD",
    "Ailment",
    "Claim",
    "Copy",
    "Desk",
    "EndedDuty",
    "Generation",
    "Heir",
    "LetterText",
    "Links",
    "LiveOffice",
    "Office",
    "Recipient",
    "Register",
    "Scene",
    "UnforeseenError",
    "UnitNames",
    "about",
    "access_of",
    "ailments",
    "begin_by_the_clock",
    "begin_day",
    "code_counts",
    "contained",
    "copy_of",
    "digest_for_gone",
    "ended_duties",
    "find_province",
    "find_unit",
    "generation_of",
    "is_own_duty",
    "known_unit",
    "let_bytes_go",
    "letter_text",
    "letterhead",
    "moment_now",
    "named_among",
    "normal_code",
    "open_desk",
    "open_until",
    "plan_ref",
    "province_named",
    "provinces",
    "rules_below",
    "rules_in",
    "rules_to_mend",
    "scope_of",
    "sight_of",
    "thread_key",
    "told_in",
    "unit_named",
    "without_keys",
    "words_for_gone",
    "write_letter",
]
