"""The number of arguments of special forms, checked against the catalogue."""

from __future__ import annotations

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.context import Analyzer, Handler, nothing
from lisptorch_compile.analyzer.parameters import counted, signatures_of, written
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.nodes import Node


def counted_form(handler: Handler) -> Handler:
    """Return ``handler`` with the number of arguments checked before it runs."""

    def checked(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
        if _fits(analyzer, form):
            return handler(analyzer, form, tail)
        return nothing(form.span)

    return checked


def _fits(analyzer: Analyzer, form: ListForm) -> bool:
    head = form.items[0]
    assert isinstance(head, Symbol)
    builtin = catalogue.lookup(head.name)
    assert builtin is not None
    signature = signatures_of(builtin)[0]
    given = len(form.items) - 1
    required = [slot for slot in signature if not slot.optional and not slot.rest]
    open_ended = bool(signature) and signature[-1].rest
    texts = [analyzer.text(item) for item in form.items[1:]]
    if given < len(required):
        expected = written(head.name, signature, texts)
        missing = required[given].name
        analyzer.report(
            "LT0201", form.span, name=head.name, missing=missing, expected=expected
        )
        return False
    if given > len(signature) and not open_ended:
        analyzer.report(
            "LT0202",
            form.span,
            name=head.name,
            count=counted([signature]),
            given=given,
            expected=written(head.name, signature, texts[: len(signature)]),
        )
        return False
    return True


def shape_error(analyzer: Analyzer, form: ListForm, expected: str, found: Form) -> Node:
    """Report an argument of the wrong kind."""
    head = form.items[0]
    assert isinstance(head, Symbol)
    text = analyzer.text(found)
    analyzer.report("LT0203", found.span, name=head.name, expected=expected, found=text)
    return nothing(form.span)
