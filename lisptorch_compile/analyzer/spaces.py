"""``defspace``, ``space``, ``link`` and ``trace``."""

from __future__ import annotations

from lisptorch_compile.analyzer.context import Analyzer, Handler, nothing
from lisptorch_compile.analyzer.shape import shape_error
from lisptorch_compile.analyzer.threads import locked
from lisptorch_compile.forms import ListForm, Symbol
from lisptorch_compile.nodes import Literal, Logical, Node
from lisptorch_compile.spaces import MAIN, THREAD


def defspace(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(defspace name)``: its definitions stand behind it (``lisptorch_compile.spaces``)."""
    name = form.items[1]
    if not isinstance(name, Symbol):
        return shape_error(analyzer, form, "a name", name)
    if name.name == THREAD:
        analyzer.report("LT0204", name.span, name=name.name)
    elif len(form.items) > 2:
        analyzer.report("LT0221", form.span, name="defspace")
    return Literal(True, form.span)


def space(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(space name body…)``: its functions come before those of the file."""
    name, *body = form.items[1:]
    if not isinstance(name, Symbol):
        return shape_error(analyzer, form, "the name of a name space", name)
    if name.name == THREAD:
        return locked(analyzer, None, body, form.span)
    if name.name == MAIN:
        chosen = None
    elif name.name in analyzer.survey.spaces:
        chosen = name.name
    else:
        known = [*analyzer.survey.spaces, MAIN, THREAD]
        otherwise = f"define it: (defspace {name.name} (defun …))"
        analyzer.report_unknown("LT0306", name, otherwise=otherwise, known=known)
        return nothing(form.span)
    with analyzer.in_space(chosen):
        return analyzer.block(body, form.span, tail)


def link(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """Those at the top level are gone by now (``lisptorch_compile.links``)."""
    analyzer.report("LT0221", form.span, name="link")
    return nothing(form.span)


def trace(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(trace on)``: nothing is traced; yields whether it would be."""
    head, *on = form.items
    analyzer.report_once("LT0608", "trace", head.span)
    if not on:
        return Literal(None, form.span)
    return Logical("and", (analyzer.lower(on[0]),), False, form.span)


FORMS: dict[str, Handler] = {
    "defspace": defspace,
    "space": space,
    "link": link,
    "trace": trace,
}
