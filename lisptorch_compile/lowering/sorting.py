"""`sort` by Python's own sort: ``l.sort()``, ``sorted(people, key=lambda a: a[1])``."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    DICTS,
    FLOAT,
    INT,
    INTEGERS,
    LIST,
    STRINGS,
    TEXT,
    TYPED,
    Fact,
)
from lisptorch_compile.fact_rules import element
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, literal
from lisptorch_compile.lowering.containers import EffectHandler, Handler, arguments_of
from lisptorch_compile.lowering.entries import keys_source
from lisptorch_compile.lowering.failing import may_fail
from lisptorch_compile.nodes import (
    Assign,
    BuiltinCall,
    BuiltinValue,
    Lambda,
    ListLiteral,
    Literal,
    Named,
    Node,
    Variable,
)
from lisptorch_compile.pytree import Stmt
from lisptorch_compile.records import replaced
from lisptorch_compile.scope import Binding


def _sort(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(sort '< l)`` → ``l.sort()`` on a list of numbers or of texts."""
    comparator, items = arguments_of(node)
    keywords = _natural_order(lowerer, comparator, items)
    if keywords is None or not lowerer.fact(items).only(LIST | STRINGS):
        return None
    before, value = lowerer.value(items)
    sort = py.Attribute(value, "sort", node.span)
    return [*before, py.ExprStmt(py.Call(sort, (), keywords, node.span), node.span)]


def sorts_itself(lowerer: Lowerer, node: Assign) -> bool:
    """Tell whether an assignment says ``(setq l (sort '< l))``: the list is the same."""
    match node.value:
        case BuiltinCall(builtin, (_, Variable(binding))) if builtin.name == "sort":
            lists = lowerer.fact(node.value).only(LIST | STRINGS | TYPED)
            return binding is node.binding and lists
        case _:
            return False


def sorted_walk(lowerer: Lowerer, node: Node) -> Code | None:
    """Return what a loop walks for ``(sort '< (keys@ d))``: ``sorted(d)``."""
    if not isinstance(node, BuiltinCall) or node.builtin.name != "sort":
        return None
    comparator, items = arguments_of(node)
    keywords = _natural_order(lowerer, comparator, items)
    if keywords is None or not _is_new(items):
        return None
    items = _without_copy(lowerer, items)
    source = keys_source(items)
    if source is not None and lowerer.fact(source).only(DICTS):
        items = source
    before, value = lowerer.value(items, plain=True)
    name = py.Name("sorted", node.span)
    return Code(before, py.Call(name, (value,), keywords, node.span))


def _sorted(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(sort '< (keys@ d))`` → ``Strings(sorted(d))``."""
    walk = sorted_walk(lowerer, node)
    if walk is None or plain:
        return walk
    fact = lowerer.fact(node)
    for kind, name in ((LIST, "List"), (STRINGS, "Strings"), (INTEGERS, "Integers")):
        if fact.only(kind):
            return Code(walk.before, lowerer.runtime(name, [walk.value], node.span))
    return None


def _without_copy(lowerer: Lowerer, items: Node) -> Node:
    """``(sort '< (clone l))`` → ``sorted(l)``, which makes a list of its own."""
    match items:
        case BuiltinCall(builtin, (Variable() as copied,)) if builtin.name == "clone":
            if _are_alike(element(lowerer.fact(copied))):
                return copied
    return items


def _is_new(node: Node) -> bool:
    """Tell whether a list was made just here, so that nobody sees it sorted."""
    match node:
        case ListLiteral():
            return True
        case BuiltinCall(builtin):
            return builtin.name in _MAKERS
        case _:
            return False


#: Builtins that give a list of their own.
_MAKERS = frozenset(
    ("keys@", "values@", "split", "splite", "list", "unique", "cdr", "clone", "numbers")
    + ("map", "maplist", "mapcar", "filter", "filterlist", "integers", "floats")
)


Keywords = tuple[py.Keyword, ...]


def _natural_order(lowerer: Lowerer, comparator: Node, items: Node) -> Keywords | None:
    """Return what Python's sort is told for ``<`` or ``>`` on numbers or on texts: of the
    elements themselves, or of what a function gives for each."""
    span = comparator.span
    by: Keywords = ()
    match comparator:
        case BuiltinValue(builtin) if builtin.name in _ORDERS:
            if not _are_alike(element(lowerer.fact(items))):
                return None
            descending = builtin.name == ">"
        case Lambda((first, second), (BuiltinCall(builtin, (left, right)),)) if (
            builtin.name in _ORDERS
        ):
            descending = builtin.name == ">"
            one, other = first.binding, second.binding
            if _mentions(left, other):
                one, other, descending = other, one, not descending
            if not _says_the_same(left, right, one, other):
                return None
            key = _key(lowerer, comparator, left, one)
            if key is None:
                return None
            by = (py.Keyword("key", key, span),)
        case _:
            return None
    reverse = py.Keyword("reverse", literal(True, span), span)
    return (*by, reverse) if descending else by


_ORDERS = ("<", ">")


def _are_alike(fact: Fact) -> bool:
    return bool(fact.kinds) and (fact.only(INT | FLOAT) or fact.only(TEXT))


def _key(
    lowerer: Lowerer, comparator: Lambda, value: Node | Named, of: Binding
) -> py.Expr | None:
    """Return the function that gives what elements are compared by, if computing it once
    for each changes nothing."""
    if isinstance(value, Named | Variable):
        return None
    if lowerer.has_effects(value) or may_fail(lowerer, value):
        return None
    if not _are_alike(lowerer.fact(value)) or _looks_at_a_list(lowerer, value, of):
        return None
    (parameter,) = [p for p in comparator.parameters if p.binding is of]
    function = replaced(comparator, parameters=(parameter,), body=(value,))
    before, key = lowerer.value(function)
    return None if before else key


def _looks_at_a_list(lowerer: Lowerer, node: Node | Named, element: Binding) -> bool:
    """Tell whether a key asks for another list than the element: Python's `sort` empties the
    list that it sorts meanwhile."""
    match node:
        case Variable(name):
            return name is not element and not lowerer.fact(node).only(
                INT | FLOAT | TEXT
            )
        case BuiltinCall(_, arguments):
            return any([_looks_at_a_list(lowerer, a, element) for a in arguments])
        case _:
            return False


def _mentions(node: Node | Named, binding: Binding) -> bool:
    match node:
        case Variable(name):
            return name is binding
        case BuiltinCall(_, arguments):
            return any([_mentions(argument, binding) for argument in arguments])
        case _:
            return False


def _says_the_same(
    left: Node | Named, right: Node | Named, one: Binding, other: Binding
) -> bool:
    """Tell whether ``right`` says of ``other`` what ``left`` says of ``one``."""
    match left, right:
        case Variable(first), Variable(second):
            return (second is other) if first is one else first is second is not other
        case Literal(first), Literal(second):
            return type(first) is type(second) and first == second
        case BuiltinCall(first, given), BuiltinCall(second, taken):
            return (
                first is second
                and len(given) == len(taken)
                and all(
                    _says_the_same(a, b, one, other)
                    for a, b in zip(given, taken, strict=True)
                )
            )
        case _:
            return False


VALUES: dict[str, Handler] = {"sort": _sorted}
EFFECTS: dict[str, EffectHandler] = {"sort": _sort}
