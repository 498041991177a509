"""The state of an analysis: scopes, diagnostics, and what a form becomes by its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.flow import Flow
from lisptorch_compile.analyzer.form_parts import CONSTANTS, named_atom
from lisptorch_compile.analyzer.hierarchy import Hierarchy
from lisptorch_compile.analyzer.parameters import Signature, signature_of
from lisptorch_compile.analyzer.regions import Class, Function, Region, Survey
from lisptorch_compile.analyzer.suggestions import (
    did_you_mean,
    nearest,
    nearest_members,
    odd_character,
    replacements,
)
from lisptorch_compile.analyzer.survey import survey_more
from lisptorch_compile.catalogue.foreign_words import in_lispe
from lisptorch_compile.catalogue.forms import (
    ADDED_FORMS,
    FREE_FORMS,
    INSTRUCTIONS,
    PREDEFINED,
)
from lisptorch_compile.catalogue.model import Builtin
from lisptorch_compile.diagnostics import (
    Diagnostic,
    Fix,
    Note,
    Source,
    Span,
    diagnose,
)
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    StringKind,
    Symbol,
)
from lisptorch_compile.names import open_name, spell_attribute
from lisptorch_compile.nodes import (
    Attribute,
    Block,
    Body,
    BuiltinCall,
    BuiltinValue,
    Data,
    Literal,
    Node,
    Variable,
)
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.spaces import qualified, space_of

#: Analyzes a list form; the flag tells that it stands in tail position.
Handler = Callable[["Analyzer", ListForm, bool], Node]

_PREDEFINED = frozenset(
    [name for builtin in PREDEFINED for name in (builtin.name, *builtin.aliases)]
)

#: A definition inside another form, and what analyzes it outside.
Lifted = tuple[ListForm, Function, Callable[["Analyzer", ListForm, Function], Node]]

#: A file with more unknown names than this gets no suggestions: they take time.
_MAX_SUGGESTIONS = 200

#: How alike a name must be to one that may well be defined later.
_SURELY = 0.85


@dataclass(frozen=True, slots=True)
class Handlers:
    """What analyzes the forms that are no names and no atoms."""

    forms: Mapping[str, Handler]  # special forms, by name
    call: Handler  # every other list
    quote: Callable[[Analyzer, Quote], Node]
    dictionary: Callable[[Analyzer, DictForm], Node]
    set: Callable[[Analyzer, SetForm], Node]
    #: A call of a class or an instance; None: the value is called as a function.
    instance: Callable[[Analyzer, ListForm, Node, bool], Node | None]


@record
class Surroundings:
    """The running program that a text is evaluated in.

    ``variables``: the Python names of its variables and functions; ``functions``: those
    that hold something to call; ``taken``: all names in use. ``frame``: the Python names
    of the variables of the function that evaluates the text, None outside functions.
    ``names``: all that code outside functions may mean, as LispE spells it; None where
    anything may be defined before the code runs.
    """

    variables: frozenset[str]
    functions: frozenset[str]
    taken: frozenset[str]
    frame: frozenset[str] | None
    names: frozenset[str] | None = None


@dataclass(slots=True)
class Scope:
    """Names of a function, lambda or ``let``; ``region`` is None for what we make."""

    region: Region | None
    names: dict[str, Binding]
    parent: Scope | None


@dataclass(slots=True)
class Inside:
    """Code that is evaluated inside an instance: the fields that it means are noted.

    ``classes``: what the instance may be one of; ``open``: any name that nothing else has
    is taken for an attribute, since a class of Python may have it; ``new``: the instance
    is being made, so that the fields of the one whose method runs come first.
    """

    instance: Node
    classes: list[Class]
    open: bool = False
    new: bool = False
    used: bool = False


@dataclass(slots=True)
class Routine:
    """The function, lambda or file whose code is being analyzed.

    ``recursion`` is what ``self`` means; ``guarded`` counts the loops, ``maybe`` and
    ``catch`` around, in which no call is a tail call.
    """

    flow: Flow
    recursion: Binding | None = None
    signature: Signature | None = None
    recurses: bool = False
    loops: int = 0
    guarded: int = 0


@dataclass(slots=True)
class Analyzer:
    """Turns forms into nodes, and notes what is wrong with them."""

    source: Source
    survey: Survey
    handlers: Handlers
    within: Surroundings | None = None
    external_functions: dict[str, tuple[Binding, Signature]] = field(
        default_factory=dict
    )
    diagnostics: list[Diagnostic] = field(default_factory=list)
    reported: set[tuple[str, str]] = field(default_factory=set)
    scope: Scope | None = None
    routine: Routine = field(default_factory=lambda: Routine(Flow({})))
    #: The module of each loaded file, then those that it loads, by path.
    loaded_modules: dict[str, tuple[str, ...]] = field(default_factory=dict)
    foreign: dict[Binding, str] = field(default_factory=dict)  # modules of other files
    lifted: list[Lifted] = field(default_factory=list)
    depth: int = 0  # of the list being analyzed
    hierarchy: Hierarchy = field(default_factory=Hierarchy)
    #: The class whose method is analyzed, and what names mean in it.
    current_class: Class | None = None
    members: dict[str, Binding] = field(default_factory=dict)
    instance: Inside | None = None
    space: str | None = None  # the name space whose functions come first

    # --- forms ----------------------------------------------------------------------------

    def lower(self, form: Form, tail: bool = False) -> Node:
        """Return the node of ``form``."""
        if isinstance(form, ListForm):
            self.depth += 1
            node = self._list(form, tail)
            self.depth -= 1
            return node
        if isinstance(form, Symbol):
            return self._symbol(form)
        if isinstance(form, Number):
            return Literal(form.value, form.span)
        if isinstance(form, String):
            return string_literal(form)
        if isinstance(form, Quote):
            return self.handlers.quote(self, form)
        if isinstance(form, DictForm):
            return self.handlers.dictionary(self, form)
        return self.handlers.set(self, form)

    def body(self, forms: Sequence[Form], tail: bool = False) -> Body:
        """Return the nodes of forms that are evaluated in order."""
        if not forms:
            return ()
        nodes = [self.lower(form) for form in forms[:-1]]
        nodes.append(self.lower(forms[-1], tail))
        return tuple(nodes)

    def block(self, forms: Sequence[Form], span: Span, tail: bool = False) -> Node:
        """Return one node for a body."""
        nodes = self.body(forms, tail)
        return nodes[0] if len(nodes) == 1 else Block(nodes, span)

    def _list(self, form: ListForm, tail: bool) -> Node:
        if id(form) in self.survey.data_forms:
            return self.handlers.forms["data@"](self, _as_data(form), tail)
        if form.items:
            head = form.items[0]
            if isinstance(head, Symbol):
                builtin = catalogue.lookup(head.name)
                if builtin is not None and builtin.form and not self.is_ours(head):
                    return self.handlers.forms[builtin.name](self, form, tail)
        return self.handlers.call(self, form, tail)

    def is_ours(self, head: Symbol) -> bool:
        """Tell whether a name at the head of a form is the program's, not the form's."""
        if head.name in ADDED_FORMS or head.name == "label":
            return self.find_function(head.name) is not None
        return head.name in FREE_FORMS and self.find(head.name) is not None

    def constant_atom(self, form: Form) -> Form:
        """Return ``(atom "red")`` as ``'red``, any other form as it is."""
        quoted = named_atom(form)
        return form if quoted is None or self.find("atom") is not None else quoted

    def _symbol(self, symbol: Symbol) -> Node:
        name, span = symbol.name, symbol.span
        if name in CONSTANTS:
            return Literal(True if name == "true" else None, span)
        attribute = self.attribute_inside(symbol)
        if attribute is not None:
            return attribute
        variable = self.variable(symbol)
        if variable is not None:
            return Data(symbol, span) if self.is_data_type(variable) else variable
        builtin = catalogue.lookup(name)
        if builtin is None:
            return self.attribute(symbol) or self.unknown_name(symbol)
        if name in _PREDEFINED:
            return BuiltinCall(builtin, (), span)
        if builtin.unsupported is not None:
            return self.unsupported(builtin, symbol)
        if builtin.form:
            self.report("LT0214", span, name=name)
            return unknown_instruction(symbol)
        return BuiltinValue(builtin, span)

    # --- names ------------------------------------------------------------------------------

    def variable(self, symbol: Symbol) -> Variable | None:
        """Return what the name is bound to: a local, a global or a function."""
        binding = self.find(symbol.name)
        if binding is None:
            return None
        return Variable(self.routine.flow.read(binding), symbol.span)

    def find(self, name: str) -> Binding | None:
        """Return the innermost binding of ``name`` in this file or a loaded one."""
        return self.find_local(name) or self.find_outside(name)

    def find_outside(self, name: str) -> Binding | None:
        """Return what a name means that the function itself does not bind."""
        return self.members.get(name) or self.find_global(name)

    def is_data_type(self, variable: Variable) -> bool:
        """Tell whether a name means a data type: as a value, it is an atom."""
        name = variable.binding.name
        if name not in self.survey.data_types:
            return False
        return self.survey.types[name].binding is variable.binding

    def find_local(self, name: str) -> Binding | None:
        scope = self.scope
        while scope is not None:
            binding = scope.names.get(name)
            if binding is not None:
                return binding
            scope = scope.parent
        return None

    def find_global(self, name: str) -> Binding | None:
        """Return the function of this name, of the name space before the file's own, or
        the variable."""
        found = self._function_or_type(name)
        if self.space is not None:
            found = self._function_or_type(qualified(self.space, name)) or found
        if found is not None:
            return found
        of_file = self.survey.globals.get(name) or self._surrounding(name)
        return of_file or self.survey.shared_variables.get(name)

    def find_function(self, name: str) -> Binding | None:
        """Return the function of a name, in this file or another one."""
        function = self.survey.functions.get(name)
        if function is not None:
            return function.binding
        external = self.external_functions.get(name)
        return external[0] if external is not None else None

    def _function_or_type(self, name: str) -> Binding | None:
        found = self.survey.types.get(name)
        of_type = found.binding if found is not None else None
        return self.find_function(name) or of_type

    def _surrounding(self, name: str) -> Binding | None:
        """Return a variable of the running program that the text is evaluated in."""
        if self.within is None or open_name(name) not in self.within.variables:
            return None
        if open_name(name) in self.within.functions:
            self.survey.file.function_valued.add(name)
        self.survey.global_variable(Symbol(name, self.survey.file.span))
        return self.survey.globals[name]

    def attribute_inside(self, symbol: Symbol) -> Node | None:
        """Return the field that a name means in code evaluated inside an instance.

        The variables of the function come first; at the top level those of the file do.
        """
        inside = self.instance
        if inside is None or self.find_local(symbol.name) is not None:
            return None
        if inside.new and symbol.name in self.members:
            return None
        if self.scope is None and self.find_global(symbol.name) is not None:
            return None
        classes = inside.classes
        known = [self.hierarchy.has_field(one, symbol.name) for one in classes]
        if not known or not all(known):
            return None
        inside.used = True
        spellings = {self.hierarchy.spelling(one, symbol.name) for one in classes}
        if len(spellings) > 1:
            at = catalogue.lookup("@")
            assert at is not None
            place = Data(symbol, symbol.span)
            return BuiltinCall(at, (inside.instance, place), symbol.span)
        return Attribute(inside.instance, spellings.pop(), symbol.span)

    def is_called(self, name: str) -> bool:
        """Tell whether the variable ``name``, as seen from here, is called somewhere."""
        scope = self.scope
        while scope is not None:
            if name in scope.names:
                region = scope.region
                owner = region.owner_of(name) if region is not None else None
                return owner is not None and name in owner.called
            scope = scope.parent
        if name in self.members:
            return any([name in region.called for region in self._method_regions()])
        return name in self.survey.called

    def _method_regions(self) -> list[Region]:
        classes = self.hierarchy.classes.values()
        return [region for each in classes for region in each.regions]

    def constructed(self, binding: Binding) -> str | None:
        """Return the name of what may be the class of a variable's value, by the place
        where it is set."""
        scope = self.scope
        while scope is not None:
            if binding.name in scope.names:
                region = scope.region
                return region.constructed.get(binding.name) if region else None
            scope = scope.parent
        return self.survey.file.constructed.get(binding.name)

    def is_directly_in_method(self) -> bool:
        """Tell whether no lambda stands between the code and the method around it."""
        scope = self.scope
        while scope is not None and scope.region is not None:
            if scope.region.is_function:
                return True
            if scope.region.is_lambda:
                return False
            scope = scope.parent
        return False

    def holds_function(self, binding: Binding) -> bool:
        """Tell whether a variable is given a function somewhere: a lambda, a quoted name,
        or what is imported from Python."""
        region = self._region_of(binding)
        if region is None:
            return False
        return binding.name in region.function_valued | region.imported

    def holds_module(self, binding: Binding) -> bool:
        """Tell whether a variable is bound to a Python module by ``pyimport``."""
        region = self._region_of(binding)
        return region is not None and binding.name in region.modules

    def holds_import(self, binding: Binding) -> bool:
        """Tell whether a variable is bound to a member of a Python module."""
        region = self._region_of(binding)
        return region is not None and binding.name in region.imported

    def _region_of(self, binding: Binding) -> Region | None:
        """Return the region that sets a variable seen from here."""
        scope = self.scope
        while scope is not None:
            if binding.name in scope.names:
                return scope.region
            scope = scope.parent
        return self.survey.file

    def attribute(self, symbol: Symbol) -> Attribute | None:
        """Return what ``np.linalg.norm`` means when ``np`` is bound."""
        root, *names = symbol.name.split(".")
        if not root or not names or not all(names):
            return None
        start = symbol.span.start
        end = start + len(root)
        node: Node | None = self.variable(Symbol(root, Span(start, end)))
        if node is None:
            return None
        for name in names:
            end += len(name) + 1
            node = Attribute(node, name, Span(start, end))
        assert isinstance(node, Attribute)
        return node

    def region(self, form: ListForm) -> Region:
        """Return the region of a lambda or the like; one in quoted code is new."""
        if id(form) not in self.survey.regions:
            survey_more((form,), self.survey, self.source)
        return self.survey.regions[id(form)]

    def function_signature(self, binding: Binding) -> Signature | None:
        """Return how a function of the program is called, None for other bindings, for
        one that is replaced, ``(setq f (decorator f))``, and where rules may be added.
        """
        if binding.name in self.survey.globals and binding.kind is BindingKind.FUNCTION:
            return None
        function = self.survey.functions.get(binding.name)
        if function is not None and function.binding is binding:
            may_grow = self.is_open and function.rules
            return None if may_grow else signature_of(function.parameters)
        if binding in self.survey.methods:
            return signature_of(self.survey.methods[binding].parameters)
        names = [binding.name]
        if self.space is not None:
            names.append(qualified(self.space, binding.name))
        for name in names:
            external = self.external_functions.get(name)
            if external is not None and external[0] is binding:
                return external[1]
        return None

    def target(self, symbol: Symbol) -> Binding | None:
        """Return the variable that ``setq`` and its kin set, None for a wrong one."""
        local = self.find_local(symbol.name)
        if local is None:
            local = self.members.get(symbol.name)
        if local is None:
            return self.global_target(symbol)
        return local if self._may_set(symbol) else None

    def global_target(self, symbol: Symbol) -> Binding | None:
        """Return the file's variable of this name, for setting it."""
        if not self._may_set(symbol):
            return None
        if symbol.name not in self.survey.shared_variables:
            self.survey.global_variable(symbol)
        return self.find_global(symbol.name)

    def _may_set(self, symbol: Symbol) -> bool:
        if symbol.name in self.survey.constants:
            self.report("LT0303", symbol.span, name=symbol.name)
            return False
        return self.may_bind(symbol)

    def may_define(self, symbol: Symbol, lispe: str | None = None) -> bool:
        """Report a name that nothing can be bound to; ``lispe``: what LispE says."""
        builtin = catalogue.lookup(symbol.name)
        if symbol.name in CONSTANTS:
            self.report("LT0303", symbol.span, name=symbol.name)
            return False
        special = builtin is not None and builtin.form
        special = special and symbol.name not in FREE_FORMS
        if special or symbol.name in _PREDEFINED:
            self.report("LT0204", symbol.span, name=symbol.name, lispe=lispe)
            return False
        return True

    def may_bind(self, symbol: Symbol, lispe: str | None = None) -> bool:
        """Report a name that cannot be a variable, or that reads doubtfully."""
        if not self.may_define(symbol, lispe):
            return False
        if symbol.name in INSTRUCTIONS:
            self.report_once("LT0601", symbol.name, symbol.span, name=symbol.name)
        return True

    # --- diagnostics ---------------------------------------------------------------------------

    def report(
        self,
        code: str,
        span: Span,
        *,
        notes: Iterable[Note] = (),
        fixes: Iterable[Fix] = (),
        **fields: object,
    ) -> None:
        found = diagnose(code, span, notes=notes, fixes=fixes, **fields)
        self.diagnostics.append(found)

    def report_once(
        self,
        code: str,
        key: str,
        span: Span,
        *,
        fixes: Iterable[Fix] = (),
        **fields: object,
    ) -> None:
        """Report what is worth one message for each ``key``."""
        if (code, key) not in self.reported:
            self.reported.add((code, key))
            self.report(code, span, notes=(), fixes=fixes, **fields)

    @property
    def is_open(self) -> bool:
        """Whether code that is evaluated later may define more names."""
        return self.survey.open or self.within is not None

    @property
    def may_come_later(self) -> bool:
        """Whether a name that is unknown here may be defined before the code runs."""
        if self.within is None or self.within.names is None:
            return self.is_open
        if self.survey.open or self.survey.loads:
            return True
        return (
            self.routine.recursion is not None
        )  # in a function, whenever it is called

    def late_name(self, symbol: Symbol) -> Variable:
        """Return the variable that code evaluated later may define."""
        if self.within is None:
            self._report_late(symbol)
        binding = Binding(symbol.name, BindingKind.LATE, symbol.span)
        return Variable(binding, symbol.span)

    def unknown_name(self, symbol: Symbol) -> Node:
        if self.instance is not None and self.instance.open:
            self.instance.used = True
            name = spell_attribute(symbol.name)
            return Attribute(self.instance.instance, name, symbol.span)
        if self.may_come_later and not symbol.name[0].isdigit():
            return self.late_name(symbol)
        hint = self._owned_elsewhere(symbol.name) or self.in_some_space(symbol.name)
        if symbol.name[0].isdigit():
            hint = "numbers are written as 12, -3.5, 1e-5 or 0xff"
        otherwise = to_import(symbol) or f"set it first: (setq {symbol.name} …)"
        self.report_unknown("LT0301", symbol, hint, otherwise=otherwise)
        return failure(f"Error: unknown label: '{symbol.name}'", symbol.span)

    def report_unknown(
        self,
        code: str,
        symbol: Symbol,
        hint: str | None = None,
        *,
        otherwise: str,
        known: Iterable[str] | None = None,
    ) -> None:
        """Report an unknown name, with the nearest known ones in a file with few of it.

        Args:
            hint: what to try, if there is something better than another name.
            otherwise: what to try where no name is near.
            known: the names it may have been, by default all of the program.
        """
        name = symbol.name
        if self._is_excused(name) or (code, name) in self.reported:
            return
        hint = hint or in_lispe(name)
        names: list[str] = []
        if hint is None and len(self.reported) <= _MAX_SUGGESTIONS:
            names = nearest(name, self.known_names() if known is None else known)
            names = names or nearest_members(name, self._bound_names())
        self.report_once(
            code,
            name,
            symbol.span,
            fixes=replacements(symbol, names, self.source.text),
            name=name,
            hint=escaped(hint or _meant(name, names) or otherwise),
        )

    def _report_late(self, symbol: Symbol) -> None:
        """Warn of a name that code evaluated later may define, or that is misspelt."""
        name, names = symbol.name, list[str]()
        if len(self.reported) <= _MAX_SUGGESTIONS:
            names = nearest(name, self.known_names(), cutoff=_SURELY)
        hint = _meant(name, names)
        self.report_once(
            "LT0606",
            name,
            symbol.span,
            name=name,
            hint=None if hint is None else escaped(hint),
        )

    def _is_excused(self, name: str) -> bool:
        """Tell whether a name seems to be defined, by what is itself reported."""
        definition = self.survey.excused.get(name)
        return definition is not None and self.find(definition) is None

    def in_some_space(self, name: str) -> str | None:
        """Return the hint for a function that is in a name space, but not in this one."""
        for space in sorted(self.survey.spaces):
            if self.find_function(qualified(space, name)) is not None:
                return f"it is in a name space: (space {space} ({name} …))"
        return None

    def _owned_elsewhere(self, name: str) -> str | None:
        """Say that another function has the name, which is not visible here."""
        for function in self.survey.functions.values():
            region = self.survey.regions[id(function.form)]
            if name in region.locals or name in region.parameters:
                return (
                    f"`{name}` belongs to the function `{function.binding.name}`; "
                    f"(setg {name} …) sets a variable of the file"
                )
        return None

    def known_names(self) -> list[str]:
        """Return every name that could have been meant."""
        names = [*self._bound_names(), *catalogue.names()]
        return [name for name in names if " " not in name]

    def _bound_names(self) -> list[str]:
        """Return the names that the program itself gives a meaning."""
        names = [*self.survey.functions, *self.survey.globals, *self.survey.types]
        names.extend([*self.external_functions, *self.members])
        if self.within is not None:
            names.extend(self.within.names or ())
        scope = self.scope
        while scope is not None:
            names.extend(scope.names)
            scope = scope.parent
        return names

    def unsupported(self, builtin: Builtin, place: Symbol) -> Node:
        self.report_once(
            "LT0501",
            place.name,
            place.span,
            name=place.name,
            reason=builtin.unsupported,
        )
        text = f"Error: '{place.name}' cannot be compiled: {builtin.unsupported}"
        return failure(text, place.span)

    def text(self, form: Form) -> str:
        """Return the source of a form on one line, shortened."""
        source = self.source.text[
            form.span.start : min(form.span.end, form.span.start + 400)
        ]
        text = " ".join(source.split())
        return text if len(text) <= 40 else f"{text[:37]}…"

    # --- scopes ------------------------------------------------------------------------------------

    @contextmanager
    def inside(self, scope: Scope) -> Iterator[None]:
        """Analyze with the names of ``scope`` visible."""
        outer, self.scope = self.scope, scope
        try:
            yield
        finally:
            self.scope = outer

    @contextmanager
    def running(self, routine: Routine) -> Iterator[Routine]:
        """Analyze the code of another function, whose name space comes first in it."""
        outer, self.routine = self.routine, routine
        space = self.space
        function = routine.recursion
        if function is not None and function.kind is BindingKind.FUNCTION:
            self.space = space_of(function.name)
        try:
            yield routine
        finally:
            self.routine = outer
            self.space = space

    @contextmanager
    def in_space(self, name: str | None) -> Iterator[None]:
        """Analyze with the functions of a name space first, None for the file's own."""
        outer, self.space = self.space, name
        try:
            yield
        finally:
            self.space = outer

    @contextmanager
    def guard(self, *, loop: bool) -> Iterator[None]:
        """Analyze code in which no call is a tail call."""
        routine = self.routine
        routine.guarded += 1
        routine.loops += loop
        try:
            yield
        finally:
            routine.guarded -= 1
            routine.loops -= loop

    def entering(
        self, forms: Iterable[Form], span: Span, *, in_lambda: bool = False
    ) -> list[Node]:
        """Prepare the flow for forms that run any number of times.

        Returns the copies to make before them; for those of a lambda there are none.
        """
        flow = self.routine.flow
        if not flow.shadows:
            return []
        assigned = flow.assignments.within(forms)
        found = [self.find_local(name) for name in sorted(assigned)]
        names = [binding for binding in found if binding is not None]
        if in_lambda:
            names = [binding for binding in names if binding in flow.set_by_lambdas]
        return flow.enter(names, span)


