"""Texts: f-strings, and sums that begin with a text."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import FLOAT, INT, LISTS, NOTHING, TEXT, Fact
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, literal
from lisptorch_compile.nodes import Interpolated
from lisptorch_compile.pytree import Expr


def added(lowerer: Lowerer, left: Expr, right: Expr, span: Span) -> Expr:
    """``add(a, b)`` and c → ``add(a, b, c)``, for a sum that was made just now."""
    match left:
        case py.Call(py.Name("add"), arguments, (), at) if at == span:
            return lowerer.runtime("add", [*arguments, right], span)
        case _:
            return lowerer.runtime("add", [left, right], span)


def join_texts(
    lowerer: Lowerer, values: Sequence[Expr], facts: Sequence[Fact], span: Span
) -> Expr:
    """``(+ "a" x)`` → ``f"a{x}"``; a list on the right distributes, so it needs ``add``."""
    done: Expr | None = None
    parts: list[str | py.Interpolation] = []
    for value, fact in zip(values, facts, strict=True):
        if fact.may_be(LISTS) or fact.kinds == NOTHING:
            left = text_of(parts, span) if done is None else done
            if done is not None and parts:
                left = py.Binary(done, "+", text_of(parts, span), span)
            done, parts = added(lowerer, left, value, span), []
        elif done is not None:
            done = added(lowerer, done, value, span)
        else:
            parts.extend(text_parts(lowerer, value, fact))
    if done is None:
        return text_of(parts, span)
    return done


def text_parts(
    lowerer: Lowerer, value: Expr, fact: Fact
) -> list[str | py.Interpolation]:
    """Return the parts of an f-string that show ``value`` as LispE prints it."""
    span = value.span
    match value:
        case py.Literal(str() as text):
            return [text]
        case py.Literal(float() as number):
            return [f"{number:g}"]
        case py.Literal(int() as number) if not isinstance(number, bool):
            return [str(number)]
        case py.FString():
            return [py.Interpolation(value, None, span)]
        case py.Call(py.Name("str"), (shown,), ()):
            return [py.Interpolation(shown, _ANY_TEXT, span)]
    if fact.only(TEXT):
        return [py.Interpolation(value, None, span)]
    if fact.only(TEXT | INT):
        return [py.Interpolation(value, _ANY_TEXT, span)]
    if fact.only(FLOAT):
        return [py.Interpolation(value, "g", span)]
    shown = lowerer.runtime("text", [value], span)
    return [py.Interpolation(shown, None, span)]


#: Marks what an f-string shows as it is but ``+`` does not take: an integer.
_ANY_TEXT = ""


def text_of(parts: Sequence[str | py.Interpolation], span: Span) -> Expr:
    """Return one text of all parts: a literal, a sum, or an f-string."""
    merged = _merged([inner for part in parts for inner in _opened(part)])
    if not merged:
        return literal("", span)
    if all([isinstance(part, str) for part in merged]):
        return literal("".join([str(part) for part in merged]), span)
    if any([_breaks_fstring(part) for part in merged]):
        return _sum_of_texts(_merged(parts), span)
    plain = [p for p in merged if isinstance(p, py.Interpolation) and p.spec is None]
    if len(plain) == len(merged) == 1:
        return plain[0].value
    match merged:
        case [py.Interpolation(shown, "")]:
            return py.Call(py.Name("str", span), (shown,), (), span)
    if len(plain) == len(merged) == 2:
        return py.Binary(plain[0].value, "+", plain[1].value, span)
    return py.FString(tuple([_unmarked(part) for part in merged]), span)


def _merged(
    parts: Sequence[str | py.Interpolation],
) -> list[str | py.Interpolation]:
    """Return the parts with texts that are neighbours in one."""
    merged: list[str | py.Interpolation] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return merged


def _opened(part: str | py.Interpolation) -> list[str | py.Interpolation]:
    """``{f"{a}{b}"}`` → ``{a}{b}``."""
    match part:
        case py.Interpolation(py.FString(inner), None):
            return [_marked(each) for each in inner]
        case _:
            return [part]


def _marked(part: str | py.Interpolation) -> str | py.Interpolation:
    """Return a part of an f-string that exists: what it shows as it is may be an integer."""
    if isinstance(part, py.Interpolation) and part.spec is None:
        return py.Interpolation(part.value, _ANY_TEXT, part.span)
    return part


def _unmarked(part: str | py.Interpolation) -> str | py.Interpolation:
    if isinstance(part, py.Interpolation) and part.spec == _ANY_TEXT:
        return py.Interpolation(part.value, None, part.span)
    return part


def _breaks_fstring(part: str | py.Interpolation) -> bool:
    """Python 3.11 takes no backslash and no quote of its own kind inside the braces."""
    return isinstance(part, py.Interpolation) and _has_text(part.value)


def _has_text(value: Expr) -> bool:
    match value:
        case py.Literal(content):
            return isinstance(content, str | bytes)
        case py.FString() | py.Lambda() | py.Comprehension() | py.DictDisplay():
            return True
        case py.SetDisplay():
            return True
        case py.Name():
            return False
        case py.Attribute(inner):
            return _has_text(inner)
        case py.Call(function, arguments, keywords):
            parts = [function, *arguments, *[keyword.value for keyword in keywords]]
            return any([_has_text(part) for part in parts])
        case py.Binary(left, _, right):
            return _has_text(left) or _has_text(right)
        case py.Unary(_, operand) | py.Starred(operand):
            return _has_text(operand)
        case py.Subscript(inner, index):
            return _has_text(inner) or _has_text(index)
        case _:
            return True


def _sum_of_texts(parts: Sequence[str | py.Interpolation], span: Span) -> Expr:
    result: Expr | None = None
    for part in parts:
        if isinstance(part, str):
            value: Expr = literal(part, span)
        elif part.spec is None:
            value = part.value
        elif part.spec == _ANY_TEXT:
            value = py.Call(py.Name("str", span), (part.value,), (), span)
        else:
            arguments = (part.value, literal(part.spec, span))
            value = py.Call(py.Name("format", span), arguments, (), span)
        result = value if result is None else py.Binary(result, "+", value, span)
    assert result is not None
    return result


def interpolated(lowerer: Lowerer, node: Interpolated) -> Code:
    """``(f_ "a{x}")`` → ``f"a{x}"``."""
    nodes = [part for part in node.parts if not isinstance(part, str)]
    before, values = lowerer.operands(nodes)
    shown = iter(zip(values, nodes, strict=True))
    parts: list[str | py.Interpolation] = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(part)
        else:
            value, source = next(shown)
            parts.extend(text_parts(lowerer, value, lowerer.fact(source)))
    return Code(before, text_of(parts, node.span))
