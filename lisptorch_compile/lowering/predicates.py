"""The rules of ``defpred`` and ``defprol``, of which each may fail after it has matched.

(defpred small ([a $ b])         match items:
   (< a 10) (println a)              case [a, *b]:
   (small b))                            try:
(defpred small (l) …)                        if a < 10:
                                                 println(a)
                                                 if small(b):
                                                     return True
                                         except Failure:
                                             pass  # the next rule
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    ANY,
    BOOL,
    EMPTY,
    FUNCTION,
    INSTANCE,
    NIL,
    SCALARS,
    SYMBOL,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import EFFECT, Lowerer
from lisptorch_compile.lowering.build import is_atom, literal, method
from lisptorch_compile.lowering.clauses import Clause, alone
from lisptorch_compile.lowering.failing import may_fail
from lisptorch_compile.lowering.matching import PatternMatcher
from lisptorch_compile.nodes import (
    Assign,
    BuiltinCall,
    Call,
    Cut,
    Lambda,
    Literal,
    Node,
    Result,
    Rule,
    UpdateItem,
    Variable,
)
from lisptorch_compile.patterns import whole
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

#: Builtins that do something and still leave their arguments as they are.
_HARMLESS = frozenset(("print", "println", "printerr", "printerrln", "throw"))


class Success:
    """What a rule does with its value once all its forms are true."""

    def __init__(self, lowerer: Lowerer, results: Binding | None) -> None:
        self.lowerer = lowerer
        self.results = results
        self._value: Binding | None = None

    def value(self, span: Span) -> Binding:
        """Return the variable that holds a value while it is tested."""
        if self._value is None:
            self._value = Binding("result", BindingKind.TEMPORARY, span)
            self.lowerer.own(self._value)
        return self._value

    def code(self, value: Expr, span: Span) -> Stmt:
        """Return the value, or add it to the list of results."""
        if self.results is None:
            return py.Return(value, span)
        added = method(py.Name(self.results, span), "append", [value], span)
        return py.ExprStmt(added, span)


def first_true(
    lowerer: Lowerer, name: str, rules: Sequence[Rule], subjects: Sequence[Binding]
) -> list[Stmt]:
    """Return the code of a ``defpred``: the value of the first rule that succeeds."""
    statements: list[Stmt] = []
    success = Success(lowerer, None)
    proved: list[Expr] = []
    for rule in rules[:-1]:
        statements.extend(_attempt(lowerer, rule, subjects, success, None, proved))
        if _always_returns(statements):
            return statements
    last, span = rules[-1], rules[-1].span
    error = lowerer.runtime("no_match", [literal(name, span)], span)
    failed = py.Raise(error, None, span)
    statements.extend(_attempt(lowerer, last, subjects, success, failed, proved))
    if not _always_returns(statements):
        statements.append(py.Return(literal(None, span), span))
    return statements


def all_true(
    lowerer: Lowerer, rules: Sequence[Rule], subjects: Sequence[Binding]
) -> list[Stmt]:
    """Return the code of a ``defprol``: the list of the values of all that succeed."""
    span = rules[0].span
    results = Binding("results", BindingKind.TEMPORARY, span)
    lowerer.own(results)
    success = Success(lowerer, results)
    empty = lowerer.runtime("List", [], span)
    statements: list[Stmt] = [py.Assign((py.Name(results, span),), empty, span)]
    for rule in rules:
        statements.extend(_attempt(lowerer, rule, subjects, success, None, []))
        if _always_returns(statements):
            return statements
    return [*statements, py.Return(py.Name(results, span), span)]


def _attempt(
    lowerer: Lowerer,
    rule: Rule,
    subjects: Sequence[Binding],
    success: Success,
    failed: Stmt | None,
    proved: list[Expr],
) -> list[Stmt]:
    """Return the code of one rule; ``failed``: what its body does when it fails, in the
    last rule (falling out of it leads to the next rule). ``proved``: what is known to be
    true, to which more may be added."""
    statements: list[Stmt] = []
    own = _own_arguments(lowerer, rule, subjects, statements)
    matcher = PatternMatcher(lowerer, often=False)
    for place, pattern in enumerate(rule.patterns):
        matcher.argument(place, pattern, own[place])
    blocks = lowerer.blocks
    lowerer.blocks += 2
    body = _guarded(lowerer, list(rule.body), success, rule.span)
    lowerer.blocks = blocks
    if failed is not None and not _always_returns(body):
        body.append(failed)
    clause = Clause(tuple(matcher.checks), tuple(matcher.steps), tuple(body), rule.span)
    statements.extend(alone(clause, own, proved))
    lowerer.release()
    if _always_returns(body):
        proved.extend(clause.refuted())
    return statements


# --- arguments ----------------------------------------------------------------------------------


def _own_arguments(
    lowerer: Lowerer,
    rule: Rule,
    subjects: Sequence[Binding],
    statements: list[Stmt],
) -> list[Binding]:
    """Return the arguments for one rule: a copy of what its body may change, made in
    ``statements``."""
    changes = _changes_values(lowerer, list(rule.body))
    assigned: set[Binding] = set()
    for node in rule.body:
        assigned |= lowerer.effects.of(node).assigned
    result: list[Binding] = []
    for place, (subject, pattern) in enumerate(
        zip(subjects, rule.patterns, strict=False)
    ):
        variable = whole(pattern)
        fact = lowerer.facts.of_argument(subject)
        copied = changes and place not in rule.shared and fact.may_be(_CONTAINERS)
        if not copied and variable not in assigned:
            result.append(subject)
            continue
        span = pattern.span
        copy = lowerer.temporary(subject.name, span)
        lowerer.facts.arguments[copy] = fact
        value: Expr = py.Name(subject, span)
        if copied:
            value = lowerer.runtime("lists.clone", [value], span)
        statements.append(py.Assign((py.Name(copy, span),), value, span))
        if variable is not None:
            lowerer.renamed[variable] = copy
        result.append(copy)
    return result


_CONTAINERS = ANY & ~(SCALARS | NIL | FUNCTION | EMPTY)

#: Builtins that change the container that they get.
_CHANGERS = frozenset(
    ("push", "pushfirst", "pushlast", "pushtrue", "insert", "extend", "pop", "popfirst")
    + ("poplast", "set@", "set@@", "set@@@", "setrange", "key@", "keyi@", "keyn@")
    + ("nconc", "nconcn", "reverse", "sort", "swap", "replaceall", "shuffle", "over")
    + ("set_at", "fill", "rotate")
)


def _changes_values(
    lowerer: Lowerer, nodes: list[Node], seen: frozenset[Binding] = frozenset()
) -> bool:
    """Tell whether code may change a container that it got from outside."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        match node:
            case BuiltinCall(builtin) if builtin.name in _CHANGERS:
                return True
            case UpdateItem():
                return True
            case Call(Lambda()):
                pass
            case Call(Variable(binding)) if binding in seen:
                pass
            case Call(Variable(binding)) if binding in lowerer.facts.functions:
                function = lowerer.facts.functions[binding]
                body = list(children(function))
                if _changes_values(lowerer, body, seen | {binding}):
                    return True
            case Call():
                return True
        pending.extend(children(node))
    return False


