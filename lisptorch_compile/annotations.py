"""Diagnostics as other tools read them: SARIF, and the annotations of GitHub's workflows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from lisptorch_compile import __version__
from lisptorch_compile.diagnostics import (
    CODES,
    Diagnostic,
    Fix,
    Severity,
    Source,
    Span,
)
from lisptorch_compile.rendering import as_json

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_annotation(diagnostic: Diagnostic, source: Source) -> str:
    """Return the workflow command that puts a diagnostic beside its line on GitHub.

    ::

        ::error file=model.lsp,line=3,col=1,endLine=3,endColumn=7,title=LT0301::unknown …
    """
    found = as_json(diagnostic, source)
    fields = {
        "file": found["file"],
        "line": found["line"],
        "col": found["column"],
        "endLine": found["end_line"],
        "endColumn": found["end_column"],
        "title": diagnostic.code,
    }
    shown = ",".join([f"{key}={_property(value)}" for key, value in fields.items()])
    lines = [diagnostic.message]
    if diagnostic.hint is not None:
        lines.append(f"help: {diagnostic.hint}")
    return f"::{diagnostic.severity.value} {shown}::{_data(chr(10).join(lines))}"


def as_sarif(
    problems: Iterable[tuple[Source, Diagnostic]],
    page_of: Callable[[str], str | None] = lambda code: None,
) -> dict[str, Any]:
    """Return problems as a SARIF log, which code scanning services show.

    ``page_of``: where a kind of problem is explained on the web.
    """
    found = list(problems)
    codes = sorted({diagnostic.code for _, diagnostic in found})
    driver = {
        "name": "lisptorch",
        "version": __version__,
        "rules": [_rule(code, page_of(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(diagnostic, source, codes.index(diagnostic.code))
            for source, diagnostic in found
        ],
    }
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _rule(code: str, page: str | None) -> dict[str, Any]:
    text = CODES[code]
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": text.message},
        "defaultConfiguration": {"level": _level(text.severity)},
    }
    return rule if page is None else rule | {"helpUri": page}


def _result(diagnostic: Diagnostic, source: Source, rule: int) -> dict[str, Any]:
    hint = "" if diagnostic.hint is None else f"\nhelp: {diagnostic.hint}"
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _level(diagnostic.severity),
        "message": {"text": diagnostic.message + hint},
        "locations": [_location(diagnostic.span, source)],
    }
    if diagnostic.notes:
        result["relatedLocations"] = [
            {**_location(note.span, source), "message": {"text": note.message}}
            for note in diagnostic.notes
        ]
    if diagnostic.fixes:
        result["fixes"] = [_fix(fix, source) for fix in diagnostic.fixes]
    return result


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    replacement = {
        "deletedRegion": _region(fix.span, source),
        "insertedContent": {"text": fix.text},
    }
    change = {"artifactLocation": _artifact(source), "replacements": [replacement]}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _location(span: Span, source: Source) -> dict[str, Any]:
    place = {"artifactLocation": _artifact(source), "region": _region(span, source)}
    return {"physicalLocation": place}


def _artifact(source: Source) -> dict[str, str]:
    path = PurePath(source.filename)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {"uri": uri}


def _region(span: Span, source: Source) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _level(severity: Severity) -> str:
    return "error" if severity is Severity.ERROR else "warning"


def _data(text: str) -> str:
    """Return a text that ends no workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")