def _meant(name: str, names: Iterable[str]) -> str | None:
    """Return the hint for a name that is near some others, or looks like another."""
    hints = (did_you_mean(names), odd_character(name))
    return " ".join([hint for hint in hints if hint is not None]) or None


def to_import(symbol: Symbol) -> str | None:
    """Return the hint for ``np.pi`` when there is no ``np``."""
    root, dot, member = symbol.name.partition(".")
    if not (dot and root.isidentifier() and member.replace(".", "").isidentifier()):
        return None
    return f"import the module first: (pyimport {root})"


def _as_data(form: ListForm) -> ListForm:
    """Return ``(data …)`` as ``(data@ …)``."""
    name = Symbol("data@", form.items[0].span)
    return ListForm((name, *form.items[1:]), form.span)


def nothing(span: Span) -> Literal:
    """Return the node that stands where an error was."""
    return Literal(None, span)


def failure(message: str, span: Span) -> Node:
    """Return the node that fails when it is reached, for who runs a faulty program."""
    throw = catalogue.lookup("throw")
    assert throw is not None
    return BuiltinCall(throw, (Literal(message, span),), span)


def unknown_instruction(symbol: Symbol) -> Node:
    """Return the node of a call of what is no function."""
    return failure(f"Error: unknown instruction: '{symbol.name}'", symbol.span)


def string_literal(form: String) -> Literal:
    value: str | bytes = form.value
    if form.kind is StringKind.BYTES:
        value = form.value.encode()
    return Literal(value, form.span)


def escaped(text: str) -> str:
    """Return a text that ``str.format`` leaves alone."""
    return text.replace("{", "{{").replace("}", "}}")


def with_copies(copies: Sequence[Node], node: Node) -> Node:
    """Return ``node`` after the assignments that the flow asks for."""
    return Block((*copies, node), node.span) if copies else node
