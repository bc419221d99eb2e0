"""What came into a PDF after a signature: pyHanko's comparison of revisions, with stamps and notes as a kind of theirs.

By itself the library holds every new annotation for suspicious. The registry of whoever receives a paper stamps it
("CÔNG VĂN ĐẾN"), and its programs write that stamp as an annotation behind what was signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader, RawPdfPath
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.rules_api import RelativeContext
from pyhanko.sign.validation import SignatureCoverageLevel

from plan_lifecycle.documents.signature._words import Added, Addition

# Programs that lay an annotation over a page touch these of the page beside its list of annotations.
_BESIDE = frozenset({"/Annots", "/LastModified", "/Tabs"})
_MAX_TOLD = 20
_NUMBERS = (generic.NumberObject, generic.FloatObject)
_ROUNDING = 0.001
_CHANGE = (Added(Addition.CHANGE),)


def added_after(embedded: Any, everything: Sequence[Any], *, hidden: bool) -> tuple[tuple[Added, ...], bool]:
    """What was added after a signature, each kind once, and whether the signer had allowed as much.

    ``everything`` are the signatures and time stamps of the file. ``hidden``: behind its end stand objects that no
    table of contents names.
    """
    reader = embedded.reader
    found = _compared(embedded, reader)
    signatures, validation = _later_signatures(embedded, everything)
    if hidden or not isinstance(found, DiffResult):
        return _CHANGE + signatures, True
    old = reader.get_historical_resolver(embedded.signed_revision)
    new = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
    forms = _filled(found, reader)
    added = (*signatures, *validation, *forms, *_annotated(old, new))
    permitted = embedded.docmdp_level
    return added, permitted is None or found.modification_level.value <= permitted.value


def _compared(embedded: Any, reader: PdfFileReader) -> DiffResult | SuspiciousModification:
    """Whether the paper is still the same; what its signer allowed for the whole document is asked of the outcome."""
    embedded.compute_integrity_info(skip_diff=True)
    if embedded.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return DiffResult(ModificationLevel.NONE, set())
    if embedded.coverage is not SignatureCoverageLevel.ENTIRE_REVISION:
        return SuspiciousModification("Not all of what stood there is signed.")
    return _POLICY.review_file(reader, embedded.signed_revision, field_mdp_spec=embedded.fieldmdp)


def _later_signatures(embedded: Any, everything: Sequence[Any]) -> tuple[tuple[Added, ...], tuple[Added, ...]]:
    from plan_lifecycle.documents.signature._read import TIME_STAMP, name_of

    later = [other for other in everything if other.signed_revision > embedded.signed_revision]
    stamps = any(other.sig_object_type == TIME_STAMP for other in later)
    names = [name_of(other.signer_cert.subject) for other in later if other.sig_object_type != TIME_STAMP]
    signatures = (Added(Addition.SIGNATURE, tuple(names[:_MAX_TOLD])),) if names else ()
    validation = (Added(Addition.VALIDATION),) if stamps or _security_store_grew(embedded, embedded.reader) else ()
    return signatures, validation


def _security_store_grew(embedded: Any, reader: PdfFileReader) -> bool:
    then = reader.get_historical_resolver(embedded.signed_revision).root
    if "/DSS" not in reader.root:
        return False
    store = reader.root.raw_get("/DSS")
    if "/DSS" not in then or then.raw_get("/DSS") != store:
        return True
    changed = isinstance(store, generic.IndirectObject) and reader.xrefs.get_last_change(store.reference)
    return bool(changed and changed > embedded.signed_revision)


def _filled(found: DiffResult, reader: PdfFileReader) -> tuple[Added, ...]:
    from pyhanko.sign.fields import enumerate_sig_fields

    signed = {name for name, _, _ in enumerate_sig_fields(reader)}
    names = sorted(found.changed_form_fields - signed)
    return (Added(Addition.FORM, tuple(name[:100] for name in names[:_MAX_TOLD])),) if names else ()


def _annotated(old: HistoricalResolver, new: HistoricalResolver) -> tuple[Added, ...]:
    pages = [str(page.number) for page in _pages(old, new) if any(not _is_widget(one) for one in page.added)]
    return (Added(Addition.ANNOTATION, tuple(pages[:_MAX_TOLD])),) if pages else ()


@dataclass(frozen=True, slots=True)
class _Page:
    """One page as it was and as it is; ``added`` are its new annotations, as its list holds them."""

    number: int
    reference: generic.IndirectObject
    then: generic.DictionaryObject
    now: generic.DictionaryObject
    added: tuple[generic.PdfObject, ...]


def _pages(old: HistoricalResolver, new: HistoricalResolver) -> Iterator[_Page]:
    """The pages in their order. Raises SuspiciousModification where there are others now, or an annotation is gone."""
    leaves = _leaves(old, new, old.root["/Pages"], new.root["/Pages"], set())
    for number, (reference, then, now) in enumerate(leaves, start=1):
        yield _Page(number, reference, then, now, _added(_annotations(then), _annotations(now)))


def _leaves(
    old: HistoricalResolver, new: HistoricalResolver, then: Any, now: Any, seen: set[Any]
) -> Iterator[tuple[Any, Any, Any]]:
    if list(then["/Kids"]) != list(now["/Kids"]):
        raise SuspiciousModification("Pages came or went.")
    for kid in now["/Kids"]:
        if not isinstance(kid, generic.IndirectObject) or kid.reference in seen:
            raise SuspiciousModification("The tree of pages is none.")
        seen.add(kid.reference)
        old_kid, new_kid = old(kid.reference), new(kid.reference)
        if "/Kids" in new_kid:
            yield from _leaves(old, new, old_kid, new_kid, seen)
        else:
            yield kid, old_kid, new_kid


def _annotations(page: generic.DictionaryObject) -> list[generic.PdfObject]:
    found = page["/Annots"] if "/Annots" in page else generic.ArrayObject()
    if not isinstance(found, generic.ArrayObject):
        raise SuspiciousModification("Annotations are no list.")
    return list(found)


def _added(then: list[generic.PdfObject], now: list[generic.PdfObject]) -> tuple[generic.PdfObject, ...]:
    if any(one not in now for one in then):
        raise SuspiciousModification("An annotation was taken away.")
    return tuple(one for one in now if one not in then)


def _is_widget(annotation: generic.PdfObject) -> bool:
    held: Any = annotation
    held = held.get_object()
    return isinstance(held, generic.DictionaryObject) and held.get("/Subtype") == "/Widget"


class _Annotations(QualifiedWhitelistRule):
    """Lets annotations be added to pages that are otherwise as they were; fields of the form are another rule's."""

    def apply_qualified(
        self, old: HistoricalResolver, new: HistoricalResolver
    ) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        """Clear the pages that got annotations, and what belongs to these; nothing that was there before."""
        for page in _pages(old, new):
            if not page.added:
                continue
            _refuse_another(page)
            others = [one for one in page.added if not _is_widget(one)]
            level = ModificationLevel.ANNOTATIONS if others else ModificationLevel.LTA_UPDATES
            yield level, ReferenceUpdate(page.reference.reference)
            yield from ((level, update) for update in _list_of(page))
            for annotation in others:
                for reference in new.collect_dependencies(annotation, since_revision=old.revision + 1):
                    yield ModificationLevel.ANNOTATIONS, ReferenceUpdate(reference)


