"""What the arguments of a pattern function are called: as its rules call them.

(defpat fib (0) 0) (defpat fib (n) …)             fib(n)
(defpat len ([]) 0) (defpat len ([a $ b]) …)      len(items)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lisptorch_compile.analyzer.parameters import ParameterForm
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.nodes import (
    Capture,
    Elements,
    Empty,
    Equal,
    Instance,
    Kleene,
    Mapping,
    Pattern,
)
from lisptorch_compile.nodes import Sequence as SequencePattern
from lisptorch_compile.patterns import whole, within
from lisptorch_compile.scope import Binding, BindingKind

#: All patterns of one rule.
Rule = tuple[Pattern, ...]


def parameter_forms(rules: Sequence[Rule], span: Span) -> tuple[ParameterForm, ...]:
    """Return the parameters of a function with these rules; those that not all rules
    have are optional."""
    least = min([len(rule) for rule in rules])
    most = max([len(rule) for rule in rules])
    names: list[str] = []
    for place in range(most):
        names.append(_name(rules, place, names))
    return tuple(
        [
            ParameterForm(
                Binding(name, BindingKind.PARAMETER, span),
                None,
                optional=place >= least,
                rest=False,
                span=span,
            )
            for place, name in enumerate(names)
        ]
    )


def _name(rules: Sequence[Rule], place: int, taken: Sequence[str]) -> str:
    own = [rule[place] for rule in rules if place < len(rule)]
    counts: Counter[str] = Counter()
    for pattern in own:
        binding = whole(pattern)
        if binding is not None:
            counts[binding.name] += 1
    others = set(taken)
    for rule in rules:
        others.update(_names_of_parts(rule))
    for name, _ in counts.most_common():
        if name not in others:
            return name
    for wish in _by_shape(own):
        if wish not in others:
            return wish
    return "value"


def _names_of_parts(rule: Rule) -> Iterator[str]:
    """Yield the names that a rule binds to parts of its arguments."""
    for pattern in rule:
        for part in within(pattern):
            match part:
                case Capture(binding) | Kleene(_, _, Binding() as binding):
                    if binding is not whole(pattern):
                        yield binding.name


def _by_shape(patterns: Sequence[Pattern]) -> tuple[str, ...]:
    """Return names for an argument that no rule names."""
    types = {p.type.name for p in patterns if isinstance(p, Instance)}
    if len(types) == 1:
        return (types.pop().lower(), "value")
    if any([isinstance(p, SequencePattern | Empty) for p in patterns]):
        return ("items", "others", "values")
    if any([isinstance(p, Mapping) for p in patterns]):
        return ("entries", "table")
    if any([isinstance(p, Elements) for p in patterns]):
        return ("elements", "values")
    if any([isinstance(p, Equal) for p in patterns]):
        return ("value", "other", "argument")
    return ("value", "other", "argument")
