"""What all lowering shares: destinations, names for temporaries, order of evaluation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.imports import IMPORTS, LISPE_IMPORTS
from lisptorch_compile.catalogue.model import Arithmetic, Fact
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.facts import Facts
from lisptorch_compile.lower_bounds import LowerBounds
from lisptorch_compile.lowering.build import Code, is_atom
from lisptorch_compile.lowering.early_calls import HasValue
from lisptorch_compile.lowering.effects import Effects
from lisptorch_compile.lowering.taking import append_step
from lisptorch_compile.lowering.usage import Results
from lisptorch_compile.names import open_name, spell, spell_field
from lisptorch_compile.nodes import Body, Lambda, Node, Variable
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import record, replaced
from lisptorch_compile.scope import Binding, BindingKind

# --- destinations ------------------------------------------------------------------------


@record
class Effect:
    """The value is not used."""


@record
class Return:
    """The value is returned. Unless ``needed``, nobody uses what a statement (an
    assignment, a loop, printing) would yield. ``explicit``: the end of the function is not
    the end of the path, so that even nothing needs its ``return``."""

    needed: bool
    explicit: bool = False


@record
class AssignTo:
    """The value goes to a variable; ``span``: of the assignment, where there is one."""

    binding: Binding
    span: Span | None = None


Destination = Effect | Return | AssignTo

EFFECT = Effect()


#: Kinds of variables that live in an object of which no function of Python's owns them.
_ATTRIBUTES = (BindingKind.SHARED, BindingKind.FIELD)

#: The Python name of the value of a program's last form: none that LispE can write.
KEPT_VALUE = "__value__"

#: CPython takes 20 nested blocks and 99 indents; deeper bodies become functions.
MAX_BLOCKS = 14


@dataclass(slots=True)
class Frame:
    """The Python function (or module) that statements are made for."""

    owner: Binding | None  # the function, to find its own tail calls
    own: set[Binding]  # what is local here: parameters and variables
    parameters: tuple[Binding, ...] = ()
    temporaries: list[Binding] = field(default_factory=list)
    outer: dict[Binding, None] = field(default_factory=dict)  # assigned, owned outside
    assigned: set[Binding] = field(default_factory=set)  # assigned, owned here
    lent: dict[Binding, None] = field(
        default_factory=dict
    )  # owned here, set by inner ones
    is_module: bool = False
    loops: int = 0  # loops around the current statement
    tries: int = 0  # handlers of errors around it
    tail_loop: bool = False  # self tail calls become rounds of `while True`
    this: Binding | None = None  # the object of a round, where each has another
    #: For a deep block in a function of its own: the function that it was cut from, which
    #: keeps its variables, and to whose beginning the cut functions go.
    base: Frame | None = None
    error: Binding | None = None  # what a handler catches
    steps: int = 0  # nodes of bodies being lowered, one in the other
    taken: list[Binding] = field(default_factory=list)  # temporaries of the outermost
    free: dict[str, list[Binding]] = field(
        default_factory=dict
    )  # of earlier ones, by role
    cut: list[Stmt] = field(default_factory=list)


class TooDeepError(Exception):
    """Blocks nest too deeply around a ``break`` or ``return`` to become functions."""

    def __init__(self, span: Span) -> None:
        super().__init__("nested too deeply")
        self.span = span


class Lowerer(ABC):
    """State and services of one code generation; ``codegen.Generator`` completes it."""

    def __init__(self, facts: Facts, effects: Effects) -> None:
        self.facts = facts
        self.effects = effects
        self.frames: list[Frame] = []
        self.imports: set[str] = set()
        #: Where names are imported from: which functions calculate.
        self.import_sources = (
            IMPORTS if facts.numbers is Arithmetic.PYTHON else LISPE_IMPORTS
        )
        #: Where each loop around the current statement leaves its value.
        self.loop_targets: list[Binding | None] = []
        self.option_tables: set[Binding] = (
            set()
        )  # lists of pairs written as dictionaries
        self.tensor_shapes: set[Binding] = set()  # lists that only measure tensors
        self.plain_lists: set[Binding] = set()  # lists that only Python sees
        #: Imports of the author that serve the targets of the catalogue, too.
        self.shared_imports: dict[str, Binding] = {}
        self.builtins: set[Binding] = set()  # Python's, by their own names
        self.copying: set[Binding] = set()  # modules that keep no list they are given
        self.globals: dict[str, Binding] = {}  # of the program, by name
        #: Data types whose classes stand above the current statement.
        self.defined: set[Binding] = set()
        #: What patterns call the fields of data types, by type and place.
        self.field_names: dict[Binding, dict[int, str]] = {}
        self.modules: dict[str, Binding] = {}  # of loaded files, by dotted name
        self.foreign: Mapping[Binding, str] = {}  # modules of what other files define
        self.foreign_names: Mapping[Binding, str] = {}  # its Python names there
        self.late: Binding | None = None  # holds the names that are defined later
        #: Variables of the file of which each thread has copies, and what holds these.
        self.thread_variables: frozenset[Binding] = frozenset()
        self.copies: Binding | None = None
        self.holder: Binding | None = None  # what they will be, if others know it
        self.copies_are_made = False
        self.results = Results(frozenset(), frozenset())  # of functions: which matter
        self.atoms_are_called = False  # as functions, somewhere in the program
        self.looping: set[Binding] = set()  # functions that call themselves last
        self.mutual: set[Binding] = set()  # functions that call each other last
        #: Whether what a function copies from the file has a value, by the copy's identity.
        self.has_value: dict[int, HasValue] = {}
        #: Variables of fused comprehensions that go by the name of another.
        self.renamed: dict[Binding, Binding] = {}
        #: Dictionaries being walked, each with the variables of its keys and its values.
        self.walked: list[tuple[Binding, Binding, Binding | None]] = []
        #: Rests of lists, bound by patterns, that stay plain lists; variables of patterns
        #: that nothing reads.
        self.plain_rests: set[Binding] = set()
        self.unread: set[Binding] = set()
        #: Atoms that patterns compare with often, each with its constant.
        self.atoms: dict[str, Binding] = {}
        #: The constant that holds the file's folder, where several places ask for it.
        self.folder: Binding | None = None
        self.blocks = 0  # blocks around the current statement
        self.links = 0  # `elif`s before it
        #: Lambdas that did not become expressions, by identity: tried once, not at each
        #: level of a nest again.
        self.refused: dict[int, Node] = {}
        #: What functions are for that builtins are given, by the identity of the lambda.
        self.purposes: dict[int, tuple[Lambda, str]] = {}
        self.depth = 0  # expressions around the current one, since the last statement

    # --- completed by the generator --------------------------------------------------------

    @abstractmethod
    def lower(self, node: Node, destination: Destination) -> list[Stmt]:
        """Return statements that leave the value of ``node`` in ``destination``."""

    @abstractmethod
    def value(self, node: Node, *, plain: bool = False) -> Code:
        """Return code for the value; ``plain``: a plain Python list will do for a list."""

    @abstractmethod
    def condition(self, node: Node) -> Code:
        """Return code whose truth is that of the value."""

    @abstractmethod
    def arm(
        self, nodes: Body, destination: Destination, *, chain: bool = False
    ) -> list[Stmt]:
        """Return the statements of a block inside another; ``chain``: of an ``elif``."""

    @abstractmethod
    def apart(self, nodes: Body, destination: Destination) -> list[Stmt]:
        """Return the statements of a block that stands in a function of its own."""

    @abstractmethod
    def place(self, value: Expr, node: Node, destination: Destination) -> list[Stmt]:
        """Return the statement that brings a computed value to its destination."""

    @abstractmethod
    def truth(self, value: Expr, node: Node) -> Expr:
        """Return a test of a value that ``node`` gave."""

    @abstractmethod
    def bare_truth(self, node: Node) -> bool:
        """Tell whether Python's own test of the value of ``node`` is LispE's."""

    @abstractmethod
    def list_display(self, values: list[Expr], span: Span, *, plain: bool) -> Expr:
        """Return a list of values, a List unless a plain one will do."""

    @abstractmethod
    def expressible(self, node: Node) -> bool:
        """Tell whether the value needs no statements."""

    # --- names ---------------------------------------------------------------------------------

    @cached_property
    def lower_bounds(self) -> LowerBounds:
        return LowerBounds(self.facts)

    @property
    def frame(self) -> Frame:
        return self.frames[-1]

    def fact(self, node: Node) -> Fact:
        return self.facts.of(node)

    def fact_of_variable(self, binding: Binding) -> Fact:
        return self.facts.of_variable(binding)

    def imported(self, name: str, span: Span) -> Expr:
        """Return a name of the catalogue's targets, and note what it imports."""
        if name in self.shared_imports:
            return py.Name(self.shared_imports[name], span)
        if name in IMPORTS:
            self.imports.add(name)
        return py.Name(name, span)

    def runtime(self, path: str, arguments: Sequence[Expr], span: Span) -> Expr:
        """Return a call of ``name`` or ``module.name`` of the runtime."""
        module, _, name = path.rpartition(".")
        if module:
            function: Expr = py.Attribute(self.imported(module, span), name, span)
        else:
            function = self.imported(name, span)
        return py.Call(function, tuple(arguments), (), span)

    def atom(self, name: str, span: Span) -> py.Name:
        """Return the constant of the module that holds an atom."""
        if name not in self.atoms:
            constant = spell(name).rstrip("_").upper()
            self.atoms[name] = self.of_module(constant or name, span)
        return py.Name(self.atoms[name], span)

    def runtime_name(self, path: str, span: Span) -> Expr:
        """Return ``module.name`` of the runtime."""
        module, _, name = path.rpartition(".")
        return py.Attribute(self.imported(module, span), name, span)

    def this(self, span: Span) -> py.Name:
        """Return the object whose method runs: ``self``, which no variable can be named."""
        frame = self.frame.base or self.frame
        return py.Name(frame.this or "self", span)

    def temporary(self, role: str, span: Span) -> Binding:
        """Return a variable for the rest of the current statement, named for its role.

        Later statements may use it again: no code of ours lets it outlive its own.
        """
        frame = self.frame.base or self.frame
        if frame.free.get(role):
            binding = frame.free[role].pop()
            self.note_assigned(binding)
        else:
            binding = Binding(role, BindingKind.TEMPORARY, span)
            self.own(binding)
        frame.taken.append(binding)
        return binding

    def release(self) -> None:
        """Let the temporaries of a finished statement be used again."""
        frame = self.frame.base or self.frame
        for binding in frame.taken:
            frame.free.setdefault(binding.name, []).insert(0, binding)
        frame.taken.clear()

    def own(self, binding: Binding) -> None:
        """Make a variable local to the current function."""
        frame = self.frame.base or self.frame
        frame.temporaries.append(binding)
        frame.own.add(binding)
        self.note_assigned(binding)

    def assign(self, binding: Binding, value: Expr, span: Span) -> list[Stmt]:
        """Return ``binding = value``, unless that says ``x = x``."""
        self.note_assigned(binding)
        if isinstance(value, py.Name) and value.id is binding:
            return []
        return [py.Assign((self.variable(binding, span),), value, span)]

    def variable(self, binding: Binding, span: Span) -> Expr:
        """Return a variable: a name, or an attribute of the module that has it."""
        if binding.kind is BindingKind.LATE:
            late = py.Name(self.late_names(span), span)
            return py.Attribute(late, open_name(binding.name), span)
        if binding in self.foreign:
            module = py.Name(self.module(self.foreign[binding], span), span)
            return self._foreign(module, binding, span)
        if binding in self.builtins:
            return py.Name(binding.name, span)
        if binding.kind is BindingKind.FIELD:
            return py.Attribute(self.this(span), spell_field(binding), span)
        if binding.kind is BindingKind.METHOD:
            return py.Attribute(self.this(span), binding, span)
        if binding.kind is BindingKind.SHARED:
            return py.Attribute(
                self.imported("shared", span), spell(binding.name), span
            )
        if binding in self.thread_variables:
            return py.Attribute(self.thread_copies(span), spell(binding.name), span)
        return py.Name(self.renamed.get(binding, binding), span)

    def _foreign(self, module: Expr, binding: Binding, span: Span) -> Expr:
        """Return a variable of another file: ``tools.total``, ``tools.own.total``."""
        name = self.foreign_names.get(binding) or open_name(binding.name)
        for part in name.split("."):
            module = py.Attribute(module, part, span)
        return module

    def thread_copies(self, span: Span) -> Expr:
        """Return the name of what holds each thread's copies of the file's variables."""
        if self.copies is None:
            self.copies = self.holder or Binding("own", BindingKind.TEMPORARY, span)
            self.frames[0].temporaries.append(self.copies)
            self.frames[0].own.add(self.copies)
        return py.Name(self.copies, span)

    def module(self, path: str, span: Span) -> Binding:
        """Return the name of the module of a loaded file."""
        if path not in self.modules:
            self.modules[path] = self.of_module(path.rpartition(".")[2], span)
        return self.modules[path]

    def late_names(self, span: Span) -> Binding:
        """Return the name of the object that finds what evaluated code defines."""
        if self.late is None:
            self.late = self.of_module("late", span)
        return self.late

    def of_module(self, role: str, span: Span) -> Binding:
        """Return a new name of the module."""
        name = Binding(role, BindingKind.TEMPORARY, span)
        self.frames[0].temporaries.append(name)
        self.frames[0].own.add(name)
        return name

    @contextmanager
    def rounds(self, target: Binding | None) -> Iterator[None]:
        """Within: the body of a loop whose rounds leave their value in ``target``."""
        self.frame.loops += 1
        self.loop_targets.append(target)
        yield
        self.loop_targets.pop()
        self.frame.loops -= 1

    def note_assigned(self, binding: Binding) -> None:
        """Remember that the current function sets a variable it may not own."""
        binding = self.renamed.get(binding, binding)
        if self.is_attribute(binding):
            return
        if binding in self.frame.own:
            self.frame.assigned.add(binding)
        elif not self.frame.is_module:
            self.frame.outer[binding] = None

    def is_attribute(self, binding: Binding) -> bool:
        """Tell whether a variable lives in an object, so that no function owns it."""
        if binding in self.foreign or binding in self.thread_variables:
            return True
        return binding.kind in _ATTRIBUTES

    # --- order of evaluation ---------------------------------------------------------------------

    def operands(
        self, nodes: Sequence[Node], *, plain: Sequence[bool] | None = None
    ) -> tuple[list[Stmt], list[Expr]]:
        """Return code for several values, evaluated from left to right.

        Where a later operand needs statements, each earlier one that these could change, or
        that has effects of its own, is named first:

            (feed (next_batch) (block (setq step 0) step))
            batch = next_batch()
            step = 0
            feed(batch, step)
        """
        flags = plain if plain is not None else [False] * len(nodes)
        codes = [
            self.value(node, plain=flag)
            for node, flag in zip(nodes, flags, strict=True)
        ]
        last = max([i for i, code in enumerate(codes) if code.before], default=-1)
        before: list[Stmt] = []
        values: list[Expr] = []
        for index, (node, code) in enumerate(zip(nodes, codes, strict=True)):
            before.extend(code.before)
            value = code.value
            later = nodes[index + 1 : last + 1]
            if index < last and not self.stable(value, node, later):
                value = self.keep(value, node, before)
            values.append(value)
        return before, values

    def keep(
        self, value: Expr, node: Node, before: list[Stmt], role: str | None = None
    ) -> Expr:
        """Give a value a name now, in statements added to ``before``."""
        binding = self.temporary(role or self.role(node), node.span)
        before.extend(self.assign(binding, value, node.span))
        return py.Name(binding, node.span)

    def stable(self, value: Expr, node: Node, later: Sequence[Node]) -> bool:
        """Tell whether ``value``, of ``node``, says the same after the ``later`` nodes."""
        if not is_atom(value):
            return not any([self.has_effects(other) for other in (node, *later)])
        if not isinstance(value, py.Name) or isinstance(value.id, str):
            return True
        # The name of the variable in Python may stand for others: those of a rule's pattern.
        name = value.id
        own = node.binding if isinstance(node, Variable) else name
        for other in later:
            effect = self.effects.of(other)
            if name in [self.renamed.get(each, each) for each in effect.assigned]:
                return False
            if effect.calls and self._changed_by_calls(own):
                return False
        return True

    def _changed_by_calls(self, binding: Binding) -> bool:
        return self.is_attribute(binding) or binding in self.effects.shared

    def has_effects(self, node: Node) -> bool:
        effect = self.effects.of(node)
        return effect.calls or bool(effect.assigned)

    @abstractmethod
    def role(self, node: Node) -> str:
        """Return a name for a temporary that holds the value of ``node``."""

    # --- sequences -----------------------------------------------------------------------------------

    def body(self, nodes: Body, destination: Destination) -> list[Stmt]:
        """Return statements for nodes in order; the last one's value is wanted."""
        statements: list[Stmt] = []
        for node in nodes[:-1]:
            append_step(statements, self.step(node, EFFECT))
        if nodes:
            append_step(statements, self.step(nodes[-1], destination))
        return statements

    def step(self, node: Node, destination: Destination) -> list[Stmt]:
        """Lower one node of a body; functions cut from it stand before it, unindented.

        The first statement begins where the node does, for comments and blank lines.
        """
        owner = self.frame.base or self.frame
        owner.steps += 1
        statements = self.lower(node, destination)
        owner.steps -= 1
        if not owner.steps:
            self.release()
        if statements and _within(statements[0].span, node.span):
            alone = len(statements) == 1
            end = node.span.end if alone else statements[0].span.end
            statements[0] = replaced(statements[0], span=Span(node.span.start, end))
        frame = self.frame
        if frame.cut and not self.blocks and not self.links:
            statements = frame.cut + statements
            frame.cut = []
        return statements


def _within(inner: Span, outer: Span) -> bool:
    return inner != outer and outer.start <= inner.start and inner.end <= outer.end
