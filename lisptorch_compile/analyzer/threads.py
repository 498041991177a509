"""``lock``, ``threadspace``, ``seth``; the variables that threads have copies of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lisptorch_compile.analyzer.context import Analyzer, Handler, nothing
from lisptorch_compile.analyzer.shape import shape_error
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.nodes import (
    Assign,
    Body,
    ClassDef,
    Constant,
    Destructure,
    For,
    FunctionDef,
    Lambda,
    Literal,
    Locked,
    Named,
    New,
    Node,
    PatternFunction,
    PyImport,
    Repeat,
    Result,
    Send,
    SuperCall,
    Update,
    Variable,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

# --- forms -----------------------------------------------------------------------------------


def lock(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(lock "name" body…)``."""
    _, name, *body = form.items
    return locked(analyzer, analyzer.lower(name), body, form.span)


def threadspace(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(threadspace body…)``."""
    return locked(analyzer, None, form.items[1:], form.span)


def locked(
    analyzer: Analyzer, name: Node | None, body: Sequence[Form], span: Span
) -> Locked:
    """Return a body under a lock: no call in it is a tail call."""
    with analyzer.guard(loop=False):
        return Locked(name, analyzer.body(body), span)


def seth(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(seth x e)``: a variable of the space that all threads share."""
    _, name, value = form.items
    node = analyzer.lower(value)
    if not isinstance(name, Symbol):
        return shape_error(analyzer, form, "a name", name)
    if not analyzer.may_bind(name):
        return nothing(form.span)
    binding = analyzer.survey.shared_variables[name.name]
    return Assign(binding, node, Result.TRUE, form.span)


FORMS: dict[str, Handler] = {
    "lock": lock,
    "threadspace": threadspace,
    "seth": seth,
}

# --- variables of the file in threads ------------------------------------------------------------


def thread_variables(body: Body) -> dict[Binding, Span]:
    """Return the file's variables that code of threads uses, each with a place where it
    does: each thread has copies of them.

    A variable that is set once, to a literal, is the same everywhere without a copy.
    """
    functions: dict[Binding, FunctionDef | PatternFunction] = {
        n.binding: n for n in body if isinstance(n, FunctionDef | PatternFunction)
    }
    threads = [n for n in body if isinstance(n, FunctionDef) and n.threaded]
    if not threads:
        return {}
    classes = tuple([node for node in body if isinstance(node, ClassDef)])
    lambdas = {
        n.binding: n.value
        for n in _nodes(body)
        if isinstance(n, Assign) and isinstance(n.value, Lambda)
    }
    used = _used_by(threads, functions, lambdas, classes)
    fixed = _fixed(body)
    return {
        binding: span
        for binding, span in used.items()
        if binding.kind is BindingKind.GLOBAL and binding not in fixed
    }


def _used_by(
    threads: Sequence[Node],
    functions: dict[Binding, FunctionDef | PatternFunction],
    lambdas: dict[Binding, Lambda],
    classes: Body,
) -> dict[Binding, Span]:
    """Return the bindings that thread functions mention, and all that these call."""
    used: dict[Binding, Span] = {}
    pending: list[Node] = list(threads)
    while pending:
        for node in _nodes((pending.pop(),)):
            if isinstance(node, New | Send | SuperCall):
                pending.extend(classes)  # it may run any method
                classes = ()
            for binding in _mentioned(node):
                if binding in used:
                    continue
                used[binding] = node.span
                definitions = (functions.get(binding), lambdas.get(binding))
                pending.extend([d for d in definitions if d is not None])
    return used


def _nodes(roots: Sequence[Node | Named]) -> Iterator[Node | Named]:
    pending = list(roots)
    while pending:
        node = pending.pop()
        yield node
        pending.extend(children(node))


def _mentioned(node: Node | Named) -> tuple[Binding, ...]:
    match node:
        case Variable(binding):
            return (binding,)
        case _:
            return _set(node)


def _set(node: Node | Named) -> tuple[Binding, ...]:
    match node:
        case Assign(binding) | Update(_, binding):
            return (binding,)
        case Destructure(bindings) | For(_, bindings):
            return bindings
        case Repeat(_, Binding() as binding):
            return (binding,)
        case _:
            return ()


def _fixed(body: Body) -> set[Binding]:
    """Return the variables that never change: modules, constants, and those that are set
    once, to a literal."""
    fixed: set[Binding] = set()
    times: dict[Binding, int] = {}
    for node in _nodes(body):
        match node:
            case Constant(binding):
                fixed.add(binding)
            case PyImport(_, bindings):
                fixed.update(bindings)
        for binding in _set(node):
            times[binding] = times.get(binding, 0) + 1
    for node in body:
        match node:
            case Assign(binding, Literal()) if times[binding] == 1:
                fixed.add(binding)
    return fixed
