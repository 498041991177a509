"""Which functions call themselves, or one another, last: that must not grow the stack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lisptorch_compile.catalogue.model import FUNCTION, INSTANCE, Fact
from lisptorch_compile.facts import Facts
from lisptorch_compile.nodes import (
    Attribute,
    Call,
    FunctionDef,
    Lambda,
    Node,
    PatternFunction,
    Send,
    SuperCall,
    Variable,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

#: Calls that may be the last thing that a function does.
TailCall = Call | Send | SuperCall

#: What each function may call last.
Callees = Mapping[Binding, set[Binding]]


def loop_functions(facts: Facts) -> set[Binding]:
    """Return the functions that call themselves last, where the name means no other: their
    calls of themselves become the rounds of a loop."""
    return {
        binding
        for binding, node in facts.functions.items()
        if _is_only_one(facts, binding)
        and any([calls_itself(facts, call, binding) for call in _last_calls(node)])
    }


def calls_itself(facts: Facts, call: Node, owner: Binding) -> bool:
    """Tell whether a call runs the function that it stands in: by its name, or as the
    method of another object."""
    if isinstance(call, Call | Send) and next_object(facts, call, owner) is not None:
        return True
    return _calls(call, owner)


def next_object(facts: Facts, call: Node, owner: Binding) -> Node | None:
    """Return the object for which a call runs the method that it stands in, as the `next`
    of ``(next (last))`` in `last`; None: it is not known to be one, or is `this`."""
    match call:
        case Call(Attribute(receiver, name)) | Send(receiver, name):
            methods = facts.classes.methods.get(name, ())
        case _:
            return None
    if list(methods) != [owner] or facts.classes.foreign:
        return None
    return receiver if facts.of(receiver).only(INSTANCE) else None


def walks_objects(facts: Facts, node: FunctionDef | PatternFunction) -> bool:
    """Tell whether a method goes on with another object."""
    calls = _last_calls(node)
    return any([next_object(facts, c, node.binding) is not None for c in calls])


def mutual_tail_callers(facts: Facts) -> set[Binding]:
    """Return the functions and methods that call one another last, in a cycle.

    A method that calls itself on another object is no such: ``(next (last))`` is a round of
    a loop where the object is known, else a plain call.
    """
    graph: Callees = {
        binding: _callees(facts, node) for binding, node in facts.functions.items()
    }
    return {
        binding
        for binding in graph
        if binding.kind in (BindingKind.FUNCTION, BindingKind.METHOD)
        and (
            _calls_some_version(facts, binding)
            or any([_reaches(graph, c, binding) for c in _others(graph, binding)])
        )
    }


def has_lambda(node: FunctionDef | PatternFunction) -> bool:
    """A lambda made in the body may keep the parameters of its round."""
    stack: list[Node] = list(children(node))
    while stack:
        current = stack.pop()
        if isinstance(current, Lambda):
            return True
        stack.extend(children(current))
    return False


def _last_calls(node: FunctionDef | PatternFunction) -> Iterable[TailCall]:
    """Yield what a function's own body calls last."""
    stack: list[Node] = list(children(node))
    while stack:
        current = stack.pop()
        if isinstance(current, Lambda | FunctionDef):
            continue
        if isinstance(current, TailCall) and current.tail:
            yield current
        stack.extend(children(current))


def _calls(call: Node, binding: Binding) -> bool:
    """Tell whether a call is one by the name of a function, or of a method on `this`."""
    match call:
        case Call(Variable(callee)):
            return callee is binding
        case _:
            return False


def _is_only_one(facts: Facts, binding: Binding) -> bool:
    versions = facts.classes.versions.get(binding, (binding,))
    return len(versions) == 1 and binding not in facts.replaced


def _calls_some_version(facts: Facts, binding: Binding) -> bool:
    """Tell whether a method calls its own name last, and a class of its kin has another."""
    if _is_only_one(facts, binding) or binding in facts.replaced:
        return False
    own = facts.functions[binding]
    return any([_calls(call, binding) for call in _last_calls(own)])


def _callees(facts: Facts, node: FunctionDef | PatternFunction) -> set[Binding]:
    """Return the functions of the program that a function may call last.

    A thread function, whose first call starts a thread, takes part in no cycle.
    """
    if isinstance(node, FunctionDef) and node.threaded:
        return set()
    return {callee for call in _last_calls(node) for callee in callees(facts, call)}


def callees(facts: Facts, call: TailCall) -> set[Binding]:
    """Return the functions of the program that a call may run."""
    match call:
        case Call(Attribute(receiver)) if not facts.of(receiver).may_be(INSTANCE):
            return set()
        case Send(receiver) if not _is_instance(facts.of(receiver)):
            return set()
        case _:
            named = facts.classes.callees(call)
            return {f for f in named if f in facts.functions} - facts.replaced


def _is_instance(fact: Fact) -> bool:
    return fact.may_be(INSTANCE) and not fact.may_be(FUNCTION)


def _others(graph: Callees, binding: Binding) -> set[Binding]:
    return {callee for callee in graph[binding] if callee.name != binding.name}


def _reaches(graph: Callees, start: Binding, goal: Binding) -> bool:
    seen: set[Binding] = set()
    pending = [start]
    while pending:
        current = pending.pop()
        if current is goal:
            return True
        if current not in seen:
            seen.add(current)
            pending.extend(graph[current])
    return False
