"""What the first pass finds: regions of code with names of their own.

A *region* is the file, a function, a lambda or a ``let``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from lisptorch_compile.analyzer.parameters import ParameterForm
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind


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
    modules: set[str] = field(default_factory=set)  # of `pyimport`
    imported: set[str] = field(default_factory=set)  # members of modules
    called: set[str] = field(default_factory=set)
    locals: dict[str, Binding] = field(default_factory=dict)
    set_by_lambdas: set[str] = field(default_factory=set)
    added_fields: dict[str, Span] = field(default_factory=dict)  # setqi
    fields: frozenset[str] = frozenset()  # of the class whose method it is
    #: What may be the class of all values that a name is given; None: there are others.
    constructed: dict[str, str | None] = field(default_factory=dict)

    @property
    def is_function(self) -> bool:
        return self.kind is RegionKind.FUNCTION

    @property
    def is_lambda(self) -> bool:
        return self.kind is RegionKind.LAMBDA

    def note_value(self, name: str, head: str | None) -> None:
        """Note that ``name`` is given what a call of ``head`` returns, or something else."""
        if name in self.parameters or self.constructed.get(name, head) != head:
            head = None
        self.constructed[name] = head

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
    """A ``defun`` of the file, or all rules of a pattern function, ``form`` the first."""

    binding: Binding
    parameters: tuple[ParameterForm, ...]
    form: ListForm
    rules: tuple[ListForm, ...] = ()


@dataclass(frozen=True, slots=True)
class DefinedType:
    """A data type, a group of data types or a class, as patterns name it.

    ``fields``: how many there are; None for a group, whose members may differ; ``added``:
    those that the methods of a class may add.
    """

    binding: Binding
    fields: int | None
    added: tuple[Binding, ...] = ()


@dataclass(slots=True, eq=False)
class Class:
    """A ``class@`` of the file or of one that it loads.

    ``own``: the fields it declares; ``added``: those that methods add; ``parent``: the name
    of what it derives from; ``attributes``: see ``hierarchy``, kept by a class that
    derives from no other.
    """

    binding: Binding
    own: tuple[ParameterForm, ...]
    parent: str | None
    methods: dict[str, Binding] = field(default_factory=dict)
    regions: list[Region] = field(default_factory=list)
    added: dict[str, Span] = field(default_factory=dict)
    attributes: dict[str, Binding] = field(default_factory=dict)


@record
class Elsewhere:
    """Whether a file of the program, or what runs, has a function or data type of a name."""

    is_function: Callable[[str], bool]
    is_type: Callable[[str], bool]


#: For a file that is looked at by itself.
NOTHING_ELSEWHERE = Elsewhere(lambda _: False, lambda _: False)


@dataclass(slots=True)
class Survey:
    """What the file defines. ``regions`` are found by the ``id`` of their form."""

    file: Region
    top_level: tuple[int, ...]  # where the forms of the file start, in order
    elsewhere: Elsewhere
    functions: dict[str, Function] = field(default_factory=dict)
    classes: dict[str, Class] = field(default_factory=dict)
    methods: dict[Binding, Function] = field(default_factory=dict)
    replaced: list[tuple[str, ListForm]] = field(default_factory=list)
    types: dict[str, DefinedType] = field(default_factory=dict)
    data_types: set[str] = field(default_factory=set)  # names of types, and of groups
    data_forms: set[int] = field(default_factory=set)  # by id: `data` for `data@`
    globals: dict[str, Binding] = field(default_factory=dict)
    constants: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)  # globals that are called somewhere
    uses_python: bool = False  # by `pyimport` or `with`
    loads: list[ListForm] = field(default_factory=list)
    #: Names whose definition is no LispE, or not supported → the word that defines them.
    excused: dict[str, str] = field(default_factory=dict)
    calls_values: bool = False  # calls what is no name of a function
    spaces: set[str] = field(default_factory=set)  # of `defspace`
    shared_variables: dict[str, Binding] = field(default_factory=dict)  # of `seth`
    set_again: set[str] = field(default_factory=set)  # set in several places
    shared: bool = False  # a macro put one form into several places
    open: bool = False  # code that is known only at run time may use all of it
    regions: dict[int, Region] = field(default_factory=dict)
    pieces: dict[int, tuple[str | Form, ...]] = field(default_factory=dict)  # of `f_`
    evaluated: dict[int, tuple[Form, ...]] = field(default_factory=dict)  # by `eval`

    def global_variable(self, symbol: Symbol) -> None:
        if symbol.name not in self.globals:
            binding = Binding(symbol.name, BindingKind.GLOBAL, symbol.span)
            self.globals[symbol.name] = binding


@dataclass(frozen=True, slots=True)
class Passed:
    """A name given to a function of the program."""

    region: Region
    name: str
    callee: str
    index: int


def called_positions(function: Function, result: Survey) -> frozenset[int]:
    """Return the places of the parameters that a function calls."""
    places: set[int] = set()
    for form in function.rules:
        called = result.regions[id(form)].called
        parameters = form.items[2]
        assert isinstance(parameters, ListForm)
        for place, parameter in enumerate(parameters.items):
            if isinstance(parameter, Symbol) and parameter.name in called:
                places.add(place)
    if not function.rules:
        called = result.regions[id(function.form)].called
        for place, known in enumerate(function.parameters):
            if known.binding.name in called:
                places.add(place)
    return frozenset(places)


def pattern_variable(region: Region, symbol: Symbol) -> Binding:
    """Return what a name in a rule's patterns is bound to: one variable for each name."""
    name = symbol.name
    if name not in region.parameters:
        binding = Binding(name, BindingKind.PARAMETER, symbol.span)
        region.parameters[name] = binding
    return region.parameters[name]
