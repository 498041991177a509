"""The first pass: what a file defines, and which names each function owns.

A *region* is a piece of code with names of its own: the file, a function, a lambda, a
``let``. LispE keeps one frame a function, which its lambdas share, so a name that a
lambda sets belongs to the region around it that mentions it, else to the lambda.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.interpolation import pieces
from lisptorch_compile.analyzer.parameters import (
    ParameterForm,
    function_positions,
    parameter_forms,
)
from lisptorch_compile.catalogue.forms import UPDATE_OPERATORS
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Quote,
    SetForm,
    String,
    Symbol,
)
from lisptorch_compile.scope import Binding, BindingKind

#: Names of nil and true; ``_`` and the like are read, never bound.
CONSTANTS = frozenset(("nil", "_", "false", "fail_", "true"))
LAMBDAS = frozenset(("lambda", "λ", "\\"))


class RegionKind(Enum):
    FILE = auto()
    FUNCTION = auto()
    LAMBDA = auto()
    LET = auto()


@dataclass(slots=True, eq=False)
class Region:
    """What the code of one region sets and mentions; ``locals`` is the conclusion."""

    kind: RegionKind
    parent: Region | None
    span: Span
    parameters: dict[str, Binding] = field(default_factory=dict)
    parameter_forms: tuple[ParameterForm, ...] = ()
    sets: dict[str, Span] = field(default_factory=dict)
    updates: dict[str, Span] = field(default_factory=dict)  # setq=
    mentions: set[str] = field(default_factory=set)
    function_valued: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    locals: dict[str, Binding] = field(default_factory=dict)
    set_by_lambdas: set[str] = field(default_factory=set)

    def owner_of(self, name: str) -> Region | None:
        """Return the nearest region that is no ``let``; None: a ``let`` binds the name."""
        region = self
        while region.kind is RegionKind.LET:
            if name in region.parameters:
                return None
            assert region.parent is not None
            region = region.parent
        return region


@dataclass(frozen=True, slots=True)
class Function:
    """A ``defun`` of the file."""

    binding: Binding
    parameters: tuple[ParameterForm, ...]
    form: ListForm


@dataclass(slots=True)
class Survey:
    """What the file defines. ``regions`` are found by the ``id`` of their form."""

    file: Region
    functions: dict[str, Function] = field(default_factory=dict)
    replaced: list[tuple[str, ListForm]] = field(default_factory=list)
    globals: dict[str, Binding] = field(default_factory=dict)
    constants: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)  # globals that are called somewhere
    modules: set[str] = field(default_factory=set)  # of `pyimport`
    loads: list[ListForm] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)  # defined by what is not supported
    set_again: set[str] = field(default_factory=set)  # set in several places
    shared: bool = False  # a macro put one form into several places
    regions: dict[int, Region] = field(default_factory=dict)
    pieces: dict[int, tuple[str | Form, ...]] = field(default_factory=dict)  # of `f_`

    def global_variable(self, symbol: Symbol) -> None:
        if symbol.name not in self.globals:
            binding = Binding(symbol.name, BindingKind.GLOBAL, symbol.span)
            self.globals[symbol.name] = binding


def survey(forms: Sequence[Form], source: Source) -> Survey:
    """Return what ``forms``, the whole file, define."""
    span = Span(0, len(source.text))
    result = Survey(Region(RegionKind.FILE, None, span))
    survey_more(forms, result, source)
    return result


def survey_more(forms: Sequence[Form], result: Survey, source: Source) -> None:
    """Add what ``forms``, code of the file's top level, define."""
    walk = _Walk(result, source)
    walk.all(forms)
    _own_lambda_names(walk.lambdas, result)
    _pass_functions_on(walk.passes, result)
    for region in [result.file, *walk.regions]:
        _conclude(region, result)


# --- walking the forms ---------------------------------------------------------------------

_Collector = Callable[["_Walk", ListForm, Region], None]


