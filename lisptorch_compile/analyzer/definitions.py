"""Functions, lambdas, ``self``; ``use``, ``load``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.arguments import argument
from lisptorch_compile.analyzer.calls import check_arguments, miscounted
from lisptorch_compile.analyzer.context import (
    Analyzer,
    Handler,
    Routine,
    Scope,
    failure,
    nothing,
)
from lisptorch_compile.analyzer.flow import Flow
from lisptorch_compile.analyzer.form_parts import constant_name, constant_path
from lisptorch_compile.analyzer.parameters import (
    ParameterForm,
    faults,
    signature_of,
)
from lisptorch_compile.analyzer.regions import Function, Region
from lisptorch_compile.analyzer.shape import fits, shape_error
from lisptorch_compile.forms import Form, ListForm, String, StringKind, Symbol
from lisptorch_compile.nodes import (
    BuiltinCall,
    Call,
    FunctionDef,
    Lambda,
    Load,
    Node,
    Parameter,
    Rule,
    Use,
    Variable,
)
from lisptorch_compile.scope import Binding, BindingKind

#: The names under which scripts ask for the functions that are always there.
_LIBRARIES = frozenset(
    (
        "lispe_torch",
        "liblispe_torch",
        "lispetorch",
        "lispe_tiktoken",
        "liblispe_tiktoken",
    )
)

#: Analyzes a function with copies for some names; returns the names that need some.
_Definition = TypeVar("_Definition", FunctionDef, Rule)
_Analysis = Callable[[frozenset[Binding]], tuple[_Definition, set[Binding]]]

# --- functions -----------------------------------------------------------------------------


def defun(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(defun f (x) body…)``, and ``dethread``; one inside another form is lifted out
    of it."""
    name = form.items[1]
    if not isinstance(name, Symbol):
        return shape_error(analyzer, form, "a name", name)
    if not analyzer.may_bind(name, f"Error: '{name.name}' is a reserved keyword."):
        return nothing(form.span)
    report_faults(analyzer, form.items[2])
    analyzer.region(form)
    known = analyzer.survey.functions[name.name]
    if known.form is not form:  # defined again below
        return Variable(known.binding, form.span)
    if analyzer.depth == 1:
        return function_of(analyzer, form, known)
    analyzer.lifted.append((form, known, function_of))
    return Variable(known.binding, form.span)


def lifted_functions(analyzer: Analyzer) -> list[Node]:
    """Return the functions defined within the top-level form just analyzed."""
    result: list[Node] = []
    analyzer.depth += 1
    while analyzer.lifted:
        form, known, analyzed = analyzer.lifted.pop(0)
        result.append(analyzed(analyzer, form, known))
    analyzer.depth -= 1
    return result


def report_faults(analyzer: Analyzer, parameters: Form) -> None:
    analyzer.diagnostics.extend(faults(parameters, analyzer.source.text))


def function_of(analyzer: Analyzer, form: ListForm, known: Function) -> FunctionDef:
    """Return the definition of a function or of a method."""
    region = analyzer.region(form)
    binding, parameters = known.binding, known.parameters
    docstring, forms = _docstring(form.items[3:])
    signature = signature_of(parameters)
    head = form.items[0]
    threaded = isinstance(head, Symbol) and head.name == "dethread"

    def analyzed(copied: frozenset[Binding]) -> tuple[FunctionDef, set[Binding]]:
        by_lambdas = [
            local for n, local in region.locals.items() if n in region.set_by_lambdas
        ]
        flow = Flow(shadows(analyzer, region), copied, by_lambdas)
        routine = Routine(flow, binding, signature)
        scope = Scope(region, {**region.locals, **region.parameters}, None)
        with analyzer.running(routine), analyzer.inside(scope):
            values = parameters_of(analyzer, parameters)
            # a lambda may set it at any time: copied at the start
            early = [local for local in by_lambdas if local in copied]
            copies = flow.enter(early, form.span)
            body = (*copies, *analyzer.body(forms, tail=True))
        own = tuple(region.locals.values())
        node = FunctionDef(binding, values, body, own, docstring, form.span, threaded)
        return node, flow.mixed

    return analyzed_twice(analyzer, analyzed)


def analyzed_twice(analyzer: Analyzer, analyzed: _Analysis[_Definition]) -> _Definition:
    """Analyze a function, once more when names turn out to need copies (``flow``)."""
    messages, reported = len(analyzer.diagnostics), set(analyzer.reported)
    lifted = len(analyzer.lifted)
    definition, mixed = analyzed(frozenset())
    if not mixed:
        return definition
    del analyzer.diagnostics[messages:]
    del analyzer.lifted[lifted:]
    analyzer.reported = reported
    definition, _ = analyzed(frozenset(mixed))
    return definition


