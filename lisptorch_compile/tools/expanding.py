"""A file as the compiler reads it: its macros expanded."""

from __future__ import annotations

from lisptorch_compile.diagnostics import Diagnostic, Severity, Source
from lisptorch_compile.program_files import SourceFile, expand_files, read_files
from lisptorch_compile.tools.formatting import format_text
from lisptorch_compile.unread import unread


def expanded(given: SourceFile) -> tuple[str | None, list[tuple[Source, Diagnostic]]]:
    """Return the expanded text of a file, None when it has errors, and its problems.

    The macros of the files that it loads count, too.
    """
    *_, file = expand_files(read_files([given]))
    source = file.read.file.source
    problems = [*file.read.result.diagnostics, *file.faults]
    if any([problem.severity is Severity.ERROR for problem in problems]):
        return None, [(source, problem) for problem in problems]
    lines = [unread(form) for form in file.forms]
    text = format_text("".join([f"{line}\n" for line in lines]), source.filename)
    return text, [(source, problem) for problem in problems]