@dataclass(frozen=True, slots=True)
class _Pass:
    """A name given to a function of the program."""

    region: Region
    name: str
    callee: str
    index: int


class _Walk:
    """Visits every form once, with a stack of its own: programs nest deeply."""

    def __init__(self, result: Survey, source: Source) -> None:
        self.result = result
        self.source = source
        self.regions: list[Region] = []
        self.lambdas: list[Region] = []
        self.passes: list[_Pass] = []
        self.pending: list[tuple[Form, Region]] = []

    def all(self, forms: Sequence[Form]) -> None:
        self.push(forms, self.result.file)
        while self.pending:
            form, region = self.pending.pop()
            self.visit(form, region)

    def push(self, forms: Sequence[Form], region: Region) -> None:
        self.pending.extend([(form, region) for form in reversed(forms)])

    def visit(self, form: Form, region: Region) -> None:
        match form:
            case Symbol(name):
                self.mention(name, region)
            case ListForm(items) if items:
                head = items[0]
                collect = (
                    _COLLECTORS.get(head.name) if isinstance(head, Symbol) else None
                )
                if collect is None:
                    if isinstance(head, Symbol):
                        self.call(head.name, items[1:], region)
                    self.push(items, region)
                else:
                    collect(self, form, region)
            case Quote(ListForm() as quoted) if is_lambda(quoted):
                self.visit(quoted, region)
            case DictForm(entries, False):
                self.push([part for entry in entries for part in entry], region)
            case SetForm(items):
                self.push(items, region)

    def mention(self, name: str, region: Region) -> None:
        owner = region.owner_of(name)
        if owner is not None:
            owner.mentions.add(name)

    def call(self, head: str, arguments: Sequence[Form], region: Region) -> None:
        """Note which names are called, here or by what gets them as a function."""
        called = [head]
        positions = function_positions(head)
        for index, argument in enumerate(arguments):
            if isinstance(argument, Symbol):
                if index in positions:
                    called.append(argument.name)
                elif catalogue.lookup(head) is None:
                    self.passes.append(_Pass(region, argument.name, head, index))
        for name in called:
            owner = region.owner_of(name)
            if owner is not None:
                owner.called.add(name)

    def set_name(self, target: Form, region: Region) -> None:
        if not isinstance(target, Symbol) or target.name in CONSTANTS:
            return
        owner = region.owner_of(target.name)
        if owner is None:
            return
        if target.name in owner.sets:
            self.result.set_again.add(target.name)
        owner.sets.setdefault(target.name, target.span)
        if owner.kind is RegionKind.FILE:
            self.result.global_variable(target)

    def region(self, form: ListForm, kind: RegionKind, parent: Region | None) -> Region:
        region = Region(kind, parent, form.span)
        if id(form) in self.result.regions:
            self.result.shared = True
        self.result.regions[id(form)] = region
        self.regions.append(region)
        return region

    def take_parameters(self, region: Region, form: Form) -> None:
        region.parameter_forms = parameter_forms(form)
        for parameter in region.parameter_forms:
            region.parameters.setdefault(parameter.binding.name, parameter.binding)
        defaults = [p.default for p in region.parameter_forms if p.default is not None]
        self.push(defaults, region)


def is_lambda(form: Form) -> bool:
    """Tell whether ``form`` is a lambda expression."""
    return (
        isinstance(form, ListForm)
        and bool(form.items)
        and isinstance(form.items[0], Symbol)
        and form.items[0].name in LAMBDAS
    )


def targets(form: Form) -> tuple[Form, ...]:
    """Return the names that ``(setq form …)`` sets."""
    return form.items if isinstance(form, ListForm) else (form,)


def _collect_setq(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) < 2:
        return
    for target in targets(form.items[1]):
        walk.set_name(target, region)
    if len(form.items) > 2 and isinstance(form.items[1], Symbol):
        _note_function_value(form.items[1].name, form.items[2], region)
    walk.push(form.items[2:], region)


