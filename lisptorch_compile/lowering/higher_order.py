"""`map`, `filter` and their kin with the function in place: comprehensions and loops.

(map (\\(x) (* x x)) (filter '(> 3) xs))    →    List([x * x for x in xs if x > 3])
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    BOOL,
    DICTS,
    FLOAT,
    FLOATS,
    INT,
    INTEGERS,
    LAZY,
    LIST,
    LISTS,
    NIL,
    NOTHING,
    NUMBERS,
    SHORTS,
    STRINGS,
    TENSOR,
    TEXT,
    Builtin,
    Fact,
    parse_parameters,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import lambda_arguments
from lisptorch_compile.lowering.base import EFFECT, MAX_BLOCKS, Lowerer
from lisptorch_compile.lowering.build import Code, is_python_bool
from lisptorch_compile.lowering.closures import makes_function
from lisptorch_compile.lowering.containers import (
    EffectHandler,
    Handler,
    arguments_of,
    cut_into_characters,
)
from lisptorch_compile.lowering.iteration import iterable_of, range_of, unstored_range
from lisptorch_compile.lowering.sorting import sorted_walk
from lisptorch_compile.names import singular
from lisptorch_compile.nodes import (
    BuiltinCall,
    BuiltinValue,
    Call,
    Lambda,
    Literal,
    Node,
    Parameter,
    Return,
    Variable,
)
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

_LIST_CLASSES = {
    LIST: "List",
    STRINGS: "Strings.of",
    INTEGERS: "Integers",
    NUMBERS: "Numbers",
    FLOATS: "Floats",
    SHORTS: "Shorts",
}
_MAPS = ("map", "mapcar", "maplist")
_FILTERS = ("filter", "filterlist", "filtercar")


@record
class Source:
    """What a comprehension walks: one clause, and the statements before it."""

    before: list[Stmt]
    iterable: Expr
    conditions: tuple[Expr, ...]


def _map(
    lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False, lazy: bool = False
) -> Code | None:
    nodes = arguments_of(node)
    if len(nodes) != 2:
        return None
    function = in_place(lowerer, node.builtin.name, nodes[0], nodes[1])
    if function is None or not walkable(lowerer.fact(nodes[1])):
        return None
    result = lowerer.fact(function.body[-1] if function.body else node)
    wrap = _wrapper(node.builtin.name, result)
    if wrap is None:
        return None
    lazy = lazy or lowerer.fact(nodes[1]).only(LAZY)
    if not lowerer.expressible(function):
        if lazy:
            return None
        return _map_loop(lowerer, node, function, nodes[1], None if plain else wrap)
    if id(function) in lowerer.refused:
        return None
    variable = function.parameters[0].binding
    source = _source(lowerer, nodes[1], [function])
    before, item = lowerer.value(function.body[0])
    if before:
        lowerer.refused[id(function)] = function
        return None
    item = as_item(node.builtin.name, item, result)
    value = _comprehension(source, variable, item, node.span, lazy=lazy)
    if not (plain or lazy):
        value = lowerer.runtime(wrap, [value], node.span)
    return Code(source.before, value)


def _filter(
    lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False, lazy: bool = False
) -> Code | None:
    nodes = arguments_of(node)
    if len(nodes) != 2:
        return None
    function = in_place(lowerer, node.builtin.name, nodes[0], nodes[1])
    fact = lowerer.fact(nodes[1])
    if function is None or not lowerer.expressible(function):
        return None
    if id(function) in lowerer.refused:
        return None
    wrap = "List" if node.builtin.name == "filter" else _same_list(fact)
    if not walkable(fact) or not (plain or wrap):
        return None
    lazy = lazy or fact.only(LAZY)
    variable = function.parameters[0].binding
    source = _source(lowerer, nodes[1], [function])
    before, test = lowerer.condition(function.body[0])
    if before:
        lowerer.refused[id(function)] = function
        return None
    source = Source(source.before, source.iterable, (*source.conditions, test))
    item = py.Name(variable, node.span)
    value = _comprehension(source, variable, item, node.span, lazy=lazy)
    if wrap is not None and not (plain or lazy):
        value = lowerer.runtime(wrap, [value], node.span)
    return Code(source.before, value)


def _same_list(fact: Fact) -> str | None:
    """Return the class of the list that keeps the kind of its source."""
    for kind, name in _LIST_CLASSES.items():
        if fact.only(kind):
            return name
    return None


def _take(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(take n s)`` of a lazy source, or of a `map` in place → ``List(islice(s, n))``."""
    count, items = arguments_of(node)
    lazy = lowerer.fact(items).only(LAZY) or _is_fused(items)
    if not lazy or lowerer.has_effects(count):
        return None
    before, source = iteration(lowerer, items)
    rest, number = lowerer.value(count)
    some = lowerer.runtime("islice", [source, number], node.span)
    return Code([*before, *rest], lowerer.runtime("List", [some], node.span))


