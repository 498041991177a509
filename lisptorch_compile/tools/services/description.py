"""What a name means: its signature, documentation, synonyms, and the Python it becomes."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer import Surroundings
from lisptorch_compile.analyzer.class_parts import class_parts
from lisptorch_compile.analyzer.form_parts import CONSTANTS
from lisptorch_compile.analyzer.parameters import (
    ParameterForm,
    signature_of,
    signatures_of,
    written,
)
from lisptorch_compile.analyzer.regions import Function
from lisptorch_compile.analyzer.suggestions import nearest
from lisptorch_compile.catalogue.forms import PREDEFINED
from lisptorch_compile.catalogue.model import Builtin, parse_parameters
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import Comment, ListForm, String, StringKind
from lisptorch_compile.macros import symbols as symbols_in
from lisptorch_compile.names import open_name
from lisptorch_compile.pipeline import Options, compile_text
from lisptorch_compile.reader import read
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.tools.services.analysis import Analysis
from lisptorch_compile.tools.services.examples import examples
from lisptorch_compile.tools.services.navigation import occurrence_at
from lisptorch_compile.tools.services.nesting import name_at, place_at
from lisptorch_compile.tools.services.occurrences import macro_definitions
from lisptorch_compile.tools.services.outline import SymbolKind


@record
class Description:
    """What is known of a name.

    ``signatures``: every way to call it, as LispE: ``(torch_softmax tensor [dim])``.
    ``python``: what a call becomes, one expression for each way that Python tells apart.
    ``example``: a program, ``example_python``, what it compiles to, and
    ``example_prints``, what it prints.
    ``unsupported``: why it cannot be compiled, of the few that cannot.
    """

    name: str
    kind: SymbolKind
    signatures: tuple[str, ...]
    doc: str
    synonyms: tuple[str, ...] = ()
    python: tuple[str, ...] = ()
    example: str | None = None
    example_python: str | None = None
    example_prints: str | None = None
    unsupported: str | None = None


@record
class Hover:
    """The description of the name at a place, and where exactly that name stands."""

    span: Span
    description: Description


@record
class CallHelp:
    """The call that a cursor stands in; ``argument`` is the number of the argument, from 0."""

    description: Description
    argument: int


def describe(name: str) -> Description | None:
    """Return what the catalogue says of a builtin, by any of its names; None: no builtin."""
    builtin = catalogue.lookup(name)
    return None if builtin is None else described(builtin, name)


def similar_names(name: str) -> list[str]:
    """Return the builtins that somebody who writes ``name`` may mean, the best first."""
    return nearest(name, catalogue.names())


def hover(analysis: Analysis, offset: int) -> Hover | None:
    """Return what the name at ``offset`` means, in the program or as a builtin."""
    occurrence = occurrence_at(analysis, offset)
    if occurrence is not None:
        found = describe_binding(analysis, occurrence.binding)
        return Hover(occurrence.span, found)
    start, end = name_at(analysis.text, offset)
    place = place_at(analysis.text, start)
    if start == end or place.string is not None or place.comment:
        return None
    builtin = describe(analysis.text[start:end])
    return None if builtin is None else Hover(Span(start, end), builtin)


def signature_help(analysis: Analysis, offset: int) -> CallHelp | None:
    """Return the innermost call around ``offset``, of a function that is known."""
    place = place_at(analysis.text, offset)
    if place.string is not None or place.comment or not place.openings:
        return None
    call = place.openings[-1]
    found = hover(analysis, call.start + 1) if call.head else None
    if found is None or not found.description.signatures:
        return None
    touching = analysis.text[offset - 1 : offset].strip(" \t\r\n(") != ""
    return CallHelp(found.description, max(0, call.index - 1 - touching))


# --- names of the program ---------------------------------------------------------------

_KINDS = {
    BindingKind.FUNCTION: SymbolKind.FUNCTION,
    BindingKind.CLASS: SymbolKind.CLASS,
    BindingKind.METHOD: SymbolKind.METHOD,
    BindingKind.FIELD: SymbolKind.FIELD,
    BindingKind.PARAMETER: SymbolKind.PARAMETER,
}


def describe_binding(analysis: Analysis, binding: Binding) -> Description:
    """Return what a name of the program is, with its comment or docstring."""
    file = analysis.file_of(binding)
    source, survey = file.file.source, file.surveyed.survey
    kind = _KINDS.get(binding.kind, SymbolKind.VARIABLE)
    doc = comment_of(binding.span, file.read.comments, source)
    function = survey.functions.get(binding.name) or _method(analysis, binding)
    if binding.kind in (BindingKind.FUNCTION, BindingKind.METHOD) and function:
        signature = written(binding.name, signature_of(function.parameters))
        return Description(
            binding.name, kind, (signature,), _docstring(function) or doc
        )
    if binding.kind is BindingKind.FUNCTION:
        return _macro(analysis, binding, doc)
    if binding.kind is BindingKind.CLASS:
        return _class(analysis, binding, doc)
    if kind is not SymbolKind.VARIABLE:
        return Description(binding.name, kind, (), "")
    if binding.name in survey.constants:
        kind = SymbolKind.CONSTANT
    line, _ = source.position(binding.span.start)
    first_set = source.line(line).strip()  # the best that is known of a variable
    return Description(binding.name, kind, (), doc or first_set)


def _method(analysis: Analysis, binding: Binding) -> Function | None:
    for method, function in analysis.survey.methods.items():
        if method.name == binding.name:
            return function
    return None


def _macro(analysis: Analysis, binding: Binding, doc: str) -> Description:
    calls = [
        analysis.text[pattern.span.start + 1 : pattern.span.end - 1]
        for name, pattern, _ in macro_definitions(analysis.file.read.forms)
        if name.name == binding.name
    ]
    written_calls = [f"({binding.name} {call})".replace(" )", ")") for call in calls]
    return Description(binding.name, SymbolKind.MACRO, tuple(written_calls), doc)


def _class(analysis: Analysis, binding: Binding, doc: str) -> Description:
    one = analysis.hierarchy.classes.get(binding.name)
    if one is None:
        return Description(binding.name, SymbolKind.TYPE, (), doc)
    parameters: list[ParameterForm] = analysis.hierarchy.fields(one)
    signature = written(binding.name, signature_of(parameters))
    for form in analysis.file.read.forms:
        parts = class_parts(form) if isinstance(form, ListForm) else None
        if parts is not None and parts.name.span == binding.span and parts.docstring:
            doc = parts.docstring
    return Description(binding.name, SymbolKind.CLASS, (signature,), doc)


def _docstring(function: Function) -> str:
    match function.form.items[3:]:
        case (String(text, kind), _, *_) if kind is not StringKind.BYTES:
            return text
        case _:
            return ""


def comment_of(span: Span, comments: tuple[Comment, ...], source: Source) -> str:
    """Return the comment on the lines just above a definition, empty if there is none."""
    by_last_line = {source.position(c.span.end)[0]: c for c in comments}
    line, _ = source.position(span.start)
    texts: list[str] = []
    while (comment := by_last_line.get(line - 1)) is not None:
        line, column = source.position(comment.span.start)
        if source.line(line)[: column - 1].strip():
            break  # it stands behind code
        texts.append(comment.text)
    return "\n".join(reversed(texts))


# --- builtins -----------------------------------------------------------------------------


@lru_cache(maxsize=256)
def described(builtin: Builtin, name: str) -> Description:
    """Return what the catalogue says of a builtin, called ``name`` there."""
    kind = SymbolKind.FORM if builtin.form else SymbolKind.FUNCTION
    signatures = [written(name, signature) for signature in signatures_of(builtin)]
    if builtin in PREDEFINED:
        kind, signatures = SymbolKind.VARIABLE, []
    example = examples().get(builtin.name)
    return Description(
        name,
        kind,
        tuple(dict.fromkeys(signatures)),
        builtin.doc + _defaults(builtin),
        tuple([n for n in (builtin.name, *builtin.aliases) if n != name]),
        tuple([o.target for o in builtin.overloads if o.target is not None]),
        example.source if example else None,
        python_of(example.source) if example else None,
        example.prints if example else None,
        builtin.unsupported,
    )


def _defaults(builtin: Builtin) -> str:
    """Return a sentence about the parameters that have a default other than nil."""
    found = {
        parameter.name: _as_lispe(parameter.default)
        for overload in builtin.overloads
        for parameter in parse_parameters(overload.parameters)
        if parameter.default not in (None, "None")
    }
    told = ", ".join(f"{name} is {value}" for name, value in found.items())
    return f" By default {told}." if told else ""


def _as_lispe(python: str | None) -> str:
    """Return a default, a Python expression, as LispE writes it.

    >>> _as_lispe("True"), _as_lispe("'adam'")
    ('true', '"adam"')
    """
    match python and ast.literal_eval(python):
        case bool(flag):
            return "true" if flag else "nil"
        case str(text):
            return f'"{text}"'
        case value:
            return str(value)


_HEADER = re.compile(r'\A""".*?"""\n+', re.DOTALL)


def python_of(text: str) -> str | None:
    """Return the Python of a piece of LispE, without header and imports; None: it has
    errors. Names that it does not define are taken for variables.

    >>> python_of("(setq area (* width width))")
    'area = width * width'
    """
    names = _names(text)
    variables = frozenset([open_name(name) for name in names])
    within = Surroundings(variables, frozenset(), frozenset(), None)
    compiled = compile_text(text, options=Options(self_check=False), within=within)
    if compiled.python is None:
        return None
    return without_header(compiled.python)


def without_header(python: str) -> str:
    """Return compiled Python without its docstring and imports, to be shown."""
    lines = _HEADER.sub("", python).splitlines()
    while lines and (not lines[0].strip() or lines[0].startswith(("import ", "from "))):
        lines.pop(0)
    return "\n".join(lines).strip("\n")


def _names(text: str) -> set[str]:
    forms = read(Source.of(text)).forms
    names = {symbol.name for form in forms for symbol in symbols_in(form)}
    return {
        name
        for name in names
        if name not in CONSTANTS and catalogue.lookup(name) is None and "." not in name
    }
