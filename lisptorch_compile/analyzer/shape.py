"""The number of arguments of special forms, checked against the catalogue."""

from __future__ import annotations

from functools import cache

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.context import Analyzer, Handler, nothing
from lisptorch_compile.analyzer.parameters import (
    Signature,
    counted,
    signatures_of,
    written,
)
from lisptorch_compile.catalogue.forms import UPDATE_OPERATORS
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.nodes import Node


def counted_form(handler: Handler) -> Handler:
    """Return ``handler`` with the number of arguments checked before it runs."""

    def checked(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
        if fits(analyzer, form):
            return handler(analyzer, form, tail)
        return nothing(form.span)

    return checked


def fits(analyzer: Analyzer, form: ListForm) -> bool:
    """Report a wrong number of arguments of a special form; tell whether it is fine."""
    head = form.items[0]
    assert isinstance(head, Symbol)
    least, most = _counts(head.name)
    given = len(form.items) - 1
    if given < least:
        _report_missing(analyzer, form, head.name)
    elif most is not None and given > most:
        _report_superfluous(analyzer, form, head.name)
    else:
        return True
    _look_inside(analyzer, form)
    return False


@cache
def _counts(name: str) -> tuple[int, int | None]:
    """Return how many arguments a special form takes, at least and at most."""
    signature = _signature(name)
    least = len([slot for slot in signature if not slot.optional and not slot.rest])
    open_ended = bool(signature) and signature[-1].rest
    return least, None if open_ended else len(signature)


def _signature(name: str) -> Signature:
    builtin = catalogue.lookup(name)
    assert builtin is not None
    return signatures_of(builtin)[0]


def _report_missing(analyzer: Analyzer, form: ListForm, name: str) -> None:
    signature = _signature(name)
    required = [slot for slot in signature if not slot.optional and not slot.rest]
    analyzer.report(
        "LT0201",
        form.span,
        name=name,
        missing=_need(required[len(form.items) - 1].name),
        expected=_completed(analyzer, form, signature),
    )


def _report_superfluous(analyzer: Analyzer, form: ListForm, name: str) -> None:
    signature = _signature(name)
    analyzer.report(
        "LT0202",
        form.span,
        name=name,
        count=counted([signature]),
        given=len(form.items) - 1,
        expected=_completed(analyzer, form, signature),
        lispe=_IN_LISPE.get(name) if name == "break" else None,
    )


#: Forms that evaluate all their arguments: what is in them is worth a look, whatever
#: their number.
_EVALUATING = frozenset(
    ("if", "ife", "check", "ncheck", "and", "or", "andvalue", "xor", "not", "select")
    + ("while", "return")
)


def _look_inside(analyzer: Analyzer, form: ListForm) -> None:
    head = form.items[0]
    if isinstance(head, Symbol) and head.name in _EVALUATING:
        analyzer.body(form.items[1:])


#: What other languages write between the parts of a form: ``x = 3``, ``if a then b``.
_FILLERS = frozenset(("=", ":=", ":", "then", "else", "do"))


def _is_filler(item: Form) -> bool:
    return isinstance(item, Symbol) and item.name in _FILLERS


_NEEDS = {
    "then": "a value for the true case",
    "otherwise": "a value for the false case",
    "other": "a second value",
    "items": "a list",
    "patterns": "a list of patterns",
}


def _need(parameter: str) -> str:
    """Return what a parameter is, with an article."""
    article = "an" if parameter[0] in "aeiou" else "a"
    return _NEEDS.get(parameter, f"{article} {parameter}")


def _completed(analyzer: Analyzer, form: ListForm, signature: Signature) -> str:
    """Return the form as it should be, what is there taken over."""
    given = form.items[1:]
    if len(given) > len(signature):
        given = tuple([item for item in given if not _is_filler(item)])
    texts = [analyzer.text(item) for item in given[: len(signature)]]
    return written(analyzer.text(form.items[0]), signature, texts)


def shape_error(analyzer: Analyzer, form: ListForm, expected: str, found: Form) -> Node:
    """Report an argument of the wrong kind."""
    head = form.items[0]
    assert isinstance(head, Symbol)
    text = analyzer.text(found)
    analyzer.report(
        "LT0203",
        found.span,
        name=head.name,
        expected=expected,
        found=text,
        lispe=_IN_LISPE.get(head.name),
    )
    return nothing(form.span)


#: What LispE says of arguments of the wrong kind, by the form.
_IN_LISPE = {
    "break": "Error: break does not take any arguments",
    "let": "Error: unbalanced list of variables in 'let'",
    "loop": "Error: Missing label for 'loop'",
    **dict.fromkeys(UPDATE_OPERATORS, "Error: Expecting an index access with 'at'"),
}
