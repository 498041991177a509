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
from lisptorch_compile.reading_memory import ReadingMemory

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

    ``memory`` holds the top-level forms of earlier versions of the text: those that stand
    there as they were are not parsed again. The result is the same without it.
    """
    # Lark takes 50 ms to import: a run that reads nothing does not pay for it.
    from lisptorch_compile.syntax import parse, parse_anew, scanner

    scan = scanner().scan(source)
    balanced = balance(scan.lexemes, source, scan.unclosed)
    if memory is None:
        forms, faults = parse(balanced.lexemes)
    else:
        forms, faults = parse_anew(balanced.lexemes, source.text, memory)
    diagnostics = scan.diagnostics + balanced.diagnostics + faults
    return ReadResult(
        tuple(forms),
        tuple(scan.comments),
        _in_source_order(diagnostics, source),
        balanced.depth,
    )


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
