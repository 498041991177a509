"""From a name to what it means: its definition, all its places, its highlights."""

from __future__ import annotations

from bisect import bisect_right

from lisptorch_compile.catalogue import lookup
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import Symbol
from lisptorch_compile.reader import read
from lisptorch_compile.records import record
from lisptorch_compile.scope import BindingKind
from lisptorch_compile.tools.services.analysis import Analysis, covers
from lisptorch_compile.tools.services.occurrences import Occurrence, occurrences


@record
class Location:
    """A place in a file of the program."""

    source: Source
    span: Span


def occurrence_at(analysis: Analysis, offset: int) -> Occurrence | None:
    """Return the name of the program at ``offset``, or just before it."""
    found = occurrences(analysis)
    index = bisect_right(found, offset, key=lambda each: each.span.start) - 1
    if index < 0 or not covers(found[index].span, offset):
        return None
    return found[index]


def definition(analysis: Analysis, offset: int) -> Location | None:
    """Return where the name at ``offset`` is bound; None for builtins and other text.

    A variable is bound where it is first set. The place may be in a loaded file.
    """
    occurrence = occurrence_at(analysis, offset)
    if occurrence is None:
        return None
    file = analysis.file_of(occurrence.binding)
    return Location(file.file.source, occurrence.binding.span)


def references(analysis: Analysis, offset: int) -> tuple[Span, ...]:
    """Return every place in the text that means the same as the name at ``offset``.

    The definition is one of them. To rename, replace them all; a name of a loaded file
    (``is_foreign``) has more places in other files.
    """
    occurrence = occurrence_at(analysis, offset)
    if occurrence is None:
        return ()
    same = [o for o in occurrences(analysis) if o.binding is occurrence.binding]
    return tuple([each.span for each in same])


def rename_refusal(analysis: Analysis, offset: int) -> str | None:
    """Return why the name at ``offset`` cannot be replaced by another one in this text
    alone; None: it can, at all its ``references``."""
    occurrence = occurrence_at(analysis, offset)
    if occurrence is None:
        return "this is no name of the program"
    binding = occurrence.binding
    if binding in analysis.file.program.foreign:
        return f"`{binding.name}` is defined in {analysis.file_of(binding).name}"
    if binding.name in _imported(analysis):
        return f"`{binding.name}` is a name of Python: import it under another one"
    return None


def name_refusal(analysis: Analysis, name: str) -> str | None:
    """Return why something of the text cannot be called ``name``; None: it can."""
    forms = read(Source.of(name)).forms
    if [form.name for form in forms if isinstance(form, Symbol)] != [name]:
        return f"`{name}` is no name in LispE"
    if lookup(name) is not None:
        return f"`{name}` is a function of LispE"
    if any(each.binding.name == name for each in occurrences(analysis)):
        return f"there is a `{name}` already in {analysis.source.filename}"
    return None


def is_global(analysis: Analysis, offset: int) -> bool:
    """Tell whether other files may use the name at ``offset``."""
    occurrence = occurrence_at(analysis, offset)
    local = (BindingKind.LOCAL, BindingKind.PARAMETER)
    return occurrence is not None and occurrence.binding.kind not in local


def _imported(analysis: Analysis) -> set[str]:
    regions = (analysis.survey.file, *analysis.survey.regions.values())
    return {name for each in regions for name in each.modules | each.imported}
