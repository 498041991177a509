"""The analysis of a whole file."""

from __future__ import annotations

from collections.abc import Callable

from lisptorch_compile.analyzer import (
    assignments,
    calls,
    classes,
    control,
    data,
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
from lisptorch_compile.analyzer.parameters import Signature, signature_of
from lisptorch_compile.analyzer.regions import DefinedType, Survey
from lisptorch_compile.analyzer.shape import counted_form
from lisptorch_compile.analyzer.survey import survey
from lisptorch_compile.analyzer.unsharing import unshared
from lisptorch_compile.diagnostics import Diagnostic, Note, Source
from lisptorch_compile.forms import Comment, Form
from lisptorch_compile.nodes import Body, FunctionDef, Node, PatternFunction, Program
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.spaces import qualified, space_of


@record
class LoadedNames:
    """What a compiled file offers to those that ``load`` it."""

    module: str
    functions: tuple[tuple[str, Signature], ...]
    variables: tuple[str, ...]


Loader = Callable[[str], LoadedNames | None]

FORMS: dict[str, Handler] = {
    name: counted_form(handler)
    for table in (
        *(assignments.FORMS, control.FORMS, definitions.FORMS, data.FORMS),
        *(classes.FORMS, objects.FORMS, pattern_functions.FORMS),
        *(threads.FORMS, spaces.FORMS),
    )
    for name, handler in table.items()
}

_HANDLERS = Handlers(
    FORMS, calls.call, data.quote, data.dictionary, data.set_, instances.instance_call
)


def analyze(
    forms: tuple[Form, ...],
    comments: tuple[Comment, ...],
    source: Source,
    *,
    load: Loader,
    within: Surroundings | None = None,
) -> tuple[Program, tuple[Diagnostic, ...]]:
    """Return the core tree of a file and what is wrong with it.

    Args:
        forms: the expanded forms of the file.
        comments: its comments, handed on.
        source: its text.
        load: gives the names of a file that this one loads, None when there is none.
        within: the running program that the text is evaluated in, if it is.
    """
    found = survey(forms, source)
    if found.shared:
        forms = unshared(forms)
        found = survey(forms, source)
    analyzer = Analyzer(source, found, _HANDLERS, within)
    _take_classes(analyzer)
    _take_loaded_names(analyzer, load)
    _warn_of_replaced(analyzer)
    body: list[Node] = []
    for form in forms:
        node = analyzer.lower(form)
        body.extend(definitions.lifted_functions(analyzer))
        body.append(node)
    # code that is evaluated later finds the file's variables only where they are
    copied = {} if analyzer.is_open else threads.thread_variables(tuple(body))
    for binding, span in copied.items():
        analyzer.report("LT0607", span, name=binding.name)
    program = Program(
        tuple(body),
        _globals(found),
        comments,
        found.file.span,
        analyzer.is_open,
        frozenset(copied),
    )
    diagnostics = sorted(analyzer.diagnostics, key=_start)
    return program, tuple(diagnostics)


def _take_classes(analyzer: Analyzer) -> None:
    """Let names and patterns find the classes of the file."""
    hierarchy = analyzer.hierarchy
    hierarchy.classes.update(analyzer.survey.classes)
    for name, one in hierarchy.classes.items():
        known = DefinedType(one.binding, len(hierarchy.fields(one)))
        analyzer.survey.types[name] = known


def _start(diagnostic: Diagnostic) -> int:
    return diagnostic.span.start


def _globals(found: Survey) -> tuple[Binding, ...]:
    """Return the variables and functions of the file in source order."""
    bindings = [function.binding for function in found.functions.values()]
    bindings.extend([one.binding for one in found.classes.values()])
    bindings.extend(
        [
            binding
            for name, binding in found.globals.items()
            if name not in found.functions and binding.kind is not BindingKind.EXTERNAL
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


def _take_loaded_names(analyzer: Analyzer, load: Loader) -> None:
    """Bind the names of all loaded files; those that this file defines come first."""
    for form in analyzer.survey.loads:
        path = definitions.constant_path(form) if len(form.items) > 1 else None
        names = load(path) if path is not None else None
        if names is None or path is None:
            analyzer.survey.open = True  # a file that only the running program reads
            continue
        analyzer.loaded_modules[path] = names.module
        space = definitions.loaded_into(form)
        if space is not None:
            analyzer.survey.spaces.add(space)
        defined_in = [space_of(name) for name, _ in names.functions]
        analyzer.survey.spaces.update([s for s in defined_in if s is not None])
        for name, signature in names.functions:
            binding = Binding(name, BindingKind.EXTERNAL, form.span, names.module)
            seen_as = name if space is None else qualified(space, name)
            analyzer.external_functions[seen_as] = binding, signature
        for name in names.variables:
            binding = Binding(name, BindingKind.EXTERNAL, form.span, names.module)
            analyzer.survey.globals[name] = binding


def exported_names(program: Program, module: str) -> LoadedNames:
    """Return what ``program``, compiled as ``module``, offers to those that load it."""
    signatures = _signatures(program.body)
    functions: list[tuple[str, Signature]] = []
    variables: list[str] = []
    for binding in program.globals:
        signature = signatures.get(binding)
        if signature is None:
            variables.append(binding.name)
        else:
            functions.append((binding.name, signature))
    return LoadedNames(module, tuple(functions), tuple(variables))


def _signatures(body: Body) -> dict[Binding, Signature]:
    result: dict[Binding, Signature] = {}
    for node in body:
        if isinstance(node, FunctionDef | PatternFunction):
            result[node.binding] = signature_of(node.parameters)
    return result
