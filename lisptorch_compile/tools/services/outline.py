"""What a text defines: functions, classes with their members, types, macros, variables."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from lisptorch_compile.analyzer.class_parts import class_parts, is_method
from lisptorch_compile.analyzer.data_parts import data_parts, descriptor_name
from lisptorch_compile.analyzer.form_parts import CONSTANTS, imported_names, targets
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.records import record
from lisptorch_compile.tools.services.analysis import Analysis


class SymbolKind(Enum):
    """What a name stands for."""

    FUNCTION = "function"
    FORM = "special form"
    MACRO = "macro"
    CLASS = "class"
    TYPE = "data type"
    METHOD = "method"
    FIELD = "field"
    VARIABLE = "variable"
    PARAMETER = "parameter"
    CONSTANT = "constant"
    MODULE = "module"
    SPACE = "name space"
    OPTION = "option"


@record
class DefinedSymbol:
    """A definition: ``span`` is all of it, ``name_span`` its name."""

    name: str
    kind: SymbolKind
    span: Span
    name_span: Span
    children: tuple[DefinedSymbol, ...] = ()


def symbols(analysis: Analysis) -> tuple[DefinedSymbol, ...]:
    """Return the definitions of a text in source order, members inside their classes.

    A variable of the file stands where it is first set; rules of one pattern function are
    listed one by one.
    """
    seen: set[str] = set()
    found: list[DefinedSymbol] = []
    for form in analysis.file.read.forms:
        for symbol in _defined_by(form):
            variable = symbol.kind in (SymbolKind.VARIABLE, SymbolKind.CONSTANT)
            if not variable or symbol.name not in seen:
                found.append(symbol)
            seen.add(symbol.name)
    return tuple(found)


_FUNCTIONS = frozenset(("defun", "dethread", "defpat", "defpred", "defprol"))


def _defined_by(form: Form) -> Iterator[DefinedSymbol]:
    match form:
        case ListForm((Symbol(head), Symbol() as name, *_)) if head in _FUNCTIONS:
            yield _symbol(name, SymbolKind.FUNCTION, form)
        case ListForm((Symbol("defmacro"), Symbol() as name, *_)):
            yield _symbol(name, SymbolKind.MACRO, form)
        case ListForm((Symbol("defspace"), Symbol() as name, *inner)):
            children = [child for each in inner for child in _defined_by(each)]
            yield _symbol(name, SymbolKind.SPACE, form, children)
        case ListForm((Symbol("class@" | "defclass"), *_)):
            yield from _class(form)
        case ListForm((Symbol("data@"), *_)):
            yield from _types(form)
        case ListForm((Symbol("setconst"), Symbol() as name, *_)):
            yield _symbol(name, SymbolKind.CONSTANT, form)
        case ListForm(
            (Symbol("setq" | "setqv" | "label" | "setg" | "seth"), target, *_)
        ):
            yield from _variables(target, form)
        case ListForm((Symbol("pyimport"), *_)):
            for each in imported_names(form):
                yield _symbol(each, SymbolKind.MODULE, form)


def _variables(target: Form, form: ListForm) -> Iterator[DefinedSymbol]:
    for each in targets(target):
        if isinstance(each, Symbol) and each.name not in CONSTANTS:
            yield _symbol(each, SymbolKind.VARIABLE, form)


def _class(form: ListForm) -> Iterator[DefinedSymbol]:
    parts = class_parts(form)
    if parts is None:
        return
    members: list[DefinedSymbol] = []
    for field in parts.fields.items if parts.fields is not None else ():
        match field:
            case Symbol() as name:
                members.append(_symbol(name, SymbolKind.FIELD, field))
            case ListForm((Symbol() as name, *_)):
                members.append(_symbol(name, SymbolKind.FIELD, field))
    for member in parts.members:
        if is_method(member):
            assert isinstance(member, ListForm) and isinstance(member.items[1], Symbol)
            members.append(_symbol(member.items[1], SymbolKind.METHOD, member))
    yield _symbol(parts.name, SymbolKind.CLASS, form, members)


def _types(form: ListForm) -> Iterator[DefinedSymbol]:
    group, descriptors = data_parts(form)
    names = [(descriptor_name(each), each) for each in descriptors]
    types = [
        _symbol(name, SymbolKind.TYPE, each) for name, each in names if name is not None
    ]
    if group is None:
        yield from types
    else:
        yield _symbol(group, SymbolKind.TYPE, form, types)


def _symbol(
    name: Symbol,
    kind: SymbolKind,
    form: Form,
    children: list[DefinedSymbol] | None = None,
) -> DefinedSymbol:
    return DefinedSymbol(name.name, kind, form.span, name.span, tuple(children or ()))