def _refuse_another(page: _Page) -> None:
    """Raise SuspiciousModification where a page differs in more than its annotations."""
    then, now = page.then.keys() - _BESIDE, page.now.keys() - _BESIDE
    if then != now or not all(_alike(page.then.raw_get(key), page.now.raw_get(key)) for key in now):
        raise SuspiciousModification("The page is another one.")


def _alike(then: Any, now: Any) -> bool:
    """Whether two values are the same; programs write a page's measures with as many digits as they like."""
    if isinstance(then, generic.ArrayObject) and isinstance(now, generic.ArrayObject):
        return len(then) == len(now) and all(map(_alike, then, now))
    if isinstance(then, _NUMBERS) and isinstance(now, _NUMBERS):
        return abs(float(then) - float(now)) < _ROUNDING
    return bool(then == now)


def _list_of(page: _Page) -> Iterator[ReferenceUpdate]:
    held = page.now.raw_get("/Annots")
    if isinstance(held, generic.IndirectObject):
        context = RelativeContext(page.reference.reference, RawPdfPath("/Annots"))
        yield ReferenceUpdate(held.reference, context_checked=context)


_POLICY = StandardDiffPolicy(
    global_rules=[*DEFAULT_DIFF_POLICY.global_rules, _Annotations()],
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(approve_widget_bindings=False),  # type: ignore[no-untyped-call]
            SigFieldModificationRule(),
            GenericFieldModificationRule(),
        ]
    ),
)
