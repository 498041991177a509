"""Pattern functions: ``defpat``, ``defpred``, ``defprol``; ``bodies``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from lisptorch_compile.analyzer.context import (
    Analyzer,
    Handler,
    Routine,
    Scope,
    nothing,
)
from lisptorch_compile.analyzer.definitions import analyzed_twice, shadows
from lisptorch_compile.analyzer.flow import Flow
from lisptorch_compile.analyzer.form_parts import PATTERN_FORMS
from lisptorch_compile.analyzer.parameters import signature_of
from lisptorch_compile.analyzer.pattern_forms import (
    PatternReader,
    rule_class,
    rule_parameters,
)
from lisptorch_compile.analyzer.regions import Function, Region, pattern_variable
from lisptorch_compile.analyzer.shape import shape_error
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, Quote, Symbol
from lisptorch_compile.nodes import (
    Choice,
    Cut,
    Data,
    ListLiteral,
    Node,
    Parameter,
    Pattern,
    PatternFunction,
    Rule,
    Variable,
)
from lisptorch_compile.scope import Binding

_CHOICES = {
    "defpat": Choice.FIRST,
    "defpred": Choice.FIRST_TRUE,
    "defprol": Choice.ALL_TRUE,
}


def rule(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(defpat f (patterns…) body…)``: the first rule stands for the whole function."""
    name, parameters = form.items[1:3]
    if not isinstance(name, Symbol):
        return shape_error(analyzer, form, "a name", name)
    if not isinstance(parameters, ListForm):
        analyzer.report("LT0215", parameters.span, found=analyzer.text(parameters))
        return nothing(form.span)
    analyzer.region(form)
    known = analyzer.survey.functions[name.name]
    if not any([form is own for own in known.rules]):  # defined again below
        return Variable(known.binding, form.span)
    if form is not known.form or not analyzer.may_bind(name):
        return nothing(form.span)
    if analyzer.depth > 1:
        analyzer.lifted.append((form, known, pattern_function))
        return Variable(known.binding, form.span)
    return pattern_function(analyzer, form, known)


def pattern_function(
    analyzer: Analyzer, form: ListForm, known: Function
) -> PatternFunction:
    """Return the function of all rules, those of a type first."""
    ordered = sorted(known.rules, key=lambda own: _class(analyzer, own))
    rules = tuple([_rule(analyzer, own, known) for own in ordered])
    parameters = tuple(
        [
            Parameter(p.binding, None, p.optional, False, p.span)
            for p in known.parameters
        ]
    )
    choice = _choice(form)
    return PatternFunction(
        known.binding, choice, parameters, rules, _extent(analyzer, known.rules)
    )


def _choice(form: ListForm) -> Choice:
    head = form.items[0]
    assert isinstance(head, Symbol)
    return _CHOICES[head.name]


def _extent(analyzer: Analyzer, rules: tuple[ListForm, ...]) -> Span:
    """Return where a function stands: up to its last rule, if nothing else is between."""
    first, last = rules[0].span, rules[-1].span
    if len(rules) == 1:
        return first
    own = {rule.span.start for rule in rules}
    starts = analyzer.survey.top_level
    between = starts[
        bisect_right(starts, first.start) : bisect_left(starts, last.start)
    ]
    if any([start not in own for start in between]):
        return first
    return Span(first.start, last.end)


def _class(analyzer: Analyzer, form: ListForm) -> int:
    parameters = _patterns(form)
    return rule_class(parameters[0], analyzer.survey) if parameters else 2


def _patterns(form: ListForm) -> tuple[Form, ...]:
    parameters = form.items[2]
    assert isinstance(parameters, ListForm)
    return parameters.items


def _rule(analyzer: Analyzer, form: ListForm, known: Function) -> Rule:
    region = analyzer.region(form)
    choice = _choice(form)
    signature = signature_of(known.parameters)

    def analyzed(copied: frozenset[Binding]) -> tuple[Rule, set[Binding]]:
        by_lambdas = [
            local for n, local in region.locals.items() if n in region.set_by_lambdas
        ]
        flow = Flow(shadows(analyzer, region), copied, by_lambdas)
        routine = Routine(flow, known.binding, signature)
        scope = Scope(region, {**region.locals, **region.parameters}, None)
        with analyzer.running(routine), analyzer.inside(scope):
            patterns, shared = read_patterns(analyzer, form, region)
            early = [local for local in by_lambdas if local in copied]
            copies = flow.enter(early, form.span)
            body = (*copies, *_body(analyzer, form, choice))
        own = tuple(region.locals.values())
        span = Span(form.items[2].span.start, form.span.end)
        return Rule(patterns, shared, body, own, span), flow.mixed

    return analyzed_twice(analyzer, analyzed)


def read_patterns(
    analyzer: Analyzer, form: ListForm, region: Region
) -> tuple[tuple[Pattern, ...], frozenset[int]]:
    """Return the patterns of a rule, and the places of those that are not copied."""
    forms, shared = rule_parameters(form)

    def bind(symbol: Symbol) -> Binding:
        analyzer.may_bind(symbol)
        return pattern_variable(region, symbol)

    def test(code: Form, elements: Sequence[Binding]) -> Node:
        names = {element.name: element for element in elements}
        with analyzer.inside(Scope(None, names, analyzer.scope)):
            return analyzer.lower(code)

    reader = PatternReader(analyzer.survey, bind, test, analyzer.report)
    return reader.parameters(forms), shared


def _body(analyzer: Analyzer, form: ListForm, choice: Choice) -> tuple[Node, ...]:
    """Return the nodes of a body; all forms of a ``defpred`` or ``defprol`` are tests."""
    if choice is Choice.FIRST:
        return analyzer.body(form.items[3:], tail=True)
    nodes: list[Node] = []
    for item in form.items[3:]:
        match item:
            case Symbol("cut_", span) if choice is Choice.ALL_TRUE:
                nodes.append(Cut(span))
            case _:
                nodes.append(analyzer.lower(item))
    return tuple(nodes)


def bodies(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(bodies 'f)``: the rules of a pattern function, as they are written."""
    name = form.items[1]
    symbol = name.form if isinstance(name, Quote) else name
    if not isinstance(symbol, Symbol):
        return shape_error(analyzer, form, "a pattern function", name)
    known = analyzer.survey.functions.get(symbol.name)
    if known is None or not known.rules:
        return shape_error(analyzer, form, "a pattern function", name)
    rules = tuple([Data(own, form.span) for own in known.rules])
    return ListLiteral(rules, form.span)


def cut(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(cut_)``: only the bare name means something, as a form of a rule's body."""
    analyzer.report("LT0207", form.span, name="cut_", place="rule of `defprol`")
    return nothing(form.span)


FORMS: dict[str, Handler] = {
    **dict.fromkeys(PATTERN_FORMS, rule),
    "bodies": bodies,
    "cut_": cut,
}
