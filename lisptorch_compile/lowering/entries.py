"""Loops over the keys of a dictionary, which often want its values, too.

(loop k (keys@ counts) (println k (@ counts k)))
→ for k, count in counts.items():
      println(k, count)
"""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import DICT, DICTS
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, method
from lisptorch_compile.lowering.effects import assigned_by, runs_unknown_code
from lisptorch_compile.names import singular
from lisptorch_compile.nodes import (
    BuiltinCall,
    Call,
    For,
    Lambda,
    LoopKind,
    Node,
    UpdateItem,
    Variable,
)
from lisptorch_compile.pytree import Expr
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import argument_value, children

_TAKERS = frozenset(("pop", "popfirst", "poplast"))
_GIVERS = frozenset(("set@", "key@", "keyi@", "keyn@"))


@record
class Walk:
    """A dictionary that a loop walks, by a name of its own, and the name of its keys."""

    source: Variable
    key: Binding
    copied: bool  # the keys that there were before the loop, by `keys@`
    body: tuple[Node, ...]


def walk_of(lowerer: Lowerer, node: For) -> Walk | None:
    """Return the dictionary that a loop walks, or None for any other loop."""
    if node.kind is not LoopKind.LOOP or len(node.iterables) != 1:
        return None
    source, copied = keys_source(node.iterables[0]), True
    if source is None:
        source, copied = node.iterables[0], False
    if not isinstance(source, Variable) or not lowerer.fact(source).only(DICTS):
        return None
    if copied and not lowerer.fact(source).only(DICT):
        return None
    return Walk(source, node.bindings[0], copied, node.body)


def keys_source(node: Node) -> Node | None:
    """Return the dictionary of ``(keys@ d)``."""
    match node:
        case BuiltinCall(builtin, (source,)) if builtin.name == "keys@":
            return argument_value(source)
        case _:
            return None


def entries(
    lowerer: Lowerer, walk: Walk, key: Expr, span: Span
) -> tuple[Code, Expr, Binding | None]:
    """Return what to walk, the target of the loop, and the variable of the values."""
    before, source = lowerer.value(walk.source)
    if _reads_entry(walk) and _leaves_alone(lowerer, walk):
        role = singular(walk.source.binding.name)
        value = lowerer.temporary("value" if role == "item" else role, span)
        target = py.TupleDisplay((key, py.Name(value, span)), span)
        return Code(before, method(source, "items", (), span)), target, value
    if _resizes(walk) or (walk.copied and not _leaves_alone(lowerer, walk)):
        source = py.Call(py.Name("list", span), (source,), (), span)
    return Code(before, source), key, None


def _is_entry(node: Node, walk: Walk) -> bool:
    """Tell whether a node is ``(@ d k)``."""
    match node:
        case BuiltinCall(builtin, (Variable(container), Variable(key))):
            walked = container is walk.source.binding and key is walk.key
            return builtin.name == "@" and walked
        case _:
            return False


def _reads_entry(walk: Walk) -> bool:
    stack = list(walk.body)
    while stack:
        node = stack.pop()
        if _is_entry(node, walk):
            return True
        stack.extend(children(node))
    return False


def _leaves_alone(lowerer: Lowerer, walk: Walk) -> bool:
    """Tell whether nothing in the loop, or in a function that it calls, can change a
    dictionary, or set its name or the key."""
    seen: set[Binding] = set()
    stack: list[Node] = list(walk.body)
    while stack:
        node = stack.pop()
        assigned = assigned_by(node)
        if walk.source.binding in assigned or walk.key in assigned:
            return False
        match node:
            case Lambda():
                return False
            case Call(Variable(binding)) if called := _called(lowerer, binding):
                if binding not in seen:
                    seen.add(binding)
                    stack.extend(children(called))
            case BuiltinCall():
                if _changes_dictionary(lowerer, node):
                    return False
            case UpdateItem(_, container):
                if lowerer.fact(container).may_be(DICTS):
                    return False
            case _ if runs_unknown_code(node):
                return False
        stack.extend(children(node))
    return True


def _called(lowerer: Lowerer, function: Binding) -> Node | None:
    """Return the definition of a function of the program, None for any other value."""
    if function in lowerer.facts.replaced:
        return None
    return lowerer.facts.functions.get(function)


def _changes_dictionary(lowerer: Lowerer, node: BuiltinCall) -> bool:
    name = node.builtin.name
    if node.builtin.pure or name in _HARMLESS:
        return False
    changed = argument_value(node.arguments[0]) if node.arguments else None
    if changed is None or name not in _CHANGERS:
        return True
    return lowerer.fact(changed).may_be(DICTS)


#: Builtins with effects, but none on dictionaries, and those that change their first
#: argument alone.
_HARMLESS = frozenset(("print", "println", "printerr", "printerrln", "break", "return"))
_CHANGERS = frozenset(
    ("push", "pushfirst", "pushlast", "insert", "extend", "sort", "set@", "key@")
)


def _resizes(walk: Walk) -> bool:
    """Tell whether a loop over a dictionary changes which keys that has: LispE walks the
    keys that there were, Python refuses."""
    stack: list[Node] = list(walk.body)
    while stack:
        step = stack.pop()
        match step:
            case BuiltinCall(builtin, (Variable(binding), *_)) if (
                builtin.name in _TAKERS and binding is walk.source.binding
            ):
                return True
            case BuiltinCall(builtin, (Variable(binding), key, _, *_)) if (
                builtin.name in _GIVERS and binding is walk.source.binding
            ):
                if not _is_key(argument_value(key), walk):
                    return True
            case UpdateItem(_, Variable(binding), (key, *_)):
                if binding is walk.source.binding and not _is_key(key, walk):
                    return True
        stack.extend(children(step))
    return False


def _is_key(node: Node, walk: Walk) -> bool:
    return isinstance(node, Variable) and node.binding is walk.key