def shadows(analyzer: Analyzer, region: Region) -> dict[Binding, Binding]:
    """Return the region's variables that the class or the file has, too."""
    shadows: dict[Binding, Binding] = {}
    for name, local in region.locals.items():
        outside = analyzer.find_outside(name)
        if outside is not None:
            shadows[local] = outside
    return shadows


def _docstring(forms: tuple[Form, ...]) -> tuple[str | None, tuple[Form, ...]]:
    """A text that opens a longer body documents the function."""
    match forms:
        case (String(text, kind), _, *_) if kind is not StringKind.BYTES:
            return text, forms[1:]
        case _:
            return None, forms


def parameters_of(
    analyzer: Analyzer, forms: tuple[ParameterForm, ...]
) -> tuple[Parameter, ...]:
    result: list[Parameter] = []
    for form in forms:
        name = Symbol(form.binding.name, form.binding.span)
        if analyzer.may_bind(name):
            default = analyzer.lower(form.default) if form.default is not None else None
            result.append(
                Parameter(form.binding, default, form.optional, form.rest, form.span)
            )
    return tuple(result)


def lambda_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(lambda (x y) body…)``: shares the variables of the function around it."""
    return analyzed_lambda(analyzer, form, None)


def analyzed_lambda(
    analyzer: Analyzer, form: ListForm, variable: Binding | None
) -> Lambda:
    """Return the node of a lambda; ``variable`` always holds it, so ``self`` is that."""
    if not fits(analyzer, form):
        return Lambda((), (), (), None, form.span)
    report_faults(analyzer, form.items[1])
    region = analyzer.region(form)
    flow = analyzer.routine.flow
    analyzer.entering(form.items[2:], form.span, in_lambda=True)
    signature = signature_of(region.parameter_forms)
    routine = Routine(flow, variable or _recursion(form), signature)
    scope = Scope(region, {**region.locals, **region.parameters}, analyzer.scope)
    with (
        analyzer.running(routine),
        analyzer.inside(scope),
        flow.inside_lambda(shadows(analyzer, region)),
    ):
        parameters = parameters_of(analyzer, region.parameter_forms)
        body = analyzer.body(form.items[2:], tail=True)
    itself = routine.recursion if routine.recurses else None
    own = tuple(region.locals.values())
    return Lambda(parameters, body, own, itself, form.span)


def _recursion(form: ListForm) -> Binding:
    return Binding("recurse", BindingKind.TEMPORARY, form.span)


def self_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(self x)`` calls the running function or lambda."""
    routine = analyzer.routine
    arguments = tuple([argument(analyzer, item) for item in form.items[1:]])
    if routine.recursion is None or routine.signature is None:
        analyzer.report("LT0207", form.span, name="self", place="function")
        return failure("Error: unknown instruction: 'self'", form.span)
    if not check_arguments(analyzer, form, "self", [routine.signature], arguments):
        return miscounted("self", routine.signature, form)
    routine.recurses = True
    function = Variable(routine.recursion, form.items[0].span)
    return Call(function, arguments, tail, form.span)


# --- other files and libraries ------------------------------------------------------------------


def use(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    library = constant_name(form.items[1])
    if library is None:
        return shape_error(analyzer, form, "the name of a library", form.items[1])
    if library not in _LIBRARIES:
        analyzer.report("LT0503", form.span, library=library)
    return Use(library, form.span)


def load(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(load "file.lsp")`` → an import of the compiled file; a path that is not known
    when compiling is left to the running program."""
    path = constant_path(form)
    modules = () if path is None else analyzer.loaded_modules.get(path, ())
    if path is not None and modules:
        valued = analyzer.depth > 1
        return Load(path, modules[0], modules[1:], valued, form.span)
    looked_up_now = path is not None and analyzer.within is None
    if looked_up_now and path not in analyzer.loaded_modules:
        analyzer.report("LT0304", form.items[1].span, path=path)
    builtin = catalogue.lookup("load")
    assert builtin is not None
    return BuiltinCall(builtin, (analyzer.lower(form.items[1]),), form.span)


def defmacro(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """The expander takes macros out of a program, and reports those it cannot take."""
    return nothing(form.span)


FORMS: dict[str, Handler] = {
    "defmacro": defmacro,
    "defun": defun,
    "dethread": defun,
    "lambda": lambda_,
    "self": self_,
    "use": use,
    "load": load,
}
