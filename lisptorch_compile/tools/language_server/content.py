"""What the editor shows: descriptions, and kinds as the protocol names them."""

from __future__ import annotations

from lsprotocol import types

from lisptorch_compile.diagnostics import Diagnostic, Severity, Source
from lisptorch_compile.tools.services import Description, SymbolKind, as_markdown

COMPLETION_KINDS = {
    SymbolKind.FUNCTION: types.CompletionItemKind.Function,
    SymbolKind.FORM: types.CompletionItemKind.Keyword,
    SymbolKind.MACRO: types.CompletionItemKind.Snippet,
    SymbolKind.CLASS: types.CompletionItemKind.Class,
    SymbolKind.TYPE: types.CompletionItemKind.Struct,
    SymbolKind.METHOD: types.CompletionItemKind.Method,
    SymbolKind.FIELD: types.CompletionItemKind.Field,
    SymbolKind.VARIABLE: types.CompletionItemKind.Variable,
    SymbolKind.PARAMETER: types.CompletionItemKind.Variable,
    SymbolKind.CONSTANT: types.CompletionItemKind.Constant,
    SymbolKind.MODULE: types.CompletionItemKind.Module,
    SymbolKind.SPACE: types.CompletionItemKind.Module,
    SymbolKind.OPTION: types.CompletionItemKind.Property,
}

SYMBOL_KINDS = {
    SymbolKind.FUNCTION: types.SymbolKind.Function,
    SymbolKind.FORM: types.SymbolKind.Operator,
    SymbolKind.MACRO: types.SymbolKind.Operator,
    SymbolKind.CLASS: types.SymbolKind.Class,
    SymbolKind.TYPE: types.SymbolKind.Struct,
    SymbolKind.METHOD: types.SymbolKind.Method,
    SymbolKind.FIELD: types.SymbolKind.Field,
    SymbolKind.VARIABLE: types.SymbolKind.Variable,
    SymbolKind.PARAMETER: types.SymbolKind.Variable,
    SymbolKind.CONSTANT: types.SymbolKind.Constant,
    SymbolKind.MODULE: types.SymbolKind.Module,
    SymbolKind.SPACE: types.SymbolKind.Namespace,
    SymbolKind.OPTION: types.SymbolKind.Property,
}


def as_markup(found: Description, python: str = "") -> types.MarkupContent:
    """Return a description; ``python``: what the statement asked about becomes."""
    return types.MarkupContent(types.MarkupKind.Markdown, as_markdown(found, python))


def message_of(diagnostic: Diagnostic) -> str:
    """Return the message of a diagnostic, and what to try."""
    if diagnostic.hint is None:
        return diagnostic.message
    return f"{diagnostic.message}\nhelp: {diagnostic.hint}"


def severity_of(diagnostic: Diagnostic) -> types.DiagnosticSeverity:
    """Return the severity of a diagnostic as the protocol counts it."""
    if diagnostic.severity is Severity.ERROR:
        return types.DiagnosticSeverity.Error
    return types.DiagnosticSeverity.Warning


def changed_part(before: Source, after: str) -> tuple[int, int, str]:
    """Return what to replace to turn one text into another: start, end, new text."""
    old = before.text
    start = _common(old, after)
    room = min(len(old), len(after)) - start
    behind = min(_common(old[::-1], after[::-1]), room)
    return start, len(old) - behind, after[start : len(after) - behind]


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
