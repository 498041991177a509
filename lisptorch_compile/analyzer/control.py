"""Choices, loops, ``maybe`` and ``catch``."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.context import (
    Analyzer,
    Handler,
    nothing,
    with_copies,
)
from lisptorch_compile.analyzer.flow import State
from lisptorch_compile.analyzer.form_parts import loop_counter
from lisptorch_compile.analyzer.printed import printed
from lisptorch_compile.analyzer.shape import shape_error
from lisptorch_compile.catalogue.model import NUMBER, Fact
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.nodes import (
    Block,
    Body,
    Break,
    BuiltinCall,
    Call,
    Case,
    Catch,
    For,
    If,
    Let,
    Literal,
    Logical,
    LoopKind,
    Maybe,
    Node,
    Not,
    Repeat,
    Return,
    Switch,
    Variable,
    While,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

# --- choices -------------------------------------------------------------------------------


def if_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(if c then [else])`` and ``(ife c then else…)``."""
    _, test, then, *otherwise = form.items
    return _choice(analyzer, test, (then,), otherwise, form.span, tail)


def check(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    _, test, *body = form.items
    if not body:
        return Logical("and", (analyzer.lower(test),), True, form.span)
    return _choice(analyzer, test, body, (), form.span, tail)


def ncheck(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    _, test, otherwise, *body = form.items
    return _choice(analyzer, test, body, (otherwise,), form.span, tail)


def _choice(
    analyzer: Analyzer,
    test: Form,
    then: Sequence[Form],
    otherwise: Sequence[Form],
    span: Span,
    tail: bool,
) -> Node:
    condition = analyzer.lower(test)
    flow = analyzer.routine.flow
    before = flow.fork()
    first = _arm(analyzer, then, span, tail)
    after_first, flow.state = flow.state, before
    second = _arm(analyzer, otherwise, span, tail)
    first, second = _joined(analyzer, [first, second], [after_first, flow.state], span)
    return If(condition, first, second, span)


def _arm(analyzer: Analyzer, forms: Sequence[Form], span: Span, tail: bool) -> Node:
    return analyzer.block(forms, span, tail) if forms else Literal(None, span)


def _joined(
    analyzer: Analyzer, arms: list[Node], states: list[State], span: Span
) -> list[Node]:
    """Return the arms with the copies that the flow asks for where they meet."""
    copies = analyzer.routine.flow.join(states, span)
    return [_copying_last(a, c) for a, c in zip(arms, copies, strict=True)]


def _copying_last(arm: Node, copies: Sequence[Node]) -> Node:
    """Return ``arm`` followed by ``copies``, its value kept."""
    if not copies:
        return arm
    if not _calls_functions(arm):
        return with_copies(copies, arm)
    # what it calls may set the file's variable: copy afterwards
    kept = Binding("result", BindingKind.TEMPORARY, arm.span)
    body = (*copies, Variable(kept, arm.span))
    return Let(((kept, arm),), body, arm.span)


def _calls_functions(node: Node) -> bool:
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, Call):
            return True
        pending.extend(children(current))
    return False


def cond(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(cond (c1 body…) (c2 body…) …)`` → ``If``s, one in the other."""
    clauses = [
        _clause(analyzer, form, item, "condition body…") for item in form.items[1:]
    ]
    good = [clause for clause in clauses if clause is not None]
    flow = analyzer.routine.flow
    tests: list[Node] = []
    arms: list[Node] = []
    states: list[State] = []
    for clause in good:
        tests.append(analyzer.lower(clause.items[0]))
        before = flow.fork()
        arms.append(analyzer.block(clause.items[1:], clause.span, tail))
        states.append(flow.state)
        flow.state = before
    states.append(flow.state)
    *arms, last = _joined(
        analyzer, [*arms, Literal(None, form.span)], states, form.span
    )
    return _chain(tests, arms, last, form.span)


def _clause(
    analyzer: Analyzer, form: ListForm, clause: Form, shape: str
) -> ListForm | None:
    if isinstance(clause, ListForm) and len(clause.items) >= 2:
        return clause
    head = form.items[0]
    assert isinstance(head, Symbol)
    lispe = None
    if head.name == "cond":
        lispe = "Error: in a 'cond' the first element must be a list"
    analyzer.report("LT0205", clause.span, name=head.name, shape=shape, lispe=lispe)
    return None


def _chain(tests: Sequence[Node], arms: Sequence[Node], last: Node, span: Span) -> Node:
    result = last
    for index in reversed(range(len(tests))):
        test, arm = tests[index], arms[index]
        if isinstance(test, Literal) and test.value is True:
            result = arm
        else:
            start = span if index == 0 else Span(test.span.start, span.end)
            result = If(test, arm, result, start)
    return result


def switch(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(switch v (key body…) … (true body…))``."""
    subject = analyzer.lower(form.items[1])
    flow = analyzer.routine.flow
    before = flow.fork()
    keys: list[tuple[Form, ListForm]] = []
    for item in form.items[2:]:
        clause = _clause(analyzer, form, item, "key body…")
        if clause is not None:
            keys.append((clause.items[0], clause))
    arms: list[Node] = []
    states: list[State] = []
    for _, clause in keys:
        flow.state = None if before is None else dict(before)
        arms.append(analyzer.block(clause.items[1:], clause.span, tail))
        states.append(flow.state)
    arms = _joined(analyzer, arms, states, form.span)
    cases: list[Case] = []
    default: Node | None = None
    for (key, clause), arm in zip(keys, arms, strict=True):
        if isinstance(key, Symbol) and key.name == "true":
            default = default or arm
        else:
            cases.append(Case(printed(key), arm, clause.span))
    return Switch(subject, tuple(cases), default, form.span)


def logical(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``and or xor``: true or nil."""
    head = form.items[0]
    assert isinstance(head, Symbol)
    operands = _operands(analyzer, form, lazily=head.name != "xor")
    copies, nodes = operands
    return with_copies(copies, Logical(head.name, nodes, False, form.span))


def andvalue(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    copies, nodes = _operands(analyzer, form, lazily=True)
    return with_copies(copies, Logical("and", nodes, True, form.span))


def select(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    if len(form.items) == 2:
        return analyzer.lower(form.items[1], tail)
    copies, nodes = _operands(analyzer, form, lazily=True)
    return with_copies(copies, Logical("or", nodes, True, form.span))


def _operands(
    analyzer: Analyzer, form: ListForm, *, lazily: bool
) -> tuple[list[Node], Body]:
    """Return the operands; those after the first are not always evaluated."""
    first, *rest = form.items[1:]
    copies: list[Node] = []
    if lazily:
        copies = analyzer.entering(rest, form.span)
    nodes = [analyzer.lower(first)]
    before = analyzer.routine.flow.fork()
    nodes.extend(analyzer.body(rest))
    if lazily:
        analyzer.routine.flow.state = before
    return copies, tuple(nodes)


def not_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    return Not(analyzer.lower(form.items[1]), form.span)


def block(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    return Block(analyzer.body(form.items[1:], tail), form.span)


# --- loops -----------------------------------------------------------------------------------


def _round(analyzer: Analyzer, body: Sequence[Form]) -> Body:
    """Return the body of a loop; the flow after it is the one before it."""
    flow = analyzer.routine.flow
    before = flow.fork()
    with analyzer.guard(loop=True):
        nodes = analyzer.body(body)
    flow.state = before
    return nodes


def while_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    copies = analyzer.entering(form.items[1:], form.span)
    test = analyzer.lower(form.items[1])
    body = _round(analyzer, form.items[2:])
    return with_copies(copies, While(test, body, form.span))


def loop(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(loop x container body…)``."""
    _, name, container, *body = form.items
    if not isinstance(name, Symbol):
        return shape_error(analyzer, form, "a name", name)
    return _for(analyzer, form, LoopKind.LOOP, (name,), (container,), None, body)


def parallel_loop(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(lloop (a b) l1 l2 body…)``, ``(mloop (a b) c1 c2 body…)``."""
    head, names, *rest = form.items
    assert isinstance(head, Symbol)
    if not isinstance(names, ListForm) or not names.items:
        return shape_error(analyzer, form, "a list of names", names)
    symbols: list[Symbol] = []
    for name in names.items:
        if not isinstance(name, Symbol):
            return shape_error(analyzer, form, "a list of names", name)
        symbols.append(name)
    count = len(symbols)
    if len(rest) < count:
        expected = f"({head.name} ({' '.join([s.name for s in symbols])}) "
        expected += " ".join([f"container{i + 1}" for i in range(count)]) + " body…)"
        missing = f"{count} containers, one for each name"
        analyzer.report(
            "LT0201", form.span, name=head.name, missing=missing, expected=expected
        )
        return nothing(form.span)
    kind = LoopKind.LLOOP if head.name == "lloop" else LoopKind.MLOOP
    containers, body = rest[:count], rest[count:]
    return _for(analyzer, form, kind, symbols, containers, None, body)


def whilein(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(whilein x container c body…)``: c is tested when x is set."""
    _, name, container, test, *body = form.items
    if not isinstance(name, Symbol):
        return shape_error(analyzer, form, "a name", name)
    return _for(analyzer, form, LoopKind.LOOP, (name,), (container,), test, body)


def _for(
    analyzer: Analyzer,
    form: ListForm,
    kind: LoopKind,
    names: Sequence[Symbol],
    containers: Sequence[Form],
    test: Form | None,
    body: Sequence[Form],
) -> Node:
    iterables = analyzer.body(containers)
    for container, iterable in zip(containers, iterables, strict=True):
        if _is_number(iterable):
            name, count = analyzer.text(form.items[0]), analyzer.text(container)
            analyzer.report("LT0613", container.span, name=name, count=count)
    bindings = [analyzer.target(name) for name in names]
    good = [binding for binding in bindings if binding is not None]
    if len(good) < len(bindings):
        return nothing(form.span)
    again = [form, *([test] if test is not None else []), *body]
    copies = analyzer.entering(again, form.span)
    flow = analyzer.routine.flow
    before = flow.fork()
    for binding in good:
        flow.assign(binding)
    condition = analyzer.lower(test) if test is not None else None
    nodes = _round(analyzer, body)
    flow.state = before
    node = For(kind, tuple(good), iterables, condition, nodes, form.span)
    return with_copies(copies, node)


def _is_number(node: Node) -> bool:
    """Tell whether a value is a number by its looks."""
    match node:
        case Literal(value):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case BuiltinCall(builtin):
            return isinstance(builtin.yields, Fact) and builtin.yields.only(NUMBER)
        case _:
            return False


def loopcount(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(loopcount n [[into] i] body…)``."""
    counter, body = loop_counter(form)
    count = analyzer.lower(form.items[1])
    binding = analyzer.target(counter) if counter is not None else None
    copies = analyzer.entering([form, *body], form.span)
    flow = analyzer.routine.flow
    before = flow.fork()
    if binding is not None:
        flow.assign(binding)
    nodes = _round(analyzer, body)
    flow.state = before
    return with_copies(copies, Repeat(count, binding, nodes, form.span))


def break_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    if analyzer.routine.loops == 0:
        analyzer.report("LT0207", form.span, name="break", place="loop")
        return nothing(form.span)
    analyzer.routine.flow.leave()
    return Break(form.span)


def return_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    last = not analyzer.routine.guarded
    values = analyzer.body(form.items[1:], last)
    if analyzer.routine.signature is None:
        analyzer.report("LT0207", form.span, name="return", place="function")
        return nothing(form.span)
    analyzer.routine.flow.leave()
    return Return(values[0] if values else None, form.span)


# --- errors -------------------------------------------------------------------------------------


def maybe(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(maybe e1 … en handler)``; ``(maybe x)`` tests for a maybe value."""
    *body, handler = form.items[1:]
    if not body:
        predicate = catalogue.lookup("maybe?")
        assert predicate is not None
        return BuiltinCall(predicate, (analyzer.lower(handler),), form.span)
    copies = analyzer.entering(form.items[1:], form.span)
    nodes = _protected(analyzer, body)
    before = analyzer.routine.flow.fork()
    with analyzer.guard(loop=False):
        handled = analyzer.lower(handler)
    analyzer.routine.flow.state = before
    return with_copies(copies, Maybe(nodes, handled, form.span))


def catch(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    copies = analyzer.entering(form.items[1:], form.span)
    return with_copies(copies, Catch(_protected(analyzer, form.items[1:]), form.span))


def _protected(analyzer: Analyzer, body: Sequence[Form]) -> Body:
    """Return a body that may fail anywhere: the flow after it is the one before it."""
    before = analyzer.routine.flow.fork()
    with analyzer.guard(loop=False):
        nodes = analyzer.body(body)
    analyzer.routine.flow.state = before
    return nodes


FORMS: dict[str, Handler] = {
    "if": if_,
    "ife": if_,
    "cond": cond,
    "check": check,
    "ncheck": ncheck,
    "switch": switch,
    "select": select,
    "and": logical,
    "or": logical,
    "andvalue": andvalue,
    "xor": logical,
    "not": not_,
    "block": block,
    "while": while_,
    "loop": loop,
    "lloop": parallel_loop,
    "mloop": parallel_loop,
    "whilein": whilein,
    "loopcount": loopcount,
    "break": break_,
    "return": return_,
    "maybe": maybe,
    "catch": catch,
}