# --- bodies -----------------------------------------------------------------------------------


def _guarded(
    lowerer: Lowerer, nodes: list[Node], success: Success, span: Span
) -> list[Stmt]:
    code = _tests(lowerer, nodes, success, span)
    if not any([may_fail(lowerer, node) for node in _before_cut(nodes)]):
        return code
    handler = py.Handler(
        lowerer.imported("Failure", span), None, (py.Pass(span),), span
    )
    return [py.Try(tuple(code), (handler,), (), (), span)]


def _before_cut(nodes: Sequence[Node]) -> list[Node]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Cut):
            break
        result.append(node)
    return result


def _tests(
    lowerer: Lowerer, nodes: list[Node], success: Success, span: Span
) -> list[Stmt]:
    """Return statements that go through the forms as long as they are true."""
    if not nodes:
        return [success.code(literal(True, span), span)]
    first, *rest = nodes
    if isinstance(first, Cut):
        assert success.results is not None
        end = py.Return(py.Name(success.results, first.span), first.span)
        return [*_guarded(lowerer, rest, success, span), end]
    if not rest:
        return _last(lowerer, first, success)
    if _is_always_true(lowerer, first):
        return [*lowerer.step(first, EFFECT), *_tests(lowerer, rest, success, span)]
    before, test = lowerer.condition(first)
    body = _tests(lowerer, rest, success, span)
    match body:
        case [py.If(inner, statements, ())]:
            both = py.Logical("and", (*_operands(test), *_operands(inner)), span)
            return [*before, py.If(both, statements, (), first.span)]
        case _:
            return [*before, py.If(test, tuple(body), (), first.span)]


def _operands(test: Expr) -> tuple[Expr, ...]:
    if isinstance(test, py.Logical) and test.operator == "and":
        return test.operands
    return (test,)


def _last(lowerer: Lowerer, node: Node, success: Success) -> list[Stmt]:
    """Return the code of the last form, whose value is that of the rule if it is true."""
    span = node.span
    if lowerer.fact(node).only(BOOL | NIL):
        before, test = lowerer.condition(node)
        done = success.code(literal(True, span), span)
        if isinstance(test, py.Literal):
            return [*before, done] if test.value else before
        return [*before, py.If(test, (done,), (), span)]
    before, value = lowerer.value(node)
    if _is_always_true(lowerer, node):
        return [*before, success.code(value, span)]
    if not is_atom(value):
        result = success.value(span)
        before.extend(lowerer.assign(result, value, span))
        value = py.Name(result, span)
    test = lowerer.truth(value, node)
    return [*before, py.If(test, (success.code(value, span),), (), span)]


def _is_always_true(lowerer: Lowerer, node: Node) -> bool:
    match node:
        case Assign(_, value, result):
            return result is Result.TRUE or _is_always_true(lowerer, value)
        case BuiltinCall(builtin) if builtin.statement:
            return True
        case Literal(value):
            return bool(value)
        case _:
            return lowerer.fact(node).only(EMPTY | SYMBOL | FUNCTION | INSTANCE)


def _always_returns(statements: Sequence[Stmt]) -> bool:
    if not statements:
        return False
    match statements[-1]:
        case py.Return() | py.Raise():
            return True
        case py.Try(body, (handler,)):
            return _always_returns(body) and _always_returns(handler.body)
        case _:
            return False
