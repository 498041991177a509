"""Patterns that the runtime searches: repeated parts of lists, keys that are variables."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import TEXT, Fact
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import element
from lisptorch_compile.lowering.build import compare, literal, method
from lisptorch_compile.lowering.matcher import Matcher
from lisptorch_compile.lowering.steps import Run
from lisptorch_compile.nodes import (
    Anything,
    Capture,
    Condition,
    Equal,
    Kleene,
    Mapping,
    Pattern,
    Quantity,
    Same,
    Sequence,
    TypeTest,
)
from lisptorch_compile.patterns import whole
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding

# --- lists ------------------------------------------------------------------------------------


def repeated_parts(
    matcher: Matcher, pattern: Sequence, fact: Fact, subject: Expr | None
) -> py.Pattern:
    """``["<" tag* ">" $ rest]`` → ``match patterns.take(items, "<", Several("*"), ">")``
    with the case ``[_, tag, _, rest]``."""
    last = pattern.items[-1]
    plain = [item for item in pattern.items[:-1] if not isinstance(item, Kleene)]
    if (
        isinstance(last, Kleene)
        and len(plain) == len(pattern.items) - 1
        and last.item is None
        and pattern.rest is None
    ):
        return _all_that_follows(matcher, plain, last, fact, subject)
    if subject is not None and len(plain) == len(pattern.items) - 1:
        match last, pattern.rest:
            case (
                Kleene(Quantity.SOME | Quantity.ANY, Condition()),
                Capture() | Anything(),
            ):
                return _run_of(matcher, pattern, fact, subject)
    up_to = pattern.items[-2:]
    if len(pattern.items) > 1 and len(plain) == len(pattern.items) - 2:
        match up_to, pattern.rest:
            case (
                (Kleene(Quantity.SOME | Quantity.ANY, None), Equal()),
                Capture() | Anything(),
            ):
                return _up_to(matcher, pattern, fact)
    span = pattern.span
    inner = element(fact)
    parts = [_part(matcher, item, inner) for item in pattern.items]
    taken = [_taken(matcher, item, inner) for item in pattern.items]
    if pattern.rest is None:
        taken.append(py.MatchSequence((), span))
    else:
        taken.append(matcher.nested(pattern.rest, fact))

    def search(items: Expr) -> Expr:
        return matcher.lowerer.runtime("patterns.take", [items, *parts], span)

    found = py.MatchSequence(tuple(taken), span)
    return matcher.searched(search, found, fact, subject, span)


def _all_that_follows(
    matcher: Matcher,
    plain: list[Pattern],
    last: Kleene,
    fact: Fact,
    subject: Expr | None,
) -> py.Pattern:
    """``[x a*]`` → ``[x, *a]``, ``[x a+]`` → ``[x, *a] if a``."""
    items = [matcher.nested(item, element(fact)) for item in plain]
    rest: Pattern = Anything(last.span)
    if last.binding is not None:
        rest = Capture(last.binding, last.span)
    star = matcher.rest(rest, fact, subject, len(plain))
    if last.quantity is Quantity.SOME:
        if star.name is None:
            star = py.MatchStar(matcher.named("others", fact, last.span), last.span)
        assert star.name is not None
        matcher.require(star.name)
    return py.MatchSequence((*items, star), last.span)


def _run_of(
    matcher: Matcher, pattern: Sequence, fact: Fact, subject: Expr
) -> py.Pattern:
    """``[(digitp d)+ $ rest]`` → ``[first, *_] if is_digit(first)`` and then
    ``d, rest = patterns.span(is_digit, items)``."""
    *before, last = pattern.items
    assert isinstance(last, Kleene) and isinstance(last.item, Condition)
    span, lowerer = last.span, matcher.lowerer
    items = [
        matcher.nested(i, element(fact)) for i in before if not isinstance(i, Kleene)
    ]
    element_binding = last.item.inner.binding
    if last.quantity is Quantity.SOME:
        first = matcher.named("first", element(fact), span)
        items.append(py.MatchCapture(None, first, span))
        assert isinstance(first.id, Binding)
        lowerer.renamed[element_binding] = first.id
        matcher.condition(last.item.test)
        del lowerer.renamed[element_binding]
    test = matcher.function_of(element_binding, last.item.test)
    source = subject
    if before:
        start = py.Slice(literal(len(before), span), None, None, span)
        source = py.Subscript(subject, start, span)
    found = lowerer.runtime("patterns.span", [test, source], span)
    target = py.TupleDisplay(
        (_target(matcher, last.binding, span), _rest_target(matcher, pattern)), span
    )
    matcher.steps.append(Run((py.Assign((target,), found, span),)))
    return py.MatchSequence((*items, py.MatchStar(None, span)), pattern.span)


def _up_to(matcher: Matcher, pattern: Sequence, fact: Fact) -> py.Pattern:
    """``["<" tag* ">" $ rest]`` → ``["<", *inner] if ">" in inner`` and then the parts of
    ``inner`` before and behind ``end = inner.index(">")``."""
    *before, several, stop = pattern.items
    assert isinstance(several, Kleene) and isinstance(stop, Equal)
    span = pattern.span
    items = [
        matcher.nested(i, element(fact)) for i in before if not isinstance(i, Kleene)
    ]
    inner = matcher.named("inner", fact, span)
    sign = matcher.constant_value(stop)
    arguments = [sign]
    searched: Expr = inner
    if several.quantity is Quantity.SOME:
        one = literal(1, span)
        searched = py.Subscript(inner, py.Slice(one, None, None, span), span)
        arguments.append(one)
    matcher.require(compare(sign, "in", searched, span))
    end = matcher.named("end", fact, span)
    index = method(inner, "index", arguments, span)
    taken = py.Subscript(inner, py.Slice(None, end, None, span), span)
    after = py.Slice(py.Binary(end, "+", literal(1, span), span), None, None, span)
    others = py.Subscript(inner, after, span)
    targets: list[Expr] = []
    values: list[Expr] = []
    for binding, value in (
        (several.binding, taken),
        (pattern.rest.binding if isinstance(pattern.rest, Capture) else None, others),
    ):
        if binding is not None:
            targets.append(_target(matcher, binding, span))
            values.append(matcher.lowerer.runtime("List", [value], span))
    if targets:
        assigned: list[Stmt] = [py.Assign((end,), index, span)]
        if len(targets) > 1:
            targets = [py.TupleDisplay(tuple(targets), span)]
            values = [py.TupleDisplay(tuple(values), span)]
        assigned.append(py.Assign((targets[0],), values[0], span))
        matcher.steps.append(Run(tuple(assigned)))
    return py.MatchSequence((*items, py.MatchStar(inner, span)), span)


def _target(matcher: Matcher, binding: Binding | None, span: Span) -> Expr:
    if binding is None or binding in matcher.lowerer.unread:
        return py.Name("_", span)
    matcher.lowerer.note_assigned(binding)
    return matcher.lowerer.variable(binding, span)


def _rest_target(matcher: Matcher, pattern: Sequence) -> Expr:
    rest = pattern.rest
    assert rest is not None
    return _target(
        matcher, rest.binding if isinstance(rest, Capture) else None, rest.span
    )


def _part(matcher: Matcher, item: Pattern | Kleene, fact: Fact) -> Expr:
    """Return what the runtime compares with the elements."""
    lowerer, span = matcher.lowerer, item.span
    match item:
        case Kleene(quantity, repeated):
            arguments: list[Expr] = [literal(quantity.value, span)]
            if repeated is not None:
                arguments.append(_test(matcher, repeated, fact))
            return lowerer.runtime("patterns.Several", arguments, span)
        case Equal():
            return matcher.constant_value(item)
        case Condition(Capture()) | TypeTest():
            return _test(matcher, item, fact)
        case _:
            return lowerer.runtime_name("patterns.ANYTHING", span)


def _test(matcher: Matcher, item: Pattern, fact: Fact) -> Expr:
    """Return the test of one element as a function."""
    match item:
        case Condition(Capture(binding), test):
            return matcher.function_of(binding, test)
        case TypeTest():
            return matcher.type_function(item, fact)
        case Equal():
            return matcher.equal_function(item, fact)
        case _:
            return matcher.lowerer.runtime_name("patterns.ANYTHING", item.span)


def _taken(matcher: Matcher, item: Pattern | Kleene, fact: Fact) -> py.Pattern:
    """Return the pattern of what the runtime took for a part."""
    span = item.span
    match item:
        case Kleene(_, _, binding):
            return _bound(matcher, binding, item)
        case Equal():
            return py.MatchCapture(None, None, span)
        case Condition(Capture(binding)):
            return _bound(matcher, binding, item)
        case TypeTest(_, inner) if not isinstance(inner, Condition):
            return matcher.nested(inner, fact)
        case _:
            return matcher.nested(item, fact)


def _bound(
    matcher: Matcher, binding: Binding | None, item: Pattern | Kleene
) -> py.Pattern:
    if binding is None:
        return py.MatchCapture(None, None, item.span)
    return matcher.capture(binding, item.span)


# --- dictionaries -------------------------------------------------------------------------------


def searched_entries(
    matcher: Matcher, pattern: Mapping, fact: Fact, subject: Expr | None
) -> py.Pattern:
    """``{_:y _:y $:z}`` → ``match patterns.entries(table, [(ANYTHING, Name("y")), …])``
    with the case ``[{"y": y}, z]``."""
    span = pattern.span
    names: dict[str, py.Pattern] = {}
    pairs: list[Expr] = []
    for key, value in pattern.entries:
        both = (
            _entry_part(matcher, key, Fact(TEXT), names),
            _entry_part(matcher, value, element(fact), names),
        )
        pairs.append(py.TupleDisplay(both, key.span))
    keys = [(literal(name, span), inner) for name, inner in names.items()]
    bound: py.Pattern = py.MatchMapping(tuple(keys), None, span)
    function = "patterns.all_entries"
    if pattern.rest is not None:
        function = "patterns.entries"
        bound = py.MatchSequence((bound, matcher.nested(pattern.rest, fact)), span)

    def search(table: Expr) -> Expr:
        arguments = [table, py.ListDisplay(tuple(pairs), span)]
        return matcher.lowerer.runtime(function, arguments, span)

    return matcher.searched(search, bound, fact, subject, span)


def _entry_part(
    matcher: Matcher, part: Pattern, fact: Fact, names: dict[str, py.Pattern]
) -> Expr:
    lowerer, span = matcher.lowerer, part.span
    match part:
        case Anything():
            return lowerer.runtime_name("patterns.ANYTHING", span)
        case Equal():
            return matcher.constant_value(part)
        case Same(binding) if binding.name in names:
            return lowerer.runtime("patterns.Name", [literal(binding.name, span)], span)
        case Condition(Capture(binding), test):
            names[binding.name] = matcher.capture(binding, span)
            test_function = matcher.function_of(
                lowerer.renamed.get(binding, binding), test
            )
            arguments = [literal(binding.name, span), test_function]
            return lowerer.runtime("patterns.Name", arguments, span)
        case _:
            variable = whole(part)
            name = variable.name if variable is not None else f"part {len(names) + 1}"
            names[name] = matcher.nested(part, fact)
            return lowerer.runtime("patterns.Name", [literal(name, span)], span)
