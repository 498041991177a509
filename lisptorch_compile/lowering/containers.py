"""Lists, dictionaries and their elements, where Python has a shorter way than a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeGuard

from lisptorch_compile import accessors
from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    DICT,
    DICTS,
    FLOAT,
    FUNCTION,
    HEAP,
    INSTANCE,
    INT,
    LIST,
    MODULE,
    NIL,
    NUMBERED,
    OBJECT,
    PLAIN,
    SET,
    STRINGS,
    TEXT,
    TYPED,
    Fact,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, String, StringKind, Symbol
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, compare, literal, method
from lisptorch_compile.lowering.entries import keys_source
from lisptorch_compile.lowering.texts import interpolated
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import (
    BuiltinCall,
    Data,
    Interpolated,
    ListLiteral,
    Literal,
    Named,
    Node,
    Variable,
)
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.walk import argument_value

FOREIGN = OBJECT | MODULE | FUNCTION
INDEXED = LIST | PLAIN | TYPED | STRINGS | TEXT
_GROWING = LIST | PLAIN | TYPED | STRINGS

Handler = Callable[..., Code | None]
EffectHandler = Callable[[Lowerer, BuiltinCall], list[Stmt] | None]


def arguments_of(node: BuiltinCall) -> list[Node]:
    """Return the argument nodes of a call without named arguments."""
    return [argument_value(argument) for argument in node.arguments]


def _list(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(list a b)`` → ``List([a, b])``, or ``[a, b]`` where only Python sees it."""
    before, values = lowerer.operands(arguments_of(node))
    return Code(before, lowerer.list_display(values, node.span, plain=plain))