def _note_function_value(name: str, value: Form, region: Region) -> None:
    owner = region.owner_of(name)
    quoted = isinstance(value, Quote) and isinstance(value.form, Symbol)
    if owner is not None and (quoted or is_lambda(value)):
        owner.function_valued.add(name)


def _collect_setg(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) < 2:
        return
    for target in targets(form.items[1]):
        if isinstance(target, Symbol) and target.name not in CONSTANTS:
            walk.result.set_again.add(target.name)
            walk.result.global_variable(target)
            if len(form.items) > 2:
                _note_function_value(target.name, form.items[2], walk.result.file)
    walk.push(form.items[2:], region)


def _collect_setconst(walk: _Walk, form: ListForm, region: Region) -> None:
    _collect_setg(walk, form, region)
    if len(form.items) > 1 and isinstance(form.items[1], Symbol):
        walk.result.constants.add(form.items[1].name)


def _collect_set_where_it_lives(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) < 2:
        return
    target = form.items[1]
    owner = None
    if isinstance(target, Symbol) and target.name not in CONSTANTS:
        owner = region.owner_of(target.name)
    if owner is not None and isinstance(target, Symbol):
        if owner.kind is RegionKind.FILE:
            walk.set_name(target, region)
        else:
            owner.updates.setdefault(target.name, target.span)
    walk.push(form.items[2:], region)


def _collect_loop(walk: _Walk, form: ListForm, region: Region) -> None:
    if len(form.items) < 2:
        return
    for target in targets(form.items[1]):
        walk.set_name(target, region)
    walk.push(form.items[2:], region)


def _collect_loopcount(walk: _Walk, form: ListForm, region: Region) -> None:
    counter, body = loop_counter(form)
    if counter is not None:
        walk.set_name(counter, region)
    walk.push([*form.items[1:2], *body], region)


def loop_counter(form: ListForm) -> tuple[Symbol | None, tuple[Form, ...]]:
    """Return the counter and the body of ``(loopcount n [[into] counter] body…)``."""
    rest = form.items[2:]
    if rest and isinstance(rest[0], Symbol) and rest[0].name == "into":
        rest = rest[1:]
    if rest and isinstance(rest[0], Symbol) and rest[0].name not in CONSTANTS:
        return rest[0], rest[1:]
    return None, rest


def _collect_let(walk: _Walk, form: ListForm, region: Region) -> None:
    inner = walk.region(form, RegionKind.LET, region)
    values: list[Form] = []
    for pair in let_pairs(form):
        name, *value = pair.items
        if isinstance(name, Symbol):
            binding = Binding(name.name, BindingKind.LOCAL, name.span)
            inner.parameters[name.name] = binding
        values.extend(value)
    walk.push(form.items[2:], inner)
    walk.push(values, region)


def let_pairs(form: ListForm) -> list[ListForm]:
    """Return the pairs ``(name value)`` of a ``let`` that look like some."""
    if len(form.items) < 2 or not isinstance(form.items[1], ListForm):
        return []
    return [p for p in form.items[1].items if isinstance(p, ListForm) and p.items]


def _collect_lambda(walk: _Walk, form: ListForm, region: Region) -> None:
    inner = walk.region(form, RegionKind.LAMBDA, region)
    walk.lambdas.append(inner)
    walk.push(form.items[2:], inner)
    if len(form.items) > 1:
        walk.take_parameters(inner, form.items[1])


def _collect_defun(walk: _Walk, form: ListForm, region: Region) -> None:
    inner = walk.region(form, RegionKind.FUNCTION, walk.result.file)
    walk.push(form.items[3:], inner)
    if len(form.items) < 3 or not isinstance(form.items[1], Symbol):
        return
    walk.take_parameters(inner, form.items[2])
    name = form.items[1].name
    old = walk.result.functions.get(name)
    if old is None:
        binding = Binding(name, BindingKind.FUNCTION, form.items[1].span)
    else:
        binding = old.binding
        walk.result.replaced.append((name, old.form))
    walk.result.functions[name] = Function(binding, inner.parameter_forms, form)