def _endless(
    lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False
) -> Code | None:
    """``(irange n 1)`` → ``count(n)``."""
    start, *others = arguments_of(node)
    match others:
        case [Literal(1)] if lowerer.fact(start).only(INT | FLOAT):
            before, value = lowerer.value(start)
            return Code(before, lowerer.runtime("count", [value], node.span))
        case _:
            return None


def _is_fused(node: Node) -> bool:
    return isinstance(node, BuiltinCall) and node.builtin.name in _FUSED


def _sum(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(sum (maplist size words))`` → ``sum([len(word) for word in words])``."""
    items = arguments_of(node)[0]
    if not lowerer.fact(items).only(INTEGERS | SHORTS):
        return None
    numbers = range_of(lowerer, items)
    before, value = numbers or lowerer.value(items, plain=True)
    return Code(before, py.Call(py.Name("sum", node.span), (value,), (), node.span))


# --- the function in place --------------------------------------------------------------------


def in_place(lowerer: Lowerer, name: str, function: Node, items: Node) -> Lambda | None:
    """Return the function as a lambda of one parameter: a builtin's name becomes one."""
    match function:
        case Lambda(parameters) if len(parameters) == 1:
            parameter = parameters[0]
            if parameter.default is not None or parameter.rest:
                return None
            return None if makes_function(function.body) else function
        case BuiltinValue(builtin) if not builtin.form:
            if not _can_take_one(builtin):
                return None
            return _eta(lowerer, name, function, items)
        case Variable(binding) if _takes_one(lowerer, binding):
            return _eta(lowerer, name, function, items)
        case _:
            return None


def _can_take_one(builtin: Builtin) -> bool:
    """Tell whether a builtin has a target for a single argument."""
    for overload in builtin.overloads:
        required = [
            p
            for p in parse_parameters(overload.parameters)
            if p.default is None and not p.rest
        ]
        if overload.target is not None and len(required) <= 1:
            return bool(parse_parameters(overload.parameters))
    return False


def _takes_one(lowerer: Lowerer, binding: Binding) -> bool:
    """Tell whether a name is a user's function of one argument."""
    definition = lowerer.facts.functions.get(binding)
    if definition is None or len(definition.parameters) != 1:
        return False
    return not definition.parameters[0].rest


def _eta(
    lowerer: Lowerer, name: str, function: BuiltinValue | Variable, items: Node
) -> Lambda:
    """``'upper`` → ``(lambda (word) (upper word))``."""
    span = function.span
    binding = Binding(_item_name(lowerer, items), BindingKind.TEMPORARY, span)
    facts = lambda_arguments(name, [lowerer.fact(items)])
    item = facts[0] if facts else Fact(lowerer.facts.universe)
    variable = Variable(binding, span)
    lowerer.facts.learn(variable, item)
    call: Node
    if isinstance(function, BuiltinValue):
        call = BuiltinCall(function.builtin, (variable,), span)
        lowerer.facts.learn_call(call)
    else:
        call = Call(function, (variable,), False, span)
        lowerer.facts.learn(call, lowerer.facts.results[function.binding])
    parameter = Parameter(binding, None, False, False, span)
    return Lambda((parameter,), (call,), (), None, span)


def _item_name(lowerer: Lowerer, items: Node) -> str:
    if lowerer.fact(items).only(TEXT) or cut_into_characters(lowerer, items):
        return "char"
    if isinstance(items, Variable):
        return singular(items.binding.name)
    if lowerer.fact(items).elements == TEXT:
        return "word"
    return "item"


# --- sources ---------------------------------------------------------------------------------------


def walkable(fact: Fact) -> bool:
    """Tell whether a comprehension walks the value as LispE does."""
    return not fact.may_be(TENSOR | DICTS) or fact.only(LISTS | TEXT)


def _source(lowerer: Lowerer, node: Node, users: Sequence[Lambda]) -> Source:
    """Return what the last of ``users`` walks; a filter in place joins as a condition on
    the parameter of the first one."""
    fused = _fused_filter(lowerer, node, users)
    if fused is not None:
        return fused
    before, items = iteration(lowerer, node)
    return Source(before, items, ())


def _fused_filter(
    lowerer: Lowerer, node: Node, users: Sequence[Lambda]
) -> Source | None:
    if not isinstance(node, BuiltinCall) or node.builtin.name not in _FILTERS:
        return None
    nodes = arguments_of(node)
    function = in_place(lowerer, node.builtin.name, nodes[0], nodes[1])
    if function is None or not lowerer.expressible(function):
        return None
    users = [*users, function]
    if node.builtin.name != "filter" and _seen_apart(lowerer, users):
        return None
    if not walkable(lowerer.fact(nodes[1])):
        return None
    variable = users[0].parameters[0].binding
    lowerer.renamed[function.parameters[0].binding] = variable
    inner = _source(lowerer, nodes[1], users)
    before, test = lowerer.condition(function.body[0])
    if before:
        return None
    return Source(inner.before, inner.iterable, (*inner.conditions, test))


def _seen_apart(lowerer: Lowerer, functions: Sequence[Lambda]) -> bool:
    """Tell whether it can show that elements are chosen before others are used."""
    return any([lowerer.has_effects(function.body[0]) for function in functions])


def iteration(lowerer: Lowerer, node: Node, *, lazy: bool = True) -> Code:
    """Return what Python walks for ``node``: a ``range`` where LispE makes one.

    With ``lazy``, a generator for a `map` or `filter` in place: that family works element
    by element. A loop walks the finished list, since its body may change what they read.
    """
    numbers = range_of(lowerer, node) or unstored_range(lowerer, node)
    if numbers is not None:
        return numbers
    if lazy and isinstance(node, BuiltinCall) and _is_fused(node):
        generator = _FUSED[node.builtin.name](lowerer, node, plain=True, lazy=True)
        if generator is not None:
            return generator
    in_order = sorted_walk(lowerer, node)
    if in_order is not None:
        return in_order
    text = cut_into_characters(lowerer, node)
    before, value = lowerer.value(node if text is None else text, plain=True)
    return Code(before, iterable_of(lowerer, node, value))


# --- results ------------------------------------------------------------------------------------------


def _wrapper(name: str, result: Fact) -> str | None:
    """Return what wraps the plain list of results: the class of list that LispE makes.

    None: the kind of the first result decides at run time, which the runtime does.
    """
    if name == "map":
        return "List"
    truth = result.may_be(BOOL)
    if name == "mapcar":
        return "List" if not truth or result.only(BOOL | NIL) else None
    return typed_wrapper(result)


def typed_wrapper(result: Fact) -> str | None:
    """Return what makes the list that the first of its elements types, as in `maplist`."""
    if result.only(BOOL | NIL) or result.only(INT):
        return "Integers"
    if result.only(FLOAT):
        return "Numbers"
    if result.only(TEXT):
        return "Strings.of"
    typed = INT | FLOAT | TEXT | BOOL | NIL | LISTS
    if result.kinds != NOTHING and not result.may_be(typed):
        return "List"
    return None


def as_item(name: str, item: Expr, result: Fact) -> Expr:
    """In the `maplist` family true and nil become 1 and 0."""
    if name == "map" or not result.only(BOOL | NIL):
        return item
    test = (
        item
        if is_python_bool(item)
        else py.Call(py.Name("bool", item.span), (item,), (), item.span)
    )
    return py.Call(py.Name("int", item.span), (test,), (), item.span)


def _comprehension(
    source: Source, variable: Binding, item: Expr, span: Span, *, lazy: bool
) -> Expr:
    target = py.Name(variable, span)
    clause = py.Clause(target, source.iterable, source.conditions, span)
    kind = "generator" if lazy else "list"
    return py.Comprehension(kind, item, (clause,), span)


def _map_loop(
    lowerer: Lowerer, node: BuiltinCall, function: Lambda, items: Node, wrap: str | None
) -> Code | None:
    """A function with statements: a ``for`` loop that appends its results.

    A list that takes only some elements, or others than these, is made of them at the end.
    """
    if len(function.locals) or function.itself is not None:
        return None
    if node.builtin.name != "map" and lowerer.fact(function.body[-1]).may_be(BOOL):
        return None
    if returns(function) or lowerer.blocks >= MAX_BLOCKS:
        return None
    span = node.span
    before, loop = _looped(lowerer, span, function, items)
    results = lowerer.temporary("results", span)
    *steps, last = function.body
    body: list[Stmt] = []
    lowerer.blocks += 1
    with lowerer.rounds(None):
        for step in steps:
            body.extend(lowerer.lower(step, EFFECT))
        value = lowerer.value(last)
    lowerer.blocks -= 1
    append = py.Attribute(py.Name(results, span), "append", span)
    call = py.Call(append, (value.value,), (), span)
    body = [*body, *value.before, py.ExprStmt(call, span)]
    rounds = py.For(loop.target, loop.iterable, tuple(body), (), span)
    empty = lowerer.list_display([], span, plain=wrap != "List")
    start = lowerer.assign(results, empty, span)
    made: Expr = py.Name(results, span)
    if wrap not in ("List", None):
        made = lowerer.runtime(str(wrap), [made], span)
    return Code([*before, *start, rounds], made)


def _looped(
    lowerer: Lowerer, span: Span, function: Lambda, items: Node
) -> tuple[list[Stmt], py.Clause]:
    """Return a loop's head: over ``items`` by the parameter of ``function``."""
    before, iterable = iteration(lowerer, items)
    variable = function.parameters[0].binding
    lowerer.own(variable)
    return before, py.Clause(py.Name(variable, span), iterable, (), span)


def returns(function: Lambda) -> bool:
    stack: list[Node] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, Return):
            return True
        if not isinstance(node, Lambda):
            stack.extend(children(node))
    return False


_FUSED: dict[str, Handler] = {"map": _map, "filter": _filter}

VALUES: dict[str, Handler] = {
    "irange": _endless,
    "irangein": _endless,
    "take": _take,
    "sum": _sum,
    **{name: _map for name in _MAPS},
    **{name: _filter for name in _FILTERS},
}


def _for_effect(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """A `map` whose results nobody wants is a loop."""
    nodes = arguments_of(node)
    if len(nodes) != 2 or not isinstance(nodes[0], Lambda):
        return None
    function = in_place(lowerer, node.builtin.name, nodes[0], nodes[1])
    if function is None or function.locals or function.itself is not None:
        return None
    if returns(function) or not walkable(lowerer.fact(nodes[1])):
        return None
    before, loop = _looped(lowerer, node.span, function, nodes[1])
    with lowerer.rounds(None):
        steps = lowerer.arm(function.body, EFFECT)
    if not steps:
        steps = [py.Pass(node.span)]
    return [*before, py.For(loop.target, loop.iterable, tuple(steps), (), node.span)]


EFFECTS: dict[str, EffectHandler] = {name: _for_effect for name in _MAPS}
