"""Names that may be written at a place: of the scope, of the program, of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.parameters import signatures_of, written
from lisptorch_compile.catalogue.forms import PREDEFINED
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.records import record, replaced
from lisptorch_compile.scope import Binding
from lisptorch_compile.tools.services.analysis import Analysis, visible_bindings
from lisptorch_compile.tools.services.description import describe_binding
from lisptorch_compile.tools.services.nesting import Place, name_at, place_at
from lisptorch_compile.tools.services.occurrences import macro_bindings
from lisptorch_compile.tools.services.outline import SymbolKind

_NOWHERE = Span(0, 0)


@record
class CompletionItem:
    """A name to write: ``span`` is what it replaces, up to the cursor.

    ``signature`` is a call of it, empty for what is not called; ``doc`` is one line.
    """

    label: str
    kind: SymbolKind
    signature: str
    doc: str
    span: Span


def completions(
    analysis: Analysis, offset: int, names: Iterable[str] = ()
) -> tuple[CompletionItem, ...]:
    """Return what the name that ends at ``offset`` may become, the nearest names first.

    Upper case, ``-`` and ``_`` make no difference. Special forms are offered behind an
    opening bracket only; in texts and comments nothing is.

    Args:
        analysis: the text, whatever its faults.
        offset: the place of the cursor.
        names: what else there is, such as the variables of a notebook.
    """
    place = place_at(analysis.text, offset)
    if place.string is not None or place.comment:
        return ()
    start, _ = name_at(analysis.text, offset)
    prefix, span = _plain(analysis.text[start:offset]), Span(start, offset)
    called = analysis.text[start - 1 : start] in ("(", "[")
    found: dict[str, CompletionItem] = {}
    for item in _candidates(analysis, place, names):
        fits = called or item.kind is not SymbolKind.FORM
        if fits and _plain(item.label).startswith(prefix):
            found.setdefault(item.label, replaced(item, span=span))
    return tuple(found.values())


def _plain(name: str) -> str:
    return name.lower().replace("-", "_")


def _candidates(
    analysis: Analysis, place: Place, names: Iterable[str]
) -> Iterator[CompletionItem]:
    for binding in _bindings(analysis, place):
        if " " not in binding.name:
            yield _item(analysis, binding)
    for name in names:
        yield CompletionItem(name, SymbolKind.VARIABLE, "", "", _NOWHERE)
    yield from _builtins()


def _bindings(analysis: Analysis, place: Place) -> Iterator[Binding]:
    """Yield what the program binds and the place sees, innermost first."""
    survey = analysis.survey
    for region in analysis.regions_around(place.starts):
        yield from visible_bindings(region)
        for name in sorted(region.fields):
            yield from [
                p.binding
                for one in analysis.hierarchy.classes.values()
                for p in one.own
                if p.binding.name == name
            ]
    yield from survey.globals.values()
    yield from [function.binding for function in survey.functions.values()]
    yield from [each.binding for each in survey.types.values()]
    yield from survey.shared_variables.values()
    yield from macro_bindings(analysis)
    yield from analysis.foreign.values()
    if len(place.openings) > 1:  # a method is called inside a call of the instance
        yield from survey.methods


def _item(analysis: Analysis, binding: Binding) -> CompletionItem:
    found = describe_binding(analysis, binding)
    signature = found.signatures[0] if found.signatures else ""
    doc = found.doc.partition("\n")[0]
    return CompletionItem(binding.name, found.kind, signature, doc, _NOWHERE)


@cache
def _builtins() -> tuple[CompletionItem, ...]:
    items: list[CompletionItem] = []
    for name in catalogue.names():
        builtin = catalogue.lookup(name)
        if builtin is None or builtin.unsupported is not None:
            continue
        kind = SymbolKind.FORM if builtin.form else SymbolKind.FUNCTION
        signature = written(name, signatures_of(builtin)[-1])
        if builtin in PREDEFINED:
            kind, signature = SymbolKind.CONSTANT, ""
        items.append(CompletionItem(name, kind, signature, builtin.doc, _NOWHERE))
    return tuple(items)
