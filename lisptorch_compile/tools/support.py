"""What of LispE is not supported yet, in general and in a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lisptorch_compile.catalogue import BUILTINS
from lisptorch_compile.diagnostics import Diagnostic, Severity
from lisptorch_compile.pipeline import Compiled

#: Diagnostics that say so: an unknown function, and the hundred "not supported".
_UNKNOWN_FUNCTION = "LT0302"
_NOT_SUPPORTED = "LT05"


def unsupported_names() -> dict[str, str]:
    """Return the functions and forms that cannot be compiled yet, with the reasons."""
    return {
        name: builtin.unsupported
        for builtin in BUILTINS
        if builtin.unsupported is not None
        for name in (builtin.name, *builtin.aliases)
    }


def unsupported_places(compilations: Iterable[Compiled]) -> Iterator[str]:
    """Yield ``file:line:column: what`` for each place that is not supported yet."""
    for compiled in compilations:
        for diagnostic in compiled.diagnostics:
            if _is_unsupported(diagnostic):
                line, column = compiled.source.position(diagnostic.span.start)
                place = f"{compiled.source.filename}:{line}:{column}"
                yield f"{place}: {diagnostic.message}"


def other_errors(compilations: Iterable[Compiled]) -> Iterator[str]:
    """Yield a line for each source that has errors of another kind: how many."""
    for compiled in compilations:
        count = sum(
            diagnostic.severity is Severity.ERROR and not _is_unsupported(diagnostic)
            for diagnostic in compiled.diagnostics
        )
        if count:
            name = compiled.source.filename
            errors = "1 other error" if count == 1 else f"{count} other errors"
            yield f"{name}: {errors}, see `lisptorch check {name}`"


def _is_unsupported(diagnostic: Diagnostic) -> bool:
    code = diagnostic.code
    return code == _UNKNOWN_FUNCTION or code.startswith(_NOT_SUPPORTED)
