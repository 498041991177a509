"""Parameter lists: taking them apart, and writing the signature they make."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer import messages  # noqa: F401  # the diagnostics' texts
from lisptorch_compile.catalogue.model import (
    NUMBER,
    ROLES,
    Builtin,
    parse_parameters,
)
from lisptorch_compile.catalogue.model import Parameter as Declared
from lisptorch_compile.diagnostics import Diagnostic, Fix, Span, diagnose
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.nodes import Parameter
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind


@record
class ParameterForm:
    """One parameter: ``x``, ``(x default)``, ``(x)`` or ``(() rest)``."""

    binding: Binding
    default: Form | None
    optional: bool
    rest: bool
    span: Span


@record
class Slot:
    """One parameter as a caller sees it."""

    name: str
    optional: bool = False
    rest: bool = False


Signature = tuple[Slot, ...]


def parameter_forms(form: Form) -> tuple[ParameterForm, ...]:
    """Return the parameters of a list; what is none is left out (see ``faults``).

    A name without its list counts, so that the body is not blamed for it, too.
    """
    items = form.items if isinstance(form, ListForm) else (form,)
    parameters = [_parameter(item) for item in items]
    return tuple([p for p in parameters if p is not None])


def _parameter(form: Form) -> ParameterForm | None:
    match form:
        case Symbol():
            return ParameterForm(_binding(form), None, False, False, form.span)
        case ListForm((Symbol() as name,), span):
            return ParameterForm(_binding(name), None, True, False, span)
        case ListForm((Symbol() as name, default), span):
            return ParameterForm(_binding(name), default, True, False, span)
        case ListForm((ListForm(()), Symbol() as name), span):
            return ParameterForm(_binding(name), None, False, True, span)
        case _:
            return None


def _binding(symbol: Symbol) -> Binding:
    return Binding(symbol.name, BindingKind.PARAMETER, symbol.span)


def faults(form: Form, source_text: str) -> list[Diagnostic]:
    """Return what is wrong with a parameter list, apart from its names."""
    if not isinstance(form, ListForm):
        found = source_text[form.span.start : form.span.end]
        fix = Fix(f"write ({found})", form.span, f"({found})")
        return [diagnose("LT0215", form.span, fixes=[fix], found=found)]
    result: list[Diagnostic] = []
    seen: set[str] = set()
    latest = 0
    for item in form.items:
        parameter = _parameter(item)
        if parameter is None:
            found = source_text[item.span.start : item.span.end]
            result.append(diagnose("LT0208", item.span, found=found))
            continue
        name = parameter.binding.name
        if name in seen:
            result.append(diagnose("LT0211", item.span, name=name))
        seen.add(name)
        rank = 2 if parameter.rest else 1 if parameter.optional else 0
        if rank < latest or latest == 2:
            kind, previous = _RANKS[rank], _RANKS[latest]
            result.append(diagnose("LT0209", item.span, kind=kind, previous=previous))
        latest = max(latest, rank)
    return result


_RANKS = ("a required", "an optional", "a rest")


# --- signatures ---------------------------------------------------------------------------------


def signature_of(parameters: Sequence[ParameterForm | Parameter]) -> Signature:
    """Return how a function with these parameters is called."""
    return tuple(
        [
            Slot(p.binding.name, p.optional or p.default is not None, p.rest)
            for p in parameters
        ]
    )


def signatures_of(builtin: Builtin) -> list[Signature]:
    """Return every way in which a builtin is called."""
    return [_signature(overload.parameters) for overload in builtin.overloads]


@cache
def _signature(parameters: str) -> Signature:
    return tuple(
        [
            Slot(p.name, p.default is not None, p.rest)
            for p in parse_parameters(parameters)
        ]
    )


#: What the catalogue calls parameters that take a function.
_FUNCTION_PARAMETERS = frozenset(
    ("function", "before", "comparator", "place", "outer", "inner", "callback")
)


@cache
def function_positions(name: str) -> frozenset[int]:
    """Return which arguments of the builtin ``name`` are functions in some overload."""
    builtin = catalogue.lookup(name)
    if builtin is None or builtin.form:
        return frozenset()
    return frozenset(
        [
            index
            for overload in builtin.overloads
            for index, p in enumerate(parse_parameters(overload.parameters))
            if _is_function(p)
        ]
    )


@cache
def never_begins_with_number(name: str) -> bool:
    """Tell whether the first argument of the builtin ``name`` is no number in any of the
    overloads that say what it is: of `size` and `sum`, but not of `string`."""
    builtin = catalogue.lookup(name)
    if builtin is None or builtin.form:
        return False
    first = [parse_parameters(o.parameters)[:1] for o in builtin.overloads]
    roles = {p.role for parameters in first for p in parameters} - {"value"}
    return bool(roles) and not any([ROLES[role].accepts & NUMBER for role in roles])


def begins_with_function(builtin: Builtin) -> bool:
    """Tell whether the first argument of a builtin is a function in every overload."""
    signatures = [parse_parameters(o.parameters) for o in builtin.overloads]
    return all([_is_function(parameters[0]) for parameters in signatures if parameters])


def _is_function(parameter: Declared) -> bool:
    named_so = parameter.name in _FUNCTION_PARAMETERS
    return not parameter.rest and (parameter.role == "function" or named_so)


def accepts(signature: Signature, positional: int, named: Sequence[str]) -> bool:
    """Tell whether so many arguments and these named ones fit."""
    remaining = list(named)
    for slot in signature:
        if slot.rest:
            positional = 0
        elif positional > 0:
            positional -= 1
        elif slot.name in remaining:
            remaining.remove(slot.name)
        elif not slot.optional:
            return False
    return positional == 0 and not remaining


def written(name: str, signature: Signature, given: Sequence[str] = ()) -> str:
    """Return a call as a person would write it, the first arguments as ``given``.

    >>> written("if", (Slot("condition"), Slot("then"), Slot("otherwise", True)), ["(f)"])
    '(if (f) then [otherwise])'
    """
    parts = [name, *given]
    for slot in signature[len(given) :]:
        parts.append(_shown(slot))
    return f"({' '.join(parts)})"


def _shown(slot: Slot) -> str:
    if slot.rest:
        return f"[{slot.name}…]"
    return f"[{slot.name}]" if slot.optional else slot.name


def counted(signatures: Sequence[Signature]) -> str:
    """Say how many arguments are taken: ``2 arguments``, ``1 to 3 arguments``."""
    least = min([_least(signature) for signature in signatures])
    if any(slot.rest for signature in signatures for slot in signature):
        return f"at least {_plural(least)}"
    most = max([len(signature) for signature in signatures])
    if most == 0:
        return "no arguments"
    return _plural(least) if least == most else f"{least} to {_plural(most)}"


def _least(signature: Signature) -> int:
    return len([slot for slot in signature if not slot.optional and not slot.rest])


def _plural(count: int) -> str:
    return f"{count} argument{'s' * (count != 1)}"
