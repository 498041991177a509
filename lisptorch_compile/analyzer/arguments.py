"""Arguments of calls: positional ones, ``(? name value)``, functions by quoted name."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.analyzer.context import Analyzer
from lisptorch_compile.analyzer.function_values import named_or_datum
from lisptorch_compile.analyzer.parameters import (
    Signature,
    accepts,
    never_begins_with_number,
    signatures_of,
)
from lisptorch_compile.catalogue.model import Builtin
from lisptorch_compile.forms import Form, ListForm, Number, Quote, Symbol
from lisptorch_compile.nodes import Literal, Named, Node

Arguments = tuple[Node | Named, ...]


def arguments_of(analyzer: Analyzer, forms: Sequence[Form]) -> Arguments:
    return tuple([argument(analyzer, form) for form in forms])


def argument(analyzer: Analyzer, form: Form) -> Node | Named:
    """Return one argument, ``(? name value)`` as a named one."""
    named = named_argument(form)
    if named is None:
        return analyzer.lower(form)
    name, value = named
    return Named(name.name, analyzer.lower(value), form.span)


def foreign_arguments(analyzer: Analyzer, forms: Sequence[Form]) -> Arguments:
    """Return arguments for Python: a quoted name of a function is the function, and
    ``false`` is not None, which many functions refuse for a flag."""
    return tuple([_foreign_argument(analyzer, form) for form in forms])


def _foreign_argument(analyzer: Analyzer, form: Form) -> Node | Named:
    named = named_argument(form)
    if named is None:
        return _foreign_value(analyzer, form)
    name, value = named
    return Named(name.name, _foreign_value(analyzer, value), form.span)


def _foreign_value(analyzer: Analyzer, form: Form) -> Node:
    if isinstance(form, Symbol) and form.name == "false":
        return Literal(False, form.span)
    return named_or_datum(analyzer, form)


def named_argument(form: Form) -> tuple[Symbol, Form] | None:
    """Return the name and the value of ``(? name value)``."""
    match form:
        case ListForm((Symbol("?"), Symbol() as name, value)):
            return name, value
        case ListForm((Symbol("?"), Quote(Symbol() as name), value)):
            return name, value
        case _:
            return None


def takes(signatures: Sequence[Signature], forms: Sequence[Form]) -> bool:
    """Tell whether one of the signatures fits arguments that are not lowered yet."""
    pairs = [named_argument(form) for form in forms]
    names = [pair[0].name for pair in pairs if pair is not None]
    positional = len(forms) - len(names)
    return any([accepts(signature, positional, names) for signature in signatures])


def may_take(builtin: Builtin, forms: Sequence[Form]) -> bool:
    """Tell whether an instruction takes so many arguments, and no number written where
    it wants a container."""
    if not takes(signatures_of(builtin), forms):
        return False
    number = bool(forms) and isinstance(forms[0], Number)
    return not (number and never_begins_with_number(builtin.name))
