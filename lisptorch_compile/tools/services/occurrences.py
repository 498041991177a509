"""Every place of a text where a variable, function or class is named, and which one it is.

The scopes are those of the analyzer: the regions that its first pass finds. A name in the
template of a macro counts where it means something of the file. Fields and methods go by
their names, since what an instance is may be known only when the program runs: all methods
``area`` are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.form_parts import (
    imported_names,
    is_lambda,
    is_template,
    let_pairs,
)
from lisptorch_compile.analyzer.hierarchy import own_names
from lisptorch_compile.analyzer.parameters import function_positions
from lisptorch_compile.analyzer.regions import Class, Region, RegionKind
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Quote,
    SetForm,
    String,
    Symbol,
)
from lisptorch_compile.macros import parts_of, symbols
from lisptorch_compile.nodes import Quantity
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.spaces import qualified, space_of
from lisptorch_compile.tools.services.analysis import Analysis, visible_bindings

_KLEENE_SIGNS = frozenset([quantity.value for quantity in Quantity])
_CALLABLE = frozenset((BindingKind.FUNCTION, BindingKind.METHOD, BindingKind.CLASS))


def _is_infix(form: ListForm) -> bool:
    """Tell whether a form calculates the one expression that follows ``infix``."""
    head = form.items[0]
    if not isinstance(head, Symbol) or len(form.items) != 2:
        return False
    builtin = catalogue.lookup(head.name)
    return builtin is not None and builtin.name == "infix"


@record
class Occurrence:
    """A name at a place; ``defines``: it is bound there, by a definition or for the first
    time."""

    span: Span
    binding: Binding
    defines: bool


def occurrences(analysis: Analysis) -> tuple[Occurrence, ...]:
    """Return all names of the text that mean something of the program, in source order."""
    return _occurrences(analysis)


@lru_cache(maxsize=4)
def _occurrences(analysis: Analysis) -> tuple[Occurrence, ...]:
    walk = _Walk(analysis)
    walk.program()
    walk.macros()
    found = sorted(walk.found.items())
    return tuple([occurrence for _, occurrence in found])


@record
class _Scope:
    """Where a form stands: its region, the class whose code it is, its name space."""

    region: Region
    members: Class | None = None
    space: str | None = None


class _Walk:
    """Visits the expanded forms once, with a stack of its own: programs nest deeply."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.survey = analysis.survey
        self.found: dict[int, Occurrence] = {}
        self.pending: list[tuple[Form, _Scope]] = []
        self.members, self.member_of = _members(analysis)
        self.inherited = {
            name: frozenset(analysis.hierarchy.members(one, {}))
            for name, one in analysis.hierarchy.classes.items()
        }

    def program(self) -> None:
        self.push(self.analysis.file.surveyed.forms, _Scope(self.survey.file))
        while self.pending:
            form, scope = self.pending.pop()
            self.visit(form, scope)

    def push(self, forms: Sequence[Form], scope: _Scope) -> None:
        self.pending.extend([(form, scope) for form in reversed(forms)])

    def visit(self, form: Form, scope: _Scope) -> None:
        match form:
            case Symbol():
                self.mention(form, scope)
            case Quote(Symbol() as name):
                self.mention_function(name, scope)
            case Quote(ListForm() as quoted) if is_lambda(quoted):
                self.push([quoted], scope)
            case Quote(ListForm((Symbol() as head, *_))):
                self.mention_function(head, scope)
            case DictForm(_, False) | SetForm():
                self.push(parts_of(form), scope)
            case ListForm((head, *_)):
                self.list_form(form, head, scope)

    def list_form(self, form: ListForm, head: Form, scope: _Scope) -> None:
        name = head.name if isinstance(head, Symbol) else ""
        region = self.survey.regions.get(id(form))
        evaluated = self.survey.evaluated.get(id(form))
        if evaluated is not None:
            self.push(evaluated, scope)
        elif region is not None:
            self.form_with_region(form, name, scope, region)
        elif name == "f_":
            self.interpolation(form, scope)
        elif name == "space" and len(form.items) > 1:
            space = form.items[1]
            inner = space.name if isinstance(space, Symbol) else None
            self.push(form.items[2:], _Scope(scope.region, scope.members, inner))
        elif name == "pyimport":
            self.push(imported_names(form), scope)
        elif name == "switch":
            self.push(form.items[1:2], scope)
            for clause in form.items[2:]:  # its key is no name of a form
                self.push(parts_of(clause), scope)
        elif name in ("quote", "use", "defspace"):
            pass
        elif name == "?":
            self.push(form.items[2:], scope)
        elif _is_infix(form) and isinstance(quoted := form.items[1], Quote):
            self.push([quoted.form], scope)  # an expression, which reads its variables
        else:
            self.named_arguments(form, name)
            self.templates(form, name, scope)
            self.push(form.items, scope)

    def form_with_region(
        self, form: ListForm, head: str, scope: _Scope, region: Region
    ) -> None:
        inner = _Scope(region, scope.members, scope.space)
        if head == "let":
            self.let(form, scope, region)
            self.push(form.items[2:], inner)
        elif head == "for":
            self.push(form.items[2:3], scope)
            self.push([*form.items[1:2], *form.items[3:]], inner)
        elif region.kind is not RegionKind.FUNCTION:
            self.push(form.items[1:], inner)
        elif head in ("class@", "defclass"):
            self.class_form(form, region)
        elif len(form.items) > 1:
            name = form.items[1]
            own = space_of(name.name) if isinstance(name, Symbol) else None
            self.definition(name, scope)
            self.push(form.items[2:], _Scope(region, scope.members, own))

    def let(self, form: ListForm, scope: _Scope, region: Region) -> None:
        """Each value sees the variables before its own."""
        known: dict[str, Binding] = {}
        for pair in let_pairs(form):
            before = Region(RegionKind.LET, region.parent, region.span, dict(known))
            self.push(pair.items[1:], _Scope(before, scope.members, scope.space))
            name = pair.items[0]
            if isinstance(name, Symbol):
                last = region.parameters[name.name]  # of those of one name
                binding = Binding(name.name, BindingKind.LOCAL, name.span)
                known[name.name] = last if last.span == name.span else binding
                self.note(name, known[name.name], defines=True)

    def class_form(self, form: ListForm, region: Region) -> None:
        name = form.items[1]
        found = None
        if isinstance(name, Symbol):
            found = self.survey.classes.get(name.name)
            self.definition(name, _Scope(self.survey.file))
        self.push(form.items[2:], _Scope(region, found))

    def interpolation(self, form: ListForm, scope: _Scope) -> None:
        for item in form.items[1:]:
            pieces = self.survey.pieces.get(id(item), ())
            self.push([p for p in pieces if not isinstance(p, str)], scope)
            if not isinstance(item, String):
                self.push([item], scope)

    def templates(self, form: ListForm, head: str, scope: _Scope) -> None:
        """``(filterlist '(< limit) values)``: a call with one argument missing is code."""
        for index in function_positions(head):
            argument = form.items[index + 1] if index + 1 < len(form.items) else None
            if argument is not None and is_template(argument):
                self.push([argument.form], scope)

    def named_arguments(self, form: ListForm, head: str) -> None:
        """``(f (? width 3))`` names a parameter of f, which may be a method."""
        functions = [self.survey.functions.get(head)]
        functions += [f for m, f in self.survey.methods.items() if m.name == head]
        parameters = {
            parameter.binding.name: parameter.binding
            for function in functions
            if function is not None
            for parameter in function.parameters
        }
        for item in form.items[1:]:
            match item:
                case ListForm((Symbol("?"), Symbol(name) as symbol, *_)):
                    if name in parameters:
                        self.note(symbol, parameters[name])

    # --- names ------------------------------------------------------------------------

    def definition(self, name: Form, scope: _Scope) -> None:
        if isinstance(name, Symbol):
            members = (
                self.inherited.get(scope.members.binding.name) if scope.members else ()
            )
            if members and name.name in members:
                self.note(name, self.members[name.name], defines=True)
            else:
                binding = self.find_global(name.name, None)
                if binding is not None:
                    self.note(name, binding, defines=True)

    def mention(self, symbol: Symbol, scope: _Scope) -> None:
        for name in _possible_names(symbol.name):
            binding = self.find(name, scope)
            if binding is not None:
                start, cut = symbol.span.start, len(symbol.name) - len(name)
                span = Span(start, symbol.span.end - cut)
                self.note(Symbol(name, span), binding)
                return

    def mention_function(self, symbol: Symbol, scope: _Scope) -> None:
        """A quoted name counts when it names something to call: else it is an atom."""
        binding = self.find(symbol.name, scope)
        if binding is not None and binding.kind in _CALLABLE:
            self.note(symbol, binding)

    def note(self, symbol: Symbol, binding: Binding, *, defines: bool = False) -> None:
        """Keep an occurrence that stands in the text as it is: macros make others."""
        span = symbol.span
        written = self.analysis.text[span.start : span.end]
        if written not in (symbol.name, symbol.name.rpartition(".")[2]):
            return
        binding = self.member_of.get(binding, binding)
        defines = defines or binding.span == span
        known = self.found.get(span.start)
        if known is None or (defines and not known.defines):
            self.found[span.start] = Occurrence(span, binding, defines)

    def find(self, name: str, scope: _Scope) -> Binding | None:
        for binding in visible_bindings(scope.region):
            if binding.name == name:
                return binding
        around = scope.members
        if around is not None and name in self.inherited[around.binding.name]:
            return self.members[name]
        return self.find_global(name, scope.space) or self.members.get(name)

    def find_global(self, name: str, space: str | None) -> Binding | None:
        survey = self.survey
        if space is not None:
            name_there = qualified(space, name)
            if name_there in survey.functions:
                return survey.functions[name_there].binding
        if name in survey.functions:
            return survey.functions[name].binding
        if name in survey.types:
            return survey.types[name].binding
        variables = (survey.globals, self.analysis.foreign, survey.shared_variables)
        return next((table[name] for table in variables if name in table), None)

    # --- macros -----------------------------------------------------------------------

    def macros(self) -> None:
        """Note the macros, which have left the program when it is analyzed."""
        read = self.analysis.file.read.forms
        bindings = {each.name: each for each in macro_bindings(self.analysis)}
        for name, pattern, template in macro_definitions(read):
            self.note(name, bindings[name.name], defines=True)
            self._macro_names(pattern, template)
        if bindings:
            for head in _heads(read):
                if head.name in bindings:
                    self.note(head, bindings[head.name])

    def _macro_names(self, pattern: ListForm, template: Form) -> None:
        own: dict[str, Binding] = {}
        literal = {q.form.span for q in _quotes(pattern)}
        for symbol in sorted(symbols(pattern), key=lambda each: each.span.start):
            if symbol.name not in ("$", "_", "nil") and symbol.span not in literal:
                binding = Binding(symbol.name, BindingKind.PARAMETER, symbol.span)
                self.note(symbol, own.setdefault(symbol.name, binding))
        for symbol in symbols(template):
            found = own.get(symbol.name) or self.find_global(symbol.name, None)
            if found is not None:
                self.note(symbol, found)


