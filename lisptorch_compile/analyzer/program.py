"""The analysis of a whole file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lisptorch_compile.analyzer import (
    assignments,
    calls,
    classes,
    control,
    data,
    data_types,
    definitions,
    instances,
    objects,
    pattern_functions,
    spaces,
    threads,
)
from lisptorch_compile.analyzer.context import (
    Analyzer,
    Handler,
    Handlers,
    Surroundings,
)
from lisptorch_compile.analyzer.linking import (
    NOTHING_OFFERED,
    LoadedNames,
    OfferedNames,
    take_loaded_names,
    take_offered_names,
)
from lisptorch_compile.analyzer.regions import (
    NOTHING_ELSEWHERE,
    DefinedType,
    Elsewhere,
    Survey,
)
from lisptorch_compile.analyzer.shape import counted_form
from lisptorch_compile.analyzer.survey import survey
from lisptorch_compile.analyzer.unsharing import unshared
from lisptorch_compile.diagnostics import Diagnostic, Note, Source
from lisptorch_compile.forms import Comment, Form
from lisptorch_compile.nodes import Node, Program
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding

FORMS: dict[str, Handler] = {
    name: counted_form(handler)
    for table in (
        *(assignments.FORMS, control.FORMS, definitions.FORMS, data.FORMS),
        *(classes.FORMS, data_types.FORMS, objects.FORMS),
        *(pattern_functions.FORMS, threads.FORMS, spaces.FORMS),
    )
    for name, handler in table.items()
}

_HANDLERS = Handlers(
    FORMS, calls.call, data.quote, data.dictionary, data.set_, instances.instance_call
)


@record
class Surveyed:
    """The expanded forms of a file, and what they define."""

    forms: tuple[Form, ...]
    survey: Survey


def surveyed(
    forms: tuple[Form, ...], source: Source, elsewhere: Elsewhere = NOTHING_ELSEWHERE
) -> Surveyed:
    """Return what the expanded forms of a file define."""
    found = survey(forms, source, elsewhere)
    if found.shared:
        forms = unshared(forms)
        found = survey(forms, source, elsewhere)
    return Surveyed(forms, found)


def analyze(
    file: Surveyed,
    comments: tuple[Comment, ...],
    source: Source,
    *,
    loads: Mapping[str, LoadedNames] = MappingProxyType({}),
    offered: OfferedNames = NOTHING_OFFERED,
    within: Surroundings | None = None,
) -> tuple[Program, tuple[Diagnostic, ...]]:
    """Return the core tree of a file and what is wrong with it.

    Args:
        file: its forms and what they define.
        comments: its comments, handed on.
        source: its text.
        loads: the names of the files that this one loads, by the path it gives.
        offered: the names of the other files of the program.
        within: the running program that the text is evaluated in, if it is.
    """
    found = file.survey
    analyzer = Analyzer(source, found, _HANDLERS, within)
    take_loaded_names(analyzer, loads)
    take_offered_names(analyzer, offered.names)
    _take_classes(analyzer)
    _warn_of_replaced(analyzer)
    body: list[Node] = []
    for form in file.forms:
        node = analyzer.lower(form)
        body.extend(definitions.lifted_functions(analyzer))
        body.append(node)
    # code that is evaluated later finds the file's variables only where they are
    copied = {} if analyzer.is_open else threads.thread_variables(tuple(body))
    for binding, span in copied.items():
        analyzer.report("LT0607", span, name=binding.name)
    program = Program(
        tuple(body),
        _globals(analyzer),
        comments,
        found.file.span,
        analyzer.is_open,
        frozenset(copied),
        analyzer.foreign,
        offered.loaders,
        offered.earlier,
        offered.later,
    )
    diagnostics = sorted(analyzer.diagnostics, key=_start)
    return program, tuple(diagnostics)


def _take_classes(analyzer: Analyzer) -> None:
    """Let names and patterns find the classes of the file."""
    hierarchy = analyzer.hierarchy
    hierarchy.classes.update(analyzer.survey.classes)
    for name, one in hierarchy.classes.items():
        added = [hierarchy.attribute(one, field) for field in hierarchy.added(one)]
        known = DefinedType(one.binding, len(hierarchy.fields(one)), tuple(added))
        analyzer.survey.types[name] = known


def _start(diagnostic: Diagnostic) -> int:
    return diagnostic.span.start


def _globals(analyzer: Analyzer) -> tuple[Binding, ...]:
    """Return the variables and functions of the file in source order."""
    found = analyzer.survey
    bindings = [function.binding for function in found.functions.values()]
    bindings.extend([each.binding for each in found.types.values()])
    bindings.extend(
        [
            binding
            for name, binding in found.globals.items()
            if name not in found.functions and binding not in analyzer.foreign
        ]
    )
    return tuple(sorted(bindings, key=_place))


def _place(binding: Binding) -> int:
    return binding.span.start


def _warn_of_replaced(analyzer: Analyzer) -> None:
    for name, form in analyzer.survey.replaced:
        last = analyzer.survey.functions[name].form
        note = Note("the definition that counts", last.items[1].span)
        analyzer.report("LT0602", form.items[1].span, notes=[note], name=name)
