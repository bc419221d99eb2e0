"""Whom a phrase of a plan addresses: "UBND các xã, thị trấn", "Thủ trưởng các sở, ban, ngành", "Đề nghị …".

``read_audience`` reads the words alone; ``match_units`` finds the units meant in a tree, never outside the province of
the unit they are sought under, because 238 commune names repeat in the country. What is only partly clear ("các sở,
ngành liên quan") keeps its audience and goes to a person.

Decisions: the Fatherland Front, Party, vertical agencies and mass organisations stand outside the committee's chain of
command and are *requested* even where the phrase does not say "đề nghị". "Các cơ quan, đơn vị, địa phương" is ``all``;
"đơn vị" that rounds off a list ("các sở, ngành, đơn vị") adds nobody. "các địa phương" means districts and communes,
and a person decides which. "thành phố" is a district beside "huyện" or "thị xã", an adjective behind "sở, ban, ngành".
"""

from plan_lifecycle.domain.audience._matching import Matched, match
from plan_lifecycle.domain.audience._model import ALL, Audience, Mention, Role
from plan_lifecycle.domain.audience._names import agency_key, name_key, proper_name
from plan_lifecycle.domain.audience._reading import Reader
from plan_lifecycle.domain.phrase import read_text
from plan_lifecycle.domain.unit import UnitTree

__all__ = [
    "ALL",
    "Audience",
    "Matched",
    "Mention",
    "Role",
    "agency_key",
    "match",
    "match_units",
    "name_key",
    "proper_name",
    "read_audience",
]


def read_audience(phrase: str) -> Audience:
    """Read whom ``phrase`` addresses. Total: what cannot be read is a reason to decide, never an error."""
    return Reader(phrase, read_text(phrase)).read()


def match_units(audience: Audience, tree: UnitTree, under: str) -> tuple[str, ...]:
    """The ids alone; see ``match``, which says as well what is left to a person."""
    return match(audience, tree, under).units