def macro_bindings(analysis: Analysis) -> tuple[Binding, ...]:
    """Return a binding for each macro of the text: the analyzer has none, since macros
    have left the program before."""
    found: dict[str, Binding] = {}
    for name, _, _ in macro_definitions(analysis.file.read.forms):
        binding = Binding(name.name, BindingKind.FUNCTION, name.span)
        found.setdefault(name.name, binding)
    return tuple(found.values())


def macro_definitions(
    forms: Sequence[Form],
) -> Iterator[tuple[Symbol, ListForm, Form]]:
    """Yield name, pattern and template of every macro, in source order."""
    pending = list(reversed(forms))
    while pending:
        form = pending.pop()
        match form:
            case ListForm(
                (Symbol("defmacro"), Symbol() as name, ListForm() as p, body)
            ):
                yield name, p, body
            case _:
                pending.extend(reversed(parts_of(form)))


def _quotes(form: Form) -> Iterator[Quote]:
    pending = [form]
    while pending:
        form = pending.pop()
        if isinstance(form, Quote):
            yield form
        pending.extend(parts_of(form))


def _possible_names(name: str) -> Iterator[str]:
    """Yield what may be bound of a name: all of it, ``np`` of ``np.pi``, ``x`` of the
    pattern ``x*``."""
    yield name
    root, dot, _ = name.partition(".")
    if root and dot:
        yield root
    if len(name) > 1 and name[-1] in _KLEENE_SIGNS:
        yield name[:-1]


def _heads(forms: Sequence[Form]) -> Iterator[Symbol]:
    pending = list(forms)
    while pending:
        form = pending.pop()
        match form:
            case Quote():
                continue
            case ListForm((Symbol() as head, *_)):
                yield head
        pending.extend(parts_of(form))


def _members(analysis: Analysis) -> tuple[dict[str, Binding], dict[Binding, Binding]]:
    """Return one binding for each name of a field or method, and which it stands for."""
    members: dict[str, Binding] = {}
    stands_for: dict[Binding, Binding] = {}
    for one in analysis.hierarchy.classes.values():
        for name, method in one.methods.items():
            own = Binding(name, BindingKind.METHOD, method.span)
            stands_for[method] = members.setdefault(name, own)
        for parameter in one.own:
            name = parameter.binding.name
            field = Binding(name, BindingKind.FIELD, parameter.binding.span)
            stands_for[parameter.binding] = members.setdefault(name, field)
        for name in own_names(one):
            span = one.added.get(name, one.binding.span)
            members.setdefault(name, Binding(name, BindingKind.FIELD, span))
    return members, stands_for
