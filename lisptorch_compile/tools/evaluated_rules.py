"""Rules of pattern functions that code adds to a running program when it is evaluated.

Rules of one name that are evaluated one after the other add up, as those of a file do. The
texts of evaluated rules are kept, and compiled together; those of the program's own file
are tried before them.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import CodeType
from typing import Any

from lisptorch_compile.diagnostics import Source
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.names import open_name
from lisptorch_compile.reader import read
from lisptorch_compile.runtime import LispError

#: Where a program keeps the rules that were evaluated in it, by the function's name.
_RULES = "__rules__"

_DEFINES_RULES = re.compile(r"[(\[]\s*def(pat|pred|prol)\b")
_HEADS = ("defpat", "defpred", "defprol")


@dataclass(slots=True)
class _Rules:
    """The evaluated rules of a function, those of its file (None: it has none), and the
    function of all of them."""

    texts: tuple[str, ...]
    first: Callable[..., Any] | None
    function: Callable[..., Any]


def run_with_rules(
    text: str, variables: dict[str, Any], run: Callable[[str], Any]
) -> Any:
    """Return what ``run`` gives for a text, whose rules are added to those there are.

    Args:
        text: LispE code.
        variables: of the program; functions are defined there.
        run: compiles a text and executes it in the program.
    """
    if _DEFINES_RULES.search(text) is None:
        return run(text)
    added = _rules_in(text)
    for name in [name for name in added if _rules_of(name, variables) is not None]:
        forms = added.pop(name)
        _extend(name, _texts(text, forms), variables, run)
        for form in forms:
            text = _blanked(text, form)
    value = run(text)
    for name, forms in added.items():
        function = variables.get(open_name(name))
        if function is not None:
            _keep(name, _Rules(_texts(text, forms), None, function), variables)
    return value


def _rules_in(text: str) -> dict[str, list[Form]]:
    """Return the rules that stand at the top of a text, by the names of their functions."""
    found: dict[str, list[Form]] = {}
    for form in read(Source.of(text)).forms:
        match form:
            case ListForm((Symbol(head), Symbol(name), *_)) if head in _HEADS:
                found.setdefault(name, []).append(form)
    return found


def _texts(text: str, forms: Iterable[Form]) -> tuple[str, ...]:
    return tuple([text[form.span.start : form.span.end] for form in forms])


def _blanked(text: str, form: Form) -> str:
    """Return a text without a form, all others in their places."""
    start, end = form.span.start, form.span.end
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _keep(name: str, rules: _Rules, variables: dict[str, Any]) -> None:
    variables.setdefault(_RULES, {})[name] = rules


def _rules_of(name: str, variables: dict[str, Any]) -> _Rules | None:
    """Return the rules that a function has; None: there is no pattern function yet."""
    function = variables.get(open_name(name))
    known: _Rules | None = variables.get(_RULES, {}).get(name)
    if known is not None and known.function is function:
        return known
    code = _code_of(function)
    if function is None or code is None or "no_match" not in code.co_names:
        return None  # no rules, or one of them takes anything
    return _Rules((), function, function)


def _extend(
    name: str,
    texts: tuple[str, ...],
    variables: dict[str, Any],
    run: Callable[[str], Any],
) -> None:
    """Define a function anew, with the rules that it has and others."""
    rules = _rules_of(name, variables)
    assert rules is not None
    texts = (*rules.texts, *texts)
    run("\n".join(texts))
    function = variables[open_name(name)]
    if rules.first is not None:
        function = variables[open_name(name)] = _either(rules.first, function)
    _keep(name, _Rules(texts, rules.first, function), variables)


def _either(
    first: Callable[..., Any], others: Callable[..., Any]
) -> Callable[..., Any]:
    """Return the pattern function with the rules of ``first``, then those of ``others``."""
    signature = inspect.signature(first)

    @functools.wraps(first)
    def either(*arguments: Any) -> Any:
        try:
            signature.bind(*arguments)
        except TypeError:  # no rule for so many
            return others(*arguments)
        try:
            return first(*arguments)
        except LispError as error:
            if not _is_raised_by(first, error):
                raise
        return others(*arguments)

    return either


def _is_raised_by(function: Callable[..., Any], error: LispError) -> bool:
    """Tell whether no rule of a function matched, and not of one that it calls."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_code is not _code_of(function):
        return False
    return str(error).startswith("Error: Could not find a match")


def _code_of(function: object) -> CodeType | None:
    """Return the code that was written for a function."""
    if not callable(function):
        return None
    code: CodeType | None = getattr(inspect.unwrap(function), "__code__", None)
    return code