def _collect_pyimport(walk: _Walk, form: ListForm, region: Region) -> None:
    members = len(form.items) > 2 and isinstance(form.items[2], ListForm)
    for symbol in imported_names(form):
        walk.result.global_variable(symbol)
        kind = walk.result.file.function_valued if members else walk.result.modules
        kind.add(symbol.name)


def imported_names(form: ListForm) -> tuple[Symbol, ...]:
    """Return the names that a ``pyimport`` binds."""
    match form.items[1:]:
        case (_, Symbol() as name):
            return (name,)
        case (_, ListForm(items)):
            return tuple([item for item in items if isinstance(item, Symbol)])
        case (Symbol(name, span),):
            return (Symbol(name.rpartition(".")[2], span),)
        case (String(name, _, span),):
            return (Symbol(name.rpartition(".")[2], span),)
        case _:
            return ()


def _collect_load(walk: _Walk, form: ListForm, region: Region) -> None:
    walk.result.loads.append(form)
    walk.push(form.items[1:], region)


def _collect_for(walk: _Walk, form: ListForm, region: Region) -> None:
    """``(for x items value)`` binds x as a lambda does."""
    inner = walk.region(form, RegionKind.LAMBDA, region)
    walk.lambdas.append(inner)
    walk.push(form.items[3:], inner)
    if len(form.items) > 1 and isinstance(form.items[1], Symbol):
        name = form.items[1]
        binding = Binding(name.name, BindingKind.PARAMETER, name.span)
        inner.parameters[name.name] = binding
    walk.push(form.items[2:3], region)


def _collect_interpolation(walk: _Walk, form: ListForm, region: Region) -> None:
    for item in form.items[1:]:
        found = pieces(item, walk.source) if isinstance(item, String) else None
        if found is not None:
            walk.result.pieces[id(item)] = tuple(found)
            walk.push([piece for piece in found if not isinstance(piece, str)], region)


def _collect_named(walk: _Walk, form: ListForm, region: Region) -> None:
    walk.push(form.items[2:], region)


def _collect_unsupported(walk: _Walk, form: ListForm, region: Region) -> None:
    """What it defines is not worth messages of its own."""
    for item in form.items[1:]:
        if isinstance(item, Symbol):
            walk.result.excused.add(item.name)
        elif isinstance(item, ListForm):
            names = [name.name for name in item.items[:1] if isinstance(name, Symbol)]
            walk.result.excused.update(names)


_UNSUPPORTED_DEFINITIONS = frozenset(
    ("defpat", "defpred", "defprol", "dethread", "data@", "data", "class@", "defclass")
    + ("defspace", "deflib", "deflibpat")
)


def _collect_nothing(walk: _Walk, form: ListForm, region: Region) -> None:
    """Quoted: no code."""


_COLLECTORS: dict[str, _Collector] = {
    **dict.fromkeys(("setq", "setqv", "label"), _collect_setq),
    **dict.fromkeys(("loop", "lloop", "mloop", "multiloop", "polyloop"), _collect_loop),
    **dict.fromkeys(("loopcount", "dotimes"), _collect_loopcount),
    **dict.fromkeys(LAMBDAS, _collect_lambda),
    "setg": _collect_setg,
    "setconst": _collect_setconst,
    "setq=": _collect_set_where_it_lives,
    "whilein": _collect_loop,
    "let": _collect_let,
    "defun": _collect_defun,
    "pyimport": _collect_pyimport,
    "load": _collect_load,
    "for": _collect_for,
    "f_": _collect_interpolation,
    "?": _collect_named,
    "quote": _collect_nothing,
    **dict.fromkeys(_UNSUPPORTED_DEFINITIONS, _collect_unsupported),
}


# --- who owns what ------------------------------------------------------------------------------