def _typed(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(integers 1 2)`` is ``[1, 2]`` where only Python sees it."""
    if not plain or not numbers_only(lowerer, node):
        return None
    before, values = lowerer.operands(arguments_of(node))
    return Code(before, py.ListDisplay(tuple(values), node.span))


def numbers_only(lowerer: Lowerer, node: BuiltinCall) -> bool:
    """Tell whether the arguments of a typed list's constructor are surely its elements."""
    kinds = INT if node.builtin.name in ("integers", "shorts") else INT | FLOAT
    return all(
        [
            not isinstance(argument, Named) and lowerer.fact(argument).only(kinds)
            for argument in node.arguments
        ]
    )


# --- access ----------------------------------------------------------------------------------


def _at(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(@ l i)`` → ``l[i]`` where both are known."""
    nodes = arguments_of(node)
    short = _walked_value(lowerer, nodes, node.span) or _attribute(
        lowerer, nodes, node.span
    )
    if short is not None:
        return short
    if not leads_through(lowerer, node, nodes[0], nodes[1:]):
        return None
    before, (container, *keys) = lowerer.operands(nodes)
    return Code(before, path_to(unwrapped(container), keys, node.span))


def accessed(lowerer: Lowerer, node: BuiltinCall) -> Code | None:
    """``(cadr p)`` → ``p[1]``, ``(last p)`` → ``p[-1]``, where that is surely there."""
    if not lowerer.facts.is_sure(node):
        return None
    accessor = accessors.parsed(node.builtin.name)
    assert accessor is not None
    before, value = lowerer.value(arguments_of(node)[0], plain=True)
    keys = [literal(position, node.span) for position in accessor.positions]
    return Code(before, path_to(unwrapped(value), keys, node.span))


def leads_through(
    lowerer: Lowerer, node: Node, container: Node, keys: Sequence[Node]
) -> bool:
    """Tell whether Python's subscripts, one after the other, say what ``keys`` say."""
    steps = lowerer.facts.of_path(node)
    if len(steps) != len(keys) or not subscriptable(lowerer, container, keys[0]):
        return False
    later = zip(steps[1:], keys[1:], strict=True)
    return all([_fits(fact, lowerer.fact(key)) for fact, key in later])


def path_to(container: Expr, keys: Sequence[Expr], span: Span) -> Expr:
    """``grid[y][x]``."""
    for key in keys:
        container = py.Subscript(container, key, span)
    return container


def is_spelled(lowerer: Lowerer, name: str) -> bool:
    """Tell whether the attribute that LispE calls ``name`` has the same name anywhere."""
    respelled = name in lowerer.facts.classes.respelled
    return spell_attribute(name).isidentifier() and not respelled


def _attribute(lowerer: Lowerer, nodes: Sequence[Node], span: Span) -> Code | None:
    """``(@ np 'pi)`` → ``np.pi`` on what is surely no value of LispE."""
    if len(nodes) != 2 or not lowerer.fact(nodes[0]).only(FOREIGN | INSTANCE):
        return None
    match nodes[1]:
        case Data(Symbol(name)) if is_spelled(lowerer, name):
            before, value = lowerer.value(nodes[0])
            return Code(before, py.Attribute(value, spell_attribute(name), span))
        case _:
            return None


def unwrapped(value: Expr) -> Expr:
    """``Integers(t.shape)``, ``List(x.topk(2))`` → what is wrapped, for a subscript.

    Not ``Integers(split(s))``: that makes integers of texts.
    """
    match value:
        case py.Call(py.Name("Integers" | "List"), (py.Attribute() as inner,)):
            return inner
        case py.Call(py.Name("List"), (py.Call(py.Attribute(_, "parameters")),)):
            return value  # a generator has no subscript
        case py.Call(py.Name("List"), (py.Call() as inner,)):
            return inner
    return value


def subscriptable(lowerer: Lowerer, container: Node, key: Node) -> bool:
    """Tell whether Python's subscript says what ``@`` says."""
    fact = lowerer.fact(container)
    if fact.may_be(DICTS) and _is_walked(lowerer, container, key):
        return False  # linters want `items()` there, which sees no changes
    return _fits(fact, lowerer.fact(key))


def _fits(fact: Fact, index: Fact) -> bool:
    if fact.only(INDEXED):
        return index.only(INT)
    return (fact.only(DICT) and index.only(TEXT)) or (
        fact.only(NUMBERED) and index.only(INT)
    )


def _is_walked(lowerer: Lowerer, container: Node, key: Node) -> bool:
    """Tell whether a loop over this dictionary gives the key."""
    if not isinstance(container, Variable) or not isinstance(key, Variable):
        return False
    return any(
        [
            (source, keys) == (container.binding, key.binding)
            for source, keys, _ in lowerer.walked
        ]
    )


def _walked_value(lowerer: Lowerer, nodes: Sequence[Node], span: Span) -> Code | None:
    """``(@ d k)`` is ``value`` within ``for k, value in d.items()``."""
    match nodes:
        case (Variable(container), Variable(key)):
            for source, keys, value in lowerer.walked:
                if (source, keys) == (container, key) and value is not None:
                    return Code([], py.Name(value, span))
    return None


# --- change --------------------------------------------------------------------------------------


def rebinding(
    lowerer: Lowerer, node: BuiltinCall, function: str, nodes: Sequence[Node]
) -> list[Stmt] | None:
    """Texts are values: a variable that holds one is given the function's result."""
    container = nodes[0]
    if not isinstance(container, Variable) or not lowerer.fact(container).only(TEXT):
        return None
    before, values = lowerer.operands(nodes)
    result = lowerer.runtime(function, values, node.span)
    return before + lowerer.assign(container.binding, result, node.span)


def _is_growing_place(lowerer: Lowerer, node: Node) -> bool:
    """Tell whether a list stands in a variable, or in a container that keeps it."""
    kept = isinstance(node, Variable) or (
        isinstance(node, BuiltinCall) and node.builtin.name == "@"
    )
    return kept and lowerer.fact(node).only(_GROWING)


def _push(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(push l x)`` → ``l.append(x)`` on what is surely a list."""
    nodes = arguments_of(node)
    added = _add(lowerer, node) or _lengthened(lowerer, node)
    if added is not None:
        return added
    if len(nodes) != 2 or not _is_growing_place(lowerer, nodes[0]):
        return None
    before, (container, item) = lowerer.operands(nodes)
    append = py.Attribute(container, "append", node.span)
    call = py.Call(append, (item,), (), node.span)
    return [*before, py.ExprStmt(call, node.span)]


def _lengthened(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(push s "x")`` → ``s = lists.push(s, "x")`` where s is a text."""
    function = _TEXT_PUSHES[node.builtin.name]
    return rebinding(lowerer, node, function, arguments_of(node))


_TEXT_PUSHES = {
    "push": "lists.push",
    "pushfirst": "lists.push_first",
    "pushlast": "lists.push",
    "pushtrue": "lists.push_true",
}


def _add(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(insert s x)`` → ``s.add(x)`` on what is surely a heap, or a set; lists are told
    otherwise."""
    nodes = arguments_of(node)
    if len(nodes) != 2 or not isinstance(nodes[0], Variable):
        return None
    member = lowerer.fact(nodes[1]).only(TEXT | INT | FLOAT)
    fact = lowerer.fact(nodes[0])
    if not (fact.only(HEAP) or fact.only(SET) and member):
        return None
    before, (container, item) = lowerer.operands(nodes)
    return [
        *before,
        py.ExprStmt(method(container, "add", (item,), node.span), node.span),
    ]


def _push_first(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(pushfirst l x)`` → ``l.insert(0, x)``."""
    nodes = arguments_of(node)
    lengthened = _lengthened(lowerer, node)
    if lengthened is not None:
        return lengthened
    if len(nodes) != 2 or not _is_growing_place(lowerer, nodes[0]):
        return None
    before, (container, item) = lowerer.operands(nodes)
    insert = py.Attribute(container, "insert", node.span)
    call = py.Call(insert, (literal(0, node.span), item), (), node.span)
    return [*before, py.ExprStmt(call, node.span)]


def _pop(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(pop l)`` → ``l.pop()``, or ``del l[-1:]``, which an empty list allows, too."""
    container, *keys = arguments_of(node)
    fact = lowerer.fact(container)
    if not isinstance(container, Variable):
        return None
    if len(keys) == 1 and fact.only(DICT) and lowerer.fact(keys[0]).only(TEXT):
        before, (target, key) = lowerer.operands([container, *keys])
        pop = py.Attribute(target, "pop", node.span)
        call = py.Call(pop, (key, literal(None, node.span)), (), node.span)
        return [*before, py.ExprStmt(call, node.span)]
    if keys or not fact.only(_GROWING | HEAP | NIL):
        return None
    span = node.span
    if lowerer.facts.is_sure(node):
        before, target = lowerer.value(container)
        position = [literal(0, span)] if node.builtin.name == "popfirst" else []
        return [*before, py.ExprStmt(method(target, "pop", position, span), span)]
    if not fact.only(_GROWING):
        return None
    bounds = (None, literal(1, span)) if node.builtin.name == "popfirst" else None
    first, stop = bounds or (literal(-1, span), None)
    before, target = lowerer.value(container)
    part = py.Subscript(target, py.Slice(first, stop, None, span), span)
    return [*before, py.Delete((part,), span)]


def _extend(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(extend l items)`` → ``l.extend(items)`` on what are surely lists."""
    nodes = arguments_of(node)
    if not all([lowerer.fact(argument).only(_GROWING) for argument in nodes]):
        return None
    if not isinstance(nodes[0], Variable):
        return None
    before, (container, items) = lowerer.operands(nodes, plain=[False, True])
    extend = py.Attribute(container, "extend", node.span)
    call = py.Call(extend, (items,), (), node.span)
    return [*before, py.ExprStmt(call, node.span)]


def is_counted(lowerer: Lowerer, fact: Fact, key: Node) -> bool:
    """Tell whether an integer is stored as it is, as a key of a dictionary of integers."""
    if lowerer.facts.number_keys or not fact.only(NUMBERED):
        return False
    return lowerer.fact(key).only(INT)


# --- search ----------------------------------------------------------------------------------------


def _in(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(in (keys@ d) k)`` → ``k in d``."""
    container, value = arguments_of(node)
    source = keys_source(container)
    if source is None or not lowerer.fact(source).only(DICT):
        return None
    if not lowerer.fact(value).only(TEXT):
        return None
    before, (dictionary, key) = lowerer.operands([source, value])
    return Code(before, compare(key, "in", dictionary, node.span))


def _split(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(split s "")`` → ``Strings(s)``, the characters of a text."""
    text = cut_into_characters(lowerer, node)
    if text is None:
        return None
    before, value = lowerer.value(text)
    if plain:
        return Code(
            before, py.Call(py.Name("list", node.span), (value,), (), node.span)
        )
    return Code(before, lowerer.runtime("Strings", [value], node.span))


def cut_into_characters(lowerer: Lowerer, node: Node) -> Node | None:
    """Return the text of ``(split text "")``."""
    if not isinstance(node, BuiltinCall) or node.builtin.name not in _SPLITS:
        return None
    match arguments_of(node):
        case [text, Literal("")] if lowerer.fact(text).only(TEXT):
            return text
        case _:
            return None


_SPLITS = frozenset(("split", "splite"))


def _join(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(join (list a b) ", ")`` → ``f"{a}, {b}"`` for texts."""
    match arguments_of(node):
        case [items, Literal(str() as separator)]:
            pieces = _texts_in_place(lowerer, items)
        case _:
            return None
    if pieces is None:
        return None
    parts: list[Node | str] = []
    for piece in pieces:
        parts.extend([separator, piece] if parts else [piece])
    return interpolated(lowerer, Interpolated(tuple(parts), node.span))


def _is_text(form: Form) -> TypeGuard[String]:
    return isinstance(form, String) and form.kind is not StringKind.BYTES


def _texts_in_place(lowerer: Lowerer, items: Node) -> Sequence[Node | str] | None:
    """Return the elements of a list that stands there and has texts only."""
    match items:
        case Data(ListForm(forms)) if forms:
            texts = [form.value for form in forms if _is_text(form)]
            return texts if len(texts) == len(forms) else None
        case ListLiteral(elements):
            nodes = list(elements)
        case BuiltinCall(builtin) if builtin.name == "list":
            nodes = arguments_of(items)
        case _:
            return None
    return nodes if all([lowerer.fact(node).only(TEXT) for node in nodes]) else None


# --- dictionaries ----------------------------------------------------------------------------------


def _dictionary(
    lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False
) -> Code | None:
    """``(dictionary "a" 1)`` → ``{"a": 1}`` when the keys are texts."""
    nodes = arguments_of(node)
    keys = nodes[::2]
    if len(nodes) % 2 or not all([lowerer.fact(key).only(TEXT) for key in keys]):
        return None
    before, values = lowerer.operands(nodes)
    entries: list[tuple[Expr | None, Expr]] = [
        (key, value) for key, value in zip(values[::2], values[1::2], strict=True)
    ]
    return Code(before, py.DictDisplay(tuple(entries), node.span))


VALUES: dict[str, Handler] = {
    "list": _list,
    "integers": _typed,
    "numbers": _typed,
    "floats": _typed,
    "shorts": _typed,
    "@": _at,
    "dictionary": _dictionary,
    "in": _in,
    "join": _join,
    "split": _split,
    "splite": _split,
}
EFFECTS: dict[str, EffectHandler] = {
    "pushfirst": _push_first,
    "pop": _pop,
    "popfirst": _pop,
    "poplast": _pop,
    "extend": _extend,
    "push": _push,
    "insert": _add,
    "pushlast": _push,
    "pushtrue": _lengthened,
}
