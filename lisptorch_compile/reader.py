"""Source text → forms, comments and diagnostics.

Three stages, each linear in the text and none of them recursive: the scanner cuts the
text into lexemes (``lexemes.py``), the bracket stage makes brackets come in pairs
(``brackets.py``), and Lark's parser builds the forms (``syntax.py``, by
``grammar.lark``).
"""

from __future__ import annotations

from lisptorch_compile.brackets import balance
from lisptorch_compile.diagnostics import (
    Diagnostic,
    Severity,
    Source,
    Span,
    diagnose,
)
from lisptorch_compile.forms import ReadResult
from lisptorch_compile.reading_memory import Part, Reading, ReadingMemory
from lisptorch_compile.rereading import reread

#: Diagnostics reported for one text.
MAX_DIAGNOSTICS = 100


def read(source: Source, memory: ReadingMemory | None = None) -> ReadResult:
    """Return the forms of ``source``, its comments, and everything wrong with it.

    Any text yields a result. A form with a fault is mended where that is possible and
    left out otherwise, and reading goes on at the next top-level form; so a caller
    that analyses the forms of a faulty text should pass over what it finds inside a
    top-level form that holds one of the errors.

    A Kleene sign is a symbol of its own behind the form that it repeats:
    ``(< x 10)+`` reads as a ListForm and ``Symbol("+")``; that of a variable is part
    of the symbol: ``x*``.

    ``memory`` holds the last version of the text: what stands there as it did is not read
    again. The result is the same without it.
    """
    if memory is None:
        return _read(source, None).result
    last = memory.last(source.filename)
    reading = reread(source, last) if last is not None else None
    if reading is None:
        reading = _read(source, memory)
    memory.keep(reading)
    return reading.result


def _read(source: Source, memory: ReadingMemory | None) -> Reading:
    """Read all of a text."""
    # Lark takes 50 ms to import: a run that reads nothing does not pay for it.
    from lisptorch_compile.syntax import parse, parse_parts, scanner

    scan = scanner().scan(source)
    balanced = balance(scan.lexemes, source, scan.unclosed)
    parts: list[Part] = []
    if memory is None:
        forms, faults = parse(balanced.lexemes)
    else:
        known = memory.parts(source.filename)
        parts, faults = parse_parts(balanced.lexemes, source.text, known)
        forms = [form for part in parts for form in part.forms]
    diagnostics = scan.diagnostics + balanced.diagnostics + faults
    result = ReadResult(
        tuple(forms),
        tuple(scan.comments),
        _in_source_order(diagnostics, source),
        balanced.depth,
    )
    return Reading(source, result, parts)


def _in_source_order(
    diagnostics: list[Diagnostic], source: Source
) -> tuple[Diagnostic, ...]:
    """Sort the diagnostics by place and cut off what nobody will read."""
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    warnings = [d for d in diagnostics if d.severity is Severity.WARNING]
    if len(errors) > MAX_DIAGNOSTICS:
        errors = sorted(errors, key=_start)[:MAX_DIAGNOSTICS]
        end = len(source.text)
        errors.append(diagnose("LT0902", Span(end, end), limit=MAX_DIAGNOSTICS))
    return tuple(sorted(errors + warnings[:MAX_DIAGNOSTICS], key=_start))


def _start(diagnostic: Diagnostic) -> int:
    return diagnostic.span.start