def _own_lambda_names(lambdas: Sequence[Region], result: Survey) -> None:
    """Give each name that a lambda sets to the region around it that mentions it."""
    for region in reversed(lambdas):
        _pass_reads_on(region)
    for region in lambdas:
        _settle_updates(region, result)
        for name, span in list(region.sets.items()):
            if name in region.parameters:
                continue
            owner = _owner(region, name)
            if owner is None or owner is region:
                continue
            del region.sets[name]
            region.mentions.add(name)
            if name not in owner.parameters:
                owner.sets.setdefault(name, span)
            owner.set_by_lambdas.add(name)


def _pass_reads_on(region: Region) -> None:
    """What a lambda only reads, the region around it mentions."""
    assert region.parent is not None
    for name in region.mentions:
        if name not in region.parameters and name not in region.sets:
            owner = region.parent.owner_of(name)
            if owner is not None:
                owner.mentions.add(name)
    for name in region.called - region.parameters.keys():
        owner = region.parent.owner_of(name)
        if owner is not None:
            owner.called.add(name)


def _pass_functions_on(passes: Sequence[_Pass], result: Survey) -> None:
    """A name that goes to a parameter which is called is called, too."""
    changed = True
    while changed:
        changed = False
        for each in passes:
            callee = result.functions.get(each.callee)
            if callee is None or each.index >= len(callee.parameters):
                continue
            parameter = callee.parameters[each.index].binding.name
            owner = each.region.owner_of(each.name)
            called = result.regions[id(callee.form)].called
            if owner is None or parameter not in called or each.name in owner.called:
                continue
            owner.called.add(each.name)
            changed = True


def _owner(region: Region, name: str) -> Region | None:
    """Return the outermost region that mentions ``name`` up to the function; a
    parameter's region is the last that counts, None when that is a ``let``."""
    owner = region
    for around in _around(region):
        if name in around.parameters:
            return around if around.kind is not RegionKind.LET else None
        if name in around.mentions or name in around.sets:
            owner = around
    return owner


def _around(region: Region) -> Iterator[Region]:
    while region.kind in (RegionKind.LAMBDA, RegionKind.LET):
        assert region.parent is not None
        region = region.parent
        yield region


def _settle_updates(region: Region, result: Survey) -> None:
    """``setq=`` sets a name of the region itself only when the file has none."""
    for name, span in region.updates.items():
        known = name in region.parameters or name in result.globals
        if not known:
            region.sets.setdefault(name, span)


def _conclude(region: Region, result: Survey) -> None:
    if region.kind is RegionKind.FUNCTION:
        _settle_updates(region, result)
    for name, span in region.sets.items():
        if name in region.parameters:
            continue
        if region.kind is RegionKind.FILE:
            result.global_variable(Symbol(name, span))
        else:
            region.locals[name] = Binding(name, BindingKind.LOCAL, span)
    result.called |= region.called - region.parameters.keys() - region.locals.keys()


def code_within(form: Form) -> tuple[Form, ...]:
    """Return the forms directly in ``form`` that are code."""
    match form:
        case ListForm(items) | SetForm(items):
            return items
        case DictForm(entries, False):
            return tuple([part for entry in entries for part in entry])
        case Quote(quoted) if is_lambda(quoted):
            return (quoted,)
        case _:
            return ()


_SETTERS = frozenset(
    ("setq", "setqv", "label", "setq=", "loop", "lloop", "mloop", "multiloop")
    + ("polyloop", "whilein", *UPDATE_OPERATORS)
)


def assigned_by(form: Form) -> list[str]:
    """Return the names that ``form`` itself sets."""
    if not isinstance(form, ListForm) or len(form.items) < 2:
        return []
    head = form.items[0]
    if not isinstance(head, Symbol):
        return []
    if head.name in ("loopcount", "dotimes"):
        counter, _ = loop_counter(form)
        return [counter.name] if counter is not None else []
    if head.name in _SETTERS:
        return [t.name for t in targets(form.items[1]) if isinstance(t, Symbol)]
    return []
