"""The result of the analysis: the facts of variables, results and expressions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lisptorch_compile.catalogue.model import (
    ANY,
    BOTTOM,
    LAYERS,
    LISTS,
    NUMBER,
    TENSOR,
    UNKNOWN,
    Arithmetic,
    Fact,
)
from lisptorch_compile.class_table import ClassTable
from lisptorch_compile.fact_rules import yields
from lisptorch_compile.nodes import (
    Body,
    BuiltinCall,
    FunctionDef,
    Node,
    Parameter,
    PatternFunction,
    Variable,
)
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import argument_value

#: A name with a number beside it is taken for one of these when nothing is known of it.
NUMERIC = NUMBER | LISTS | TENSOR


@dataclass(slots=True)
class Facts:
    """The result of the analysis; read only for those who get it."""

    numbers: Arithmetic = Arithmetic.PYTHON
    variables: dict[Binding, Fact] = field(default_factory=dict)
    results: dict[Binding, Fact] = field(default_factory=dict)
    #: What is known of the arguments of pattern functions when they are taken apart.
    arguments: dict[Binding, Fact] = field(default_factory=dict)
    nodes: dict[int, Fact] = field(default_factory=dict)
    functions: dict[Binding, FunctionDef | PatternFunction] = field(
        default_factory=dict
    )
    classes: ClassTable = field(default_factory=ClassTable)
    called_outside: set[Binding] = field(default_factory=set)  # methods, by Python
    escaping: set[Binding] = field(default_factory=set)  # functions used as values
    replaced: set[Binding] = field(default_factory=set)  # functions set to others
    imported: set[Binding] = field(default_factory=set)  # from Python's modules
    numeric: set[Binding] = field(default_factory=set)  # used as a number somewhere
    universe: int = ANY
    body: Body = ()  # of all files of the program
    #: Variables and functions of which other files than their own speak.
    shared: set[Binding] = field(default_factory=set)
    assigned: list[Node] = field(default_factory=list)  # values of assignments
    made: list[Node] = field(
        default_factory=list
    )  # kept alive: `nodes` knows their ids
    #: The containers on the path of an access or change: ``(@ grid y x)``, grid and a row.
    paths: dict[int, list[Fact]] = field(default_factory=dict)
    #: Data types with whose names the program makes lists: ``(list 'Point 1 2)``.
    listed_records: set[Binding] = field(default_factory=set)
    named_groups: set[str] = field(default_factory=set)  # of data types, as atoms
    #: Accesses of elements that all containers which they may meet have.
    sure: set[int] = field(default_factory=set)
    makes_atoms: bool = False  # of texts, while the program runs
    calls_values: bool = False  # which may be such an atom
    number_keys: bool = False  # a dictionary whose keys are reals is made somewhere

    @property
    def calls_by_name(self) -> bool:
        """Whether an atom that was made of a text may call a function of its name."""
        return self.makes_atoms and self.calls_values

    def of(self, node: Node) -> Fact:
        """Return what is known of the value of ``node``."""
        fact = self.nodes.get(id(node), UNKNOWN)
        if isinstance(node, Variable):
            return self._with_evidence(fact, node.binding)
        return self._possible(fact)

    def is_unknown(self, fact: Fact) -> bool:
        """Tell whether a value may be of any kind that the program knows."""
        return fact.kinds == ANY & self.universe

    def is_sure(self, node: Node) -> bool:
        """Tell whether the element that ``node`` asks for is surely there."""
        return id(node) in self.sure

    def of_path(self, node: Node) -> list[Fact]:
        """Return what is known of the containers that the keys of ``node`` lead through."""
        return [self._possible(fact) for fact in self.paths.get(id(node), ())]

    def of_variable(self, binding: Binding) -> Fact:
        """Return what is known of a variable's value wherever it is read."""
        return self._with_evidence(self.variables.get(binding, BOTTOM), binding)

    def of_argument(self, binding: Binding) -> Fact:
        """Return what is known of an argument of a pattern function."""
        known = self.arguments.get(binding)
        return self.of_variable(binding) if known is None else self._possible(known)

    def _with_evidence(self, fact: Fact, binding: Binding) -> Fact:
        if fact.kinds == ANY and binding in self.numeric:
            fact = Fact(NUMERIC, fact.elements)
        return self._possible(fact)

    def _possible(self, fact: Fact) -> Fact:
        elements = fact.elements & (self.universe | LAYERS)
        return Fact(fact.kinds & self.universe, elements)

    def parameters_of(self, callee: Binding) -> Sequence[Parameter]:
        """Return the parameters of a function or class of the program."""
        if callee in self.classes.classes:
            fields = self.classes.classes[callee].fields
            return [field.parameter for field in fields]
        function = self.functions.get(callee)
        return () if function is None else function.parameters

    def note_sure(self, node: Node, sure: bool) -> None:
        """Note whether the element that ``node`` asks for is surely there."""
        if sure:
            self.sure.add(id(node))
        else:
            self.sure.discard(id(node))

    def learn(self, node: Node, fact: Fact) -> None:
        """Note the fact of a node that code generation made."""
        self.nodes[id(node)] = fact
        self.made.append(node)

    def learn_call(self, node: BuiltinCall) -> None:
        """Note the fact of a made call of a builtin on nodes of known facts."""
        arguments = [self.of(argument_value(argument)) for argument in node.arguments]
        self.learn(node, yields(node.builtin, arguments, self.numbers))
