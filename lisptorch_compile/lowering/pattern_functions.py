"""Pattern functions: all rules of a name → one ``def``.

(defpat lead ([]) 0)                     def lead(items):
(defpat lead ([x $ rest])                    match items:
   (+ x (lead rest)))                            case [] | None:
                                                     return 0
                                                 case [x, *rest]:
                                                     return x + lead(rest)
                                             raise no_match("lead")
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import LIST, SYMBOL
from lisptorch_compile.lowering.base import Frame, Lowerer, Return
from lisptorch_compile.lowering.build import compare, ends_flow, literal
from lisptorch_compile.lowering.clauses import Clause, chained
from lisptorch_compile.lowering.functions import (
    called_by_name,
    first_object,
    with_declarations,
)
from lisptorch_compile.lowering.matching import PatternMatcher
from lisptorch_compile.lowering.predicates import all_true, first_true
from lisptorch_compile.lowering.tail_cycles import has_lambda
from lisptorch_compile.lowering.tail_loops import looped
from lisptorch_compile.nodes import (
    Choice,
    Instance,
    Node,
    Pattern,
    PatternFunction,
    Rule,
    Variable,
)
from lisptorch_compile.patterns import bindings, whole
from lisptorch_compile.pytree import Stmt
from lisptorch_compile.records import replaced
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import children


def lower_pattern_function(lowerer: Lowerer, node: PatternFunction) -> list[Stmt]:
    """Return the ``def`` of a pattern function."""
    parameters = tuple([parameter.binding for parameter in node.parameters])
    own = _share_names(lowerer, node)
    frame = Frame(node.binding, {*parameters, *own, *_own_names(node)}, parameters)
    frame.tail_loop = node.binding in lowerer.looping and not has_lambda(node)
    lowerer.frames.append(frame)
    first = first_object(lowerer, node) if frame.tail_loop else []
    statements = [*_as_records(lowerer, node), *_by_size(lowerer, node)]
    if frame.tail_loop:
        statements = [*first, *looped(statements, node.span)]
    body = with_declarations(lowerer, statements, node.span)
    decorators = called_by_name(lowerer, node.binding, node.span)
    if node.binding in lowerer.mutual:
        decorators += (lowerer.imported("tail_recursive", node.span),)
    lowerer.frames.pop()
    return [
        py.FunctionDef(
            py.Name(node.binding, node.span),
            _python_parameters(lowerer, node),
            tuple(body),
            decorators,
            None,
            (*parameters, *own, *frame.temporaries),
            node.span,
        )
    ]


def _python_parameters(
    lowerer: Lowerer, node: PatternFunction
) -> tuple[py.Parameter, ...]:
    result = []
    for parameter in node.parameters:
        name = py.Name(parameter.binding, parameter.span)
        default = None
        if parameter.optional:
            default = lowerer.imported("UNSET", parameter.span)
        result.append(py.Parameter(name, default, "", parameter.span))
    return tuple(result)


def _as_records(lowerer: Lowerer, node: PatternFunction) -> list[Stmt]:
    """``value = as_record(value)`` of arguments that are taken for records and may be lists
    that the program made: ``(list 'Point 1 2)``."""
    result: list[Stmt] = []
    for place, parameter in enumerate(node.parameters):
        fact = lowerer.facts.of_argument(parameter.binding)
        if not (fact.may_be(LIST) and fact.elements & SYMBOL):
            continue
        asked = [r.patterns[place] for r in node.rules if place < len(r.patterns)]
        if any([_may_be_listed(lowerer, pattern) for pattern in asked]):
            span = parameter.span
            value = lowerer.runtime(
                "as_record", [py.Name(parameter.binding, span)], span
            )
            result.extend(lowerer.assign(parameter.binding, value, span))
    return result


def _may_be_listed(lowerer: Lowerer, pattern: Pattern) -> bool:
    """Tell whether a pattern is one of a record, and lists with its name are made."""
    if not isinstance(pattern, Instance):
        return False
    groups = lowerer.facts.classes.groups
    listed = lowerer.facts.listed_records
    return any([pattern.type in (each, groups.get(each)) for each in listed])


# --- names --------------------------------------------------------------------------------------


def _own_names(node: PatternFunction) -> list[Binding]:
    return [
        binding
        for rule in node.rules
        for binding in (*bindings(rule.patterns), *rule.locals)
    ]


def _share_names(lowerer: Lowerer, node: PatternFunction) -> list[Binding]:
    """Let variables of one name in several rules be one variable, and those that hold a
    whole argument be the argument; returns the others."""
    shared: dict[str, Binding] = {}
    for rule in node.rules:
        arguments: dict[Binding, Binding] = {}
        for parameter, pattern in zip(node.parameters, rule.patterns, strict=False):
            variable = whole(pattern)
            if variable is not None:
                arguments.setdefault(variable, parameter.binding)
        for binding in (*bindings(rule.patterns), *rule.locals):
            if binding in arguments:
                lowerer.renamed[binding] = arguments[binding]
            else:
                lowerer.renamed[binding] = shared.setdefault(binding.name, binding)
    return list(shared.values())


# --- rules --------------------------------------------------------------------------------------


def _by_size(lowerer: Lowerer, node: PatternFunction) -> list[Stmt]:
    """Return the code of all rules: those of fewer arguments first, behind a test."""
    least = min([len(rule.patterns) for rule in node.rules])
    most = len(node.parameters)
    statements: list[Stmt] = []
    for size in range(least, most + 1):
        rules = [rule for rule in node.rules if len(rule.patterns) == size]
        last = size == most
        code = _chosen(lowerer, node, rules, last=last)
        if last:
            return statements + code
        unset = lowerer.imported("UNSET", node.span)
        left_out = py.Name(node.parameters[size].binding, node.span)
        test = compare(left_out, "is", unset, node.span)
        statements.append(py.If(test, tuple(code), (), node.span))
    return statements


def _chosen(
    lowerer: Lowerer, node: PatternFunction, rules: Sequence[Rule], *, last: bool
) -> list[Stmt]:
    """Return the code that tries rules of one size; it leaves the function."""
    if not rules:
        return [no_match(lowerer, node)]
    subjects = [parameter.binding for parameter in node.parameters]
    match node.choice:
        case Choice.FIRST:
            return _first_match(lowerer, node, rules, last=last)
        case Choice.FIRST_TRUE:
            return first_true(lowerer, node.binding.name, rules, subjects)
        case Choice.ALL_TRUE:
            return all_true(lowerer, rules, subjects)


def _first_match(
    lowerer: Lowerer, node: PatternFunction, rules: Sequence[Rule], *, last: bool
) -> list[Stmt]:
    """Return the code of a ``defpat``: the first rule that applies returns."""
    clauses: list[Clause] = []
    for rule in rules:
        matcher = matched(lowerer, node, rule)
        applies = not matcher.may_refuse()
        ends = applies and last and not lowerer.frame.tail_loop
        body = _returned(lowerer, node, rule, explicit=not ends)
        checks, steps = tuple(matcher.checks), tuple(matcher.steps)
        clauses.append(Clause(checks, steps, tuple(body), rule.span))
        lowerer.release()
        if applies:
            break
    subjects = [parameter.binding for parameter in node.parameters]
    statements = chained(clauses, subjects)
    if clauses[-1].always_applies() or ends_flow(statements):
        return statements
    failure = no_match(lowerer, node)
    if lowerer.frame.tail_loop:
        return [*statements, failure]
    return _with_failure(statements, failure)


def _with_failure(statements: list[Stmt], failure: Stmt) -> list[Stmt]:
    """Return statements with the failure behind them: as the last case of a `match` whose
    cases yield nothing and leave by ``return``."""
    match statements:
        case [py.Match(subject, cases, span)] if any(map(_leaves_for_nothing, cases)):
            anything = py.MatchCapture(None, None, failure.span)
            last = py.Case(anything, None, (failure,), failure.span)
            fallen = tuple([_without_return(case) for case in cases])
            return [py.Match(subject, (*fallen, last), span)]
        case _:
            return [*statements, failure]


def _leaves_for_nothing(case: py.Case) -> bool:
    last = case.body[-1]
    return isinstance(last, py.Return) and last.value is None


def _without_return(case: py.Case) -> py.Case:
    if not _leaves_for_nothing(case):
        return case
    body = case.body[:-1] or (py.Pass(case.span),)
    return replaced(case, body=body)


def matched(lowerer: Lowerer, node: PatternFunction, rule: Rule) -> PatternMatcher:
    """Return what the patterns of a rule ask of the arguments."""
    matcher = PatternMatcher(lowerer, calls_itself(node))
    for place, pattern in enumerate(rule.patterns):
        matcher.argument(place, pattern, node.parameters[place].binding)
    return matcher


def calls_itself(node: PatternFunction) -> bool:
    """Tell whether a function calls itself somewhere."""
    stack: list[Node] = list(children(node))
    while stack:
        current = stack.pop()
        if isinstance(current, Variable) and current.binding is node.binding:
            return True
        stack.extend(children(current))
    return False


def _returned(
    lowerer: Lowerer, node: PatternFunction, rule: Rule, *, explicit: bool
) -> list[Stmt]:
    needed = node.binding in lowerer.results.used
    if not rule.body:
        return [py.Return(literal(None, rule.span), rule.span)]
    return lowerer.arm(rule.body, Return(needed, explicit=explicit))


def no_match(lowerer: Lowerer, node: PatternFunction) -> Stmt:
    """Return ``raise no_match("name")``."""
    span = node.binding.span
    error = lowerer.runtime("no_match", [literal(node.binding.name, span)], span)
    return py.Raise(error, None, span)
