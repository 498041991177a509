"""What is known of the kinds of values: per variable, per parameter, per expression.

The analysis does not follow the flow of control: a variable has one fact, the join of all
that is assigned to it; a parameter joins the arguments of all calls in the program. A
function that is used as a value may be called by anybody: its parameters are unknown. A
parameter of a function that nobody calls has the fact BOTTOM, and code generation gives
its operators Python's meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lisptorch_compile.aliasing import (
    Aliases,
    bindings_in,
    gives_what_was_made,
)
from lisptorch_compile.catalogue.model import (
    ANY,
    BOOL,
    BOTTOM,
    BYTES,
    COMPLEX,
    DICT,
    DICTS,
    FLOAT,
    FUNCTION,
    HEAP,
    INSTANCE,
    INT,
    LAZY,
    LINKED,
    LIST,
    LISTS,
    MAYBE,
    MODULE,
    NIL,
    NOTHING,
    NUMBER,
    NUMBERED,
    OBJECT,
    SET,
    SYMBOL,
    TENSOR,
    TEXT,
    UNKNOWN,
    Arithmetic,
    Builtin,
    Fact,
)
from lisptorch_compile.class_table import ClassTable, class_table, is_callable_name
from lisptorch_compile.fact_rules import (
    arithmetic,
    calls_with_elements,
    data_fact,
    element,
    element_at,
    foreign_yields,
    higher_order_yields,
    joined,
    lambda_arguments,
    literal_fact,
    loop_element,
    stored,
    yields,
)
from lisptorch_compile.forms import DictForm, Form, ListForm, SetForm, Symbol
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import (
    Assign,
    Attribute,
    Block,
    Body,
    BuiltinCall,
    BuiltinValue,
    Call,
    Catch,
    Choice,
    ClassDef,
    Constant,
    Data,
    DataDef,
    Destructure,
    DictLiteral,
    Elapse,
    For,
    FunctionDef,
    If,
    Interpolated,
    Lambda,
    Let,
    ListLiteral,
    Literal,
    Load,
    Locked,
    Logical,
    Maybe,
    Named,
    New,
    Node,
    Not,
    Parameter,
    PatternFunction,
    Program,
    PyImport,
    Repeat,
    Result,
    Return,
    Rule,
    Send,
    SetLiteral,
    SuperCall,
    Switch,
    This,
    Update,
    UpdateItem,
    Variable,
    While,
    With,
)
from lisptorch_compile.pattern_facts import bound_facts, kinds_of_type, narrowed
from lisptorch_compile.patterns import Elements, Instance, TypeTest, conditions, within
from lisptorch_compile.places import Place
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children

_NIL = Fact(NIL, NOTHING)
_TRUE = Fact(BOOL, NOTHING)
_INT = Fact(INT, NOTHING)
_TEXT = Fact(TEXT, NOTHING)
_OBJECT = Fact(OBJECT, NOTHING)

#: Kinds that an unknown value has only if something in the program makes them.
_MADE_KINDS = (
    SET
    | HEAP
    | LINKED
    | NUMBERED
    | TENSOR
    | MODULE
    | OBJECT
    | INSTANCE
    | MAYBE
    | COMPLEX
    | BYTES
)

#: A name with a number beside it is taken for one of these when nothing is known of it.
NUMERIC = NUMBER | LISTS | TENSOR

#: Kinds of values that have elements.
_CONTAINERS = LISTS | DICTS | SET | HEAP | LAZY | INSTANCE | OBJECT | MAYBE

#: Builtins that put values into the container that is their first argument: all others,
#: the elements of the others, the last one.
_PUSHERS = frozenset(("push", "pushfirst", "pushlast", "pushtrue", "insert"))
_JOINERS = frozenset(("extend", "nconc", "nconcn", "set@@"))
_SETTERS = frozenset(
    ("set@", "set@@", "set@@@", "key@", "keyi@", "keyn@", "replaceall")
)

_NUMBER_KEYED = frozenset(("dictionaryn", "dictionarytreen", "keyn@"))

#: Those that move the elements of a list to other places in it.
_SHUFFLERS = frozenset(
    ("pop", "popfirst", "poplast", "insert", "pushfirst", "swap", "sort", "rotate")
    + ("reverse", "nconc", "nconcn", "set@@")
)

#: What the fields of records take that are declared so.
_TAKEN = {"integer_": INT, "number_": INT | FLOAT, "string_": TEXT}

_CHANGERS = _PUSHERS | _JOINERS | _SETTERS

_MAX_ROUNDS = 12


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
    number_keys: bool = False  # a dictionary whose keys are reals is made somewhere

    def of(self, node: Node) -> Fact:
        """Return what is known of the value of ``node``."""
        fact = self.nodes.get(id(node), UNKNOWN)
        if isinstance(node, Variable):
            return self._with_evidence(fact, node.binding)
        return self._possible(fact)

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
        return Fact(fact.kinds & self.universe, fact.elements & self.universe)

    def parameters_of(self, callee: Binding) -> Sequence[Parameter]:
        """Return the parameters of a function or class of the program."""
        if callee in self.classes.classes:
            fields = self.classes.classes[callee].fields
            return [field.parameter for field in fields]
        function = self.functions.get(callee)
        return () if function is None else function.parameters

    def learn(self, node: Node, fact: Fact) -> None:
        """Note the fact of a node that code generation made."""
        self.nodes[id(node)] = fact
        self.made.append(node)

    def learn_call(self, node: BuiltinCall) -> None:
        """Note the fact of a made call of a builtin on nodes of known facts."""
        arguments = [self.of(argument_value(argument)) for argument in node.arguments]
        self.learn(node, yields(node.builtin, arguments, self.numbers))


def infer(program: Program, numbers: Arithmetic = Arithmetic.PYTHON) -> Facts:
    """Return the facts of ``program``, the least fixpoint of its assignments and calls.

    What lives in a file that is no part of it is unknown.
    """
    facts = Facts(numbers, classes=class_table(program), body=program.body)
    _survey(program, facts)
    for binding in program.foreign.keys() - set(program.globals):
        facts.variables[binding] = UNKNOWN  # of a file that is not known
    facts.shared.update(program.foreign)
    aliases = Aliases(program)
    if program.open:
        _open(program, facts)
        aliases.places.put_anywhere()
    inference = _Inference(facts, aliases)
    for _ in range(_MAX_ROUNDS):
        inference.changed = False
        for node in program.body:
            inference.fact(node)
        if not inference.changed:
            break
    else:
        inference = _give_up(program, facts, inference.aliases)
    facts.universe |= inference.made & _MADE_KINDS
    return facts


def _open(program: Program, facts: Facts) -> None:
    """Expect anything of code that is evaluated when the program runs."""
    facts.universe = ANY
    facts.escaping.update(facts.functions, facts.classes.records)
    for binding in program.globals:
        if binding.kind is BindingKind.GLOBAL:
            facts.variables[binding] = UNKNOWN


def _give_up(program: Program, facts: Facts, aliases: Aliases) -> _Inference:
    """Forget what did not settle: every variable, parameter and result is unknown."""
    for table in (facts.variables, facts.results):
        for binding in table:
            table[binding] = UNKNOWN
    inference = _Inference(facts, aliases)
    inference.settled = False
    for node in program.body:
        inference.fact(node)
    return inference


def _survey(program: Program, facts: Facts) -> None:
    """Collect functions, functions used as values, numeric names and kinds made."""
    made = _survey_nodes(program.body, facts, evidence=True)
    facts.universe = ANY & ~(_MADE_KINDS & ~made)


def _survey_nodes(nodes: Sequence[Node], facts: Facts, *, evidence: bool) -> int:
    """Survey nodes and all below; ``evidence``: names used as numbers are taken for some,
    which the tests of patterns must not: there an error is no match."""
    made = NOTHING
    stack: list[Node] = list(nodes)
    while stack:
        node = stack.pop()
        below: Sequence[Node] = children(node)
        match node:
            case FunctionDef():
                facts.functions[node.binding] = node
            case PatternFunction(rules=rules):
                facts.functions[node.binding] = node
                guards = [test for rule in rules for test in conditions(rule.patterns)]
                made |= _survey_nodes(guards, facts, evidence=False)
                made |= _kinds_of_patterns(node)
                below = [step for rule in rules for step in rule.body]
            case Assign(binding, value):
                facts.assigned.append(value)
                if binding.kind is BindingKind.FUNCTION and not _caches(value):
                    facts.replaced.add(binding)
            case ClassDef(_, base):
                made |= INSTANCE | (MODULE | OBJECT if base is not None else NOTHING)
                below = below if base is None else below[1:]
                facts.called_outside.update(facts.classes.called_by_python(node))
            case Call(Variable(binding), _) if is_callable_name(binding):
                below = below[1:]
            case Call(Attribute(value)):
                below = (value, *below[1:])
            case SuperCall():
                below = below[1:]
            case Attribute(_, name):
                facts.escaping.update(facts.classes.methods.get(name, ()))
            case Variable(binding) if is_callable_name(binding):
                facts.escaping.update(facts.classes.versions.get(binding, (binding,)))
            case BuiltinCall(builtin, arguments):
                made |= _kinds_made(builtin)
                facts.number_keys |= builtin.name in _NUMBER_KEYED
                if calls_with_elements(builtin.name):
                    below = [n for n in below if not _is_function(n)]
                operands = [argument_value(argument) for argument in arguments]
                if evidence:
                    _note_numeric(builtin.name, operands, facts)
            case Update(operator, binding, operands):
                _note_numeric(
                    operator.name, [Variable(binding, node.span), *operands], facts
                )
            case BuiltinValue(builtin):
                made |= _kinds_made(builtin)
                if callable(builtin.yields):
                    made |= _made_of_anything(builtin)
            case Data(form):
                made |= _kinds_quoted(form)
            case DictLiteral(text_keys=False):
                made |= NUMBERED
            case SetLiteral():
                made |= SET
            case Catch():
                made |= MAYBE
            case Literal(complex()):
                made |= COMPLEX
            case Literal(bytes()):
                made |= BYTES
            case PyImport(_, bindings):
                made |= _MADE_KINDS
                facts.imported.update(bindings)
            case Load() | With():
                made |= _MADE_KINDS
        stack.extend(below)
    return made


def _kinds_of_patterns(node: PatternFunction) -> int:
    """Return the kinds that the patterns speak of: they may come from elsewhere."""
    kinds = NOTHING
    for rule in node.rules:
        for pattern in rule.patterns:
            for part in within(pattern):
                match part:
                    case TypeTest(name):
                        kinds |= kinds_of_type(name)
                    case Instance():
                        kinds |= INSTANCE
                    case Elements():
                        kinds |= SET
    return kinds & _MADE_KINDS


def _caches(value: Node) -> bool:
    """Tell whether a function is replaced by one with the same results:
    ``(functools.cache f)``, ``((functools.lru_cache …) f)``."""
    decorator = value.function if isinstance(value, Call) else value
    if isinstance(decorator, Call):
        decorator = decorator.function
    return isinstance(decorator, Attribute) and decorator.name in _CACHES


_CACHES = frozenset(("cache", "lru_cache"))


def _made_of_anything(builtin: Builtin) -> int:
    """Return the kinds that a builtin called with unknown arguments makes: what may be
    anything is one of these."""
    kinds = yields(builtin, [UNKNOWN] * 2, Arithmetic.PYTHON).kinds
    return NOTHING if kinds == ANY else kinds & _MADE_KINDS


def _kinds_quoted(form: Form) -> int:
    """Return the kinds of which a quoted datum holds values, however deep."""
    kinds = NOTHING
    stack: list[Form] = [form]
    while stack:
        current = stack.pop()
        kinds |= data_fact(current).kinds
        match current:
            case ListForm(items) | SetForm(items):
                stack.extend(items)
            case DictForm(entries):
                stack.extend([part for entry in entries for part in entry])
    return kinds & _MADE_KINDS


def _kinds_made(builtin: Builtin) -> int:
    if callable(builtin.yields) or builtin.yields.kinds == ANY:
        made = NOTHING
    else:
        made = builtin.yields.kinds & _MADE_KINDS
    if builtin.name.startswith(("torch_", "tensor_", "tiktoken_")):
        made |= TENSOR | MODULE | OBJECT
    if builtin.name in ("keyi@", "keyn@"):  # which make, change or read one
        made |= NUMBERED
    return made


def _note_numeric(name: str, operands: Sequence[Node], facts: Facts) -> None:
    """A number beside a name, or ``- * /`` on it, is evidence that it holds a number."""
    if name in ("-", "*", "/"):
        evidence = True
    elif name in ("+", "<", "<=", ">", ">=", "%"):
        evidence = any([_is_number_literal(operand) for operand in operands])
    else:
        return
    if evidence:
        facts.numeric.update(
            [operand.binding for operand in operands if isinstance(operand, Variable)]
        )


def _chosen(choice: Choice, value: Fact) -> Fact:
    """Return what a pattern function yields for a rule whose body has the fact ``value``."""
    match choice:
        case Choice.FIRST:
            return value
        case Choice.FIRST_TRUE:
            return value.join(_NIL)
        case Choice.ALL_TRUE:
            return Fact(LIST, stored(value).kinds)


def _is_two(node: Node) -> bool:
    return isinstance(node, Literal) and node.value == 2


def _is_function(node: Node) -> bool:
    return isinstance(node, Variable) and node.binding.kind is BindingKind.FUNCTION


def _is_number_literal(node: Node) -> bool:
    return (
        isinstance(node, Literal)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    )


def _makes(node: Node, fact: Fact) -> bool:
    """Tell whether a new container may come from this very node."""
    match node:
        case BuiltinCall(builtin):
            unknown = fact.kinds == ANY and builtin.name.startswith("key")
            return unknown or not gives_what_was_made(builtin.name)
        case ListLiteral() | DictLiteral() | SetLiteral() | Update() | UpdateItem():
            return True
        case Not() | Catch():
            return True
        case _:
            return False


def _not_nil_after(test: Node) -> tuple[Binding | None, Binding | None]:
    """Return the variables that are not nil where a test is true, and where it is false."""
    match test:
        case Variable(binding):
            return binding, None
        case Not(Variable(binding)):
            return None, binding
        case BuiltinCall(builtin, (Variable(binding),)) if builtin.name == "nullp":
            return None, binding
        case _:
            return None, None


def _sets(branch: Node, binding: Binding) -> bool:
    """Tell whether a variable may be set again in a branch, by a function of it, too."""
    if binding.kind is BindingKind.GLOBAL:
        return True
    stack = [branch]
    while stack:
        node = stack.pop()
        if isinstance(node, Lambda):
            return True
        if not isinstance(node, Variable) and binding in bindings_in(node):
            return True
        stack.extend(children(node))
    return False


class _Inference:
    """One round after the other over the program; facts only grow."""

    def __init__(self, facts: Facts, aliases: Aliases) -> None:
        self.facts = facts
        self.changed = False
        self.owners: list[Binding | None] = [None]
        self.aliases = aliases
        self.places = aliases.places
        self.settled = True
        self.present: set[Binding] = set()  # variables that are not nil just here
        self.folded: dict[int, Fact] = {}  # results of functions given to builtins
        self.shuffled = False  # elements of lists change places, of records perhaps
        self.made = NOTHING  # kinds that calls of builtins were found to yield

    # --- growing facts ---------------------------------------------------------------

    def assign(self, binding: Binding, fact: Fact) -> None:
        self._grow(self.facts.variables, binding, fact)

    def _grow(self, table: dict[Binding, Fact], binding: Binding, fact: Fact) -> None:
        old = table.get(binding, BOTTOM)
        new = old.join(stored(fact))
        if new != old:
            table[binding] = new
            self.changed = True
        elif binding not in table:
            table[binding] = old

    def returns(self, fact: Fact) -> None:
        owner = self.owners[-1]
        if owner is not None:
            self._grow(self.facts.results, owner, fact)

    # --- expressions -------------------------------------------------------------------

    def body(self, nodes: Sequence[Node]) -> Fact:
        fact = _NIL
        for node in nodes:
            fact = self.fact(node)
        return fact

    def fact(self, node: Node) -> Fact:
        fact = self._fact(node)
        if fact.kinds & _CONTAINERS and self.settled:
            place = self.aliases.of(node)
            if _makes(node, fact):
                self._made_at(place, fact.elements)
            fact = self._within(fact, place)
        self.facts.nodes[id(node)] = fact
        return fact

    def _made_at(self, place: Place, kinds: int) -> None:
        if self.places.made(place, kinds):
            self.changed = True

    def _within(self, fact: Fact, place: Place) -> Fact:
        """A container's elements are of the kinds that are ever made or put in its place."""
        elements = fact.elements & self.places.kinds_in(place)
        return fact if elements == fact.elements else Fact(fact.kinds, elements)

    def _fact(self, node: Node) -> Fact:
        match node:
            case Literal(value):
                return literal_fact(value)
            case Data(form, _, functions):
                for _, function in functions:
                    self.fact(function)
                for datum, place in self.aliases.data(form, self.aliases.of(node)):
                    self._made_at(place, data_fact(datum).elements)
                    self._quoted_record(datum)
                return data_fact(form)
            case Variable(binding):
                return self._variable(binding)
            case Call():
                return self._call(node)
            case BuiltinCall():
                return self._builtin_call(node)
            case BuiltinValue(builtin):
                if builtin.name in _CHANGERS:  # who calls it may put in anything
                    self.places.put_anywhere()
                return Fact(FUNCTION, NOTHING)
            case ListLiteral(items):
                return Fact(LIST, self._join_kinds(items))
            case SetLiteral(items):
                return Fact(SET, self._join_kinds(items))
            case DictLiteral(entries, text_keys):
                for key, _ in entries:
                    self.fact(key)
                kinds = self._join_kinds([value for _, value in entries])
                return Fact(DICT if text_keys else NUMBERED, kinds)
            case Lambda():
                return self._lambda(node, None)
            case Assign(binding, value, result):
                fact = self.fact(value)
                self.assign(binding, fact)
                return _TRUE if result is Result.TRUE else fact
            case Destructure(bindings, value):
                fact = self.fact(value)
                for binding in bindings:
                    self.assign(binding, element(fact))
                return _TRUE
            case Update(operator, binding, operands):
                facts = [self._variable(binding), *[self.fact(o) for o in operands]]
                fact = yields(operator, facts, self.facts.numbers)
                self.assign(binding, fact)
                return fact
            case UpdateItem(operator, container, keys, operands):
                fact = self.fact(container)
                for key in keys:
                    self.fact(key)
                fact, place = self._path(node, fact, container, keys)
                addends = [self.fact(operand) for operand in operands]
                # a missing entry starts from 0 or the empty text
                old = Fact(fact.elements | (addends[0].kinds & (NUMBER | TEXT)))
                new = yields(operator, [old, *addends], self.facts.numbers)
                self._puts(place, stored(new).kinds)
                return new
            case Let(bindings, body):
                for binding, value in bindings:
                    self.assign(binding, self.fact(value))
                return self.body(body)
            case If(test, then, orelse):
                self.fact(test)
                true, false = _not_nil_after(test)
                return self._present(true, then).join(self._present(false, orelse))
            case Block(body):
                return self.body(body)
            case Logical(operator, operands, value):
                facts = [self.fact(operand) for operand in operands]
                return joined(facts) if value else Fact(BOOL | NIL, NOTHING)
            case Not(operand):
                fact = self.fact(operand)
                return fact if fact.only(LISTS) else Fact(BOOL | NIL, NOTHING)
            case While(test, body):
                self.fact(test)
                return self.body(body).join(_NIL)
            case For():
                return self._for(node)
            case Repeat(count, binding, body):
                self.fact(count)
                if binding is not None:
                    self.assign(binding, _INT)
                return self.body(body).join(_NIL)
            case Return(value):
                self.returns(self.fact(value) if value is not None else _NIL)
                return BOTTOM
            case Switch(subject, cases, default):
                self.fact(subject)
                bodies = [case.body for case in cases]
                bodies.extend([default] if default is not None else [])
                return joined([self.fact(body) for body in bodies])
            case Maybe(body, handler):
                fact = self.body(body)
                if isinstance(handler, Lambda):
                    return fact.join(self._lambda_result(handler, [_TEXT]))
                return fact.join(self.fact(handler))
            case Catch(body):
                return self.body(body).join(Fact(MAYBE, NOTHING))
            case Elapse(body):
                self.body(body)
                return Fact(FLOAT, NOTHING)
            case Locked(lock, body):
                if lock is not None:
                    self.fact(lock)
                return self.body(body)
            case Interpolated(parts):
                for part in parts:
                    if not isinstance(part, str):
                        self.fact(part)
                return _TEXT
            case FunctionDef():
                return self._function(node)
            case PatternFunction():
                return self._pattern_function(node)
            case ClassDef():
                return self._class(node)
            case DataDef(_, types):
                for each in types:
                    if each.binding in self.facts.escaping:
                        self._any_record(each.binding)
                return _NIL
            case This():
                return self.instance
            case Attribute(value):
                return self._attribute(self.fact(value), node.name)
            case Send():
                return self._method(node, BOTTOM).join(self.fact(node.otherwise))
            case SuperCall(parent):
                self.fact(parent)
                return self._method(node, self.instance)
            case New(construction, instance, fields):
                made = self.fact(construction)
                self.assign(instance, made)
                for field_name, value in fields:
                    self._set_field(field_name, self.fact(value))
                return made
            case Constant(binding, value):
                self.assign(binding, self.fact(value))
                return _TRUE
            case PyImport(_, bindings, members):
                for binding in bindings:
                    self.assign(binding, UNKNOWN if members else _OBJECT)
                return _TRUE
            case With(contexts, body):
                for name, context in contexts:
                    fact = self.fact(context)
                    if name is not None:  # a file is its own context
                        self.assign(name, fact if fact.only(OBJECT) else UNKNOWN)
                return self.body(body)
            case _:
                for child in children(node):
                    self.fact(child)
                return UNKNOWN

    def _join_kinds(self, nodes: Sequence[Node]) -> int:
        kinds = NOTHING
        for node in nodes:
            kinds |= stored(self.fact(node)).kinds
        return kinds

    def _variable(self, binding: Binding) -> Fact:
        if is_callable_name(binding):
            return Fact(FUNCTION, NOTHING)
        if binding.kind is BindingKind.LATE:
            return UNKNOWN
        fact = self.facts.variables.get(binding, BOTTOM)
        if fact.kinds == ANY and binding in self.facts.numeric:
            fact = Fact(NUMERIC, fact.elements)
        if binding in self.present:
            fact = Fact(fact.kinds & ~NIL, fact.elements)
        return self._filled(fact, self.aliases.of_variable(binding))

    def _present(self, binding: Binding | None, branch: Node) -> Fact:
        """Return the fact of a branch that is taken when a variable is not nil."""
        if binding is None or binding in self.present or _sets(branch, binding):
            return self.fact(branch)
        self.present.add(binding)
        fact = self.fact(branch)
        self.present.remove(binding)
        return fact

    def _filled(self, fact: Fact, place: Place) -> Fact:
        """A container that exists may hold whatever is put into any of its place; what is
        put into a tensor takes the tensor's type."""
        if fact.only(TENSOR):
            return fact
        elements = fact.elements | self.places.kinds_put(place)
        return fact if elements == fact.elements else Fact(fact.kinds, elements)

    def _puts(self, place: Place, kinds: int) -> None:
        """Note that values of ``kinds`` are put into the containers of a place."""
        if self.places.put(place, kinds):
            self.changed = True

    # --- functions -------------------------------------------------------------------------

    def _function(self, node: FunctionDef) -> Fact:
        known = node.binding not in self.facts.escaping
        for parameter in node.parameters:
            self._parameter(parameter, known)
        self.owners.append(node.binding)
        self.returns(self.body(node.body))
        if node.threaded:
            self.returns(_TRUE)
        self.owners.pop()
        return Fact(FUNCTION, NOTHING)

    def _pattern_function(self, node: PatternFunction) -> Fact:
        if node.binding in self.facts.escaping:
            for parameter in node.parameters:
                self.assign(parameter.binding, UNKNOWN)
        for rule in node.rules:
            self._bind_patterns(node, rule)
            for test in conditions(rule.patterns):
                self.fact(test)
            self.owners.append(node.binding)
            value = self.body(rule.body)
            self.returns(_chosen(node.choice, value))
            self.owners.pop()
        return Fact(FUNCTION, NOTHING)

    def _bind_patterns(self, node: PatternFunction, rule: Rule) -> None:
        for parameter, pattern in zip(node.parameters, rule.patterns, strict=False):
            place = self.aliases.of_variable(parameter.binding)
            subject = self._within(self._variable(parameter.binding), place)
            self.facts.arguments[parameter.binding] = subject
            for binding, fact in bound_facts(pattern, subject, self._fields_of):
                self.assign(binding, fact)

    def _fields_of(self, pattern: Instance) -> list[Fact]:
        """Return what is known of the fields of an instance that a pattern takes apart."""
        table = self.facts.classes
        if pattern.type in table.classes:
            fields = table.classes[pattern.type].fields
            names = [spell_attribute(field.attribute.name) for field in fields]
            facts = [self._attribute(Fact(INSTANCE), name) for name in names]
        else:
            members = [pattern.type] if pattern.type in table.parts else []
            members += [m for m, group in table.groups.items() if group is pattern.type]
            rows = [table.parts[member] for member in members]
            facts = [
                joined([self._variable(row[i]) for row in rows if i < len(row)])
                for i in range(max(map(len, rows), default=0))
            ]
            if self.shuffled:
                facts = [joined([Fact(SYMBOL, NOTHING), *facts])] * len(facts)
            facts = [self._put_into(fact) for fact in facts]
        unknown = len(pattern.fields) - len(facts)
        return facts + [UNKNOWN] * unknown

    def _put_into(self, fact: Fact) -> Fact:
        """What is known of a field, with what may have been put into the record: it is a
        list, and we do not follow where it is."""
        put = self.places.kinds_put(self.aliases.world)
        return self._filled(Fact(fact.kinds | put, fact.elements), self.aliases.world)

    def _parameter(self, parameter: Parameter, known: bool) -> None:
        if parameter.rest:
            self.assign(parameter.binding, Fact(LIST))
            self._made_at(self.aliases.of_variable(parameter.binding), ANY)
        elif not known:
            self.assign(parameter.binding, UNKNOWN)
        if parameter.default is not None:
            self.assign(parameter.binding, self.fact(parameter.default))
        elif parameter.optional:
            self.assign(parameter.binding, _NIL)

    def _lambda(self, node: Lambda, arguments: Sequence[Fact] | None) -> Fact:
        self._lambda_result(node, arguments)
        return Fact(FUNCTION, NOTHING)

    def _lambda_result(self, node: Lambda, arguments: Sequence[Fact] | None) -> Fact:
        """Give the parameters the facts of ``arguments``, None for anything."""
        for index, parameter in enumerate(node.parameters):
            fits = arguments is not None and index < len(arguments)
            fact = arguments[index] if arguments is not None and fits else UNKNOWN
            self.assign(parameter.binding, fact)
        if node.itself is not None:
            self.assign(node.itself, Fact(FUNCTION, NOTHING))
        self.owners.append(node.itself)
        result = self.body(node.body)
        self.owners.pop()
        self.facts.nodes[id(node)] = Fact(FUNCTION, NOTHING)
        return result

    def _call(self, node: Call) -> Fact:
        if isinstance(node.function, Attribute) and self.facts.classes.callees(node):
            return self._method(node, self.fact(node.function.value))
        arguments = [self.fact(argument_value(argument)) for argument in node.arguments]
        match node.function:
            case Variable(binding) if binding in self.facts.classes.classes:
                one = self.facts.classes.classes[binding]
                parameters = [field.parameter for field in one.fields]
                self._pass_arguments(parameters, node.arguments, arguments)
                foreign = binding in self.facts.classes.foreign
                return Fact(MODULE | OBJECT if foreign else INSTANCE)
            case Variable(binding) if binding in self.facts.classes.records:
                self._record(binding, arguments)
                return Fact(LIST, SYMBOL | joined(arguments).kinds)
            case Variable(binding) if binding in self.facts.functions:
                result = self._run(node, arguments)
                return UNKNOWN if binding in self.facts.replaced else result
            case Lambda():
                return self._lambda_result(node.function, arguments)
            case Attribute(_, name):
                self.fact(node.function)
                self._given_away(arguments)
                return foreign_yields(name)
            case _:
                self.fact(node.function)
                if self._is_foreign(node.function):
                    self._given_away(arguments)
                return UNKNOWN

    def _record(self, binding: Binding, values: Sequence[Fact]) -> None:
        """Note what the fields of a record get; each takes no more than it declares."""
        parts = self.facts.classes.parts[binding]
        constraints = self.facts.classes.records[binding].fields
        for part, constraint, fact in zip(parts, constraints, values, strict=False):
            if isinstance(constraint, str):
                fact = narrowed(stored(fact), _TAKEN.get(constraint, ANY))
            self.assign(part, fact)

    def _quoted_record(self, datum: Form) -> None:
        """``'(Point 1 2)`` is a record; of a list that the program makes from the name
        itself, nothing is known."""
        names = self.facts.classes.record_names
        match datum:
            case ListForm((Symbol(name), *items)) if name in names:
                self._record(names[name], [data_fact(item) for item in items])
            case ListForm(items):
                pass
            case _:
                items = [datum]
        for item in items:
            if isinstance(item, Symbol) and item.name in names:
                self._any_record(names[item.name])

    def _any_record(self, binding: Binding) -> None:
        for part in self.facts.classes.parts[binding]:
            self.assign(part, UNKNOWN)

    def _is_foreign(self, function: Node) -> bool:
        return (
            isinstance(function, Variable) and function.binding in self.facts.imported
        )

    def _given_away(self, arguments: Sequence[Fact]) -> None:
        """Code that we do not see may put any argument into another, or into the object
        whose method it is: ``(heapq.heappush queue item)``, ``(l.append x)``."""
        self._puts(
            self.aliases.world, joined([stored(fact) for fact in arguments]).kinds
        )

    def _result(self, function: Binding) -> Fact:
        fact = self.facts.results.get(function, BOTTOM)
        return self._filled(fact, self.aliases.of_result(function))

    def _run(self, node: Call | Send | SuperCall, arguments: Sequence[Fact]) -> Fact:
        """Pass arguments to all functions that a call may mean; what they return."""
        result = BOTTOM
        for binding in self.facts.classes.callees(node):
            function = self.facts.functions.get(binding)
            if function is None:
                return UNKNOWN
            self._pass_arguments(function.parameters, node.arguments, arguments)
            result = result.join(self._result(binding))
        return result

    def _pass_arguments(
        self,
        parameters: Sequence[Parameter],
        given: Sequence[Node | Named],
        arguments: Sequence[Fact],
    ) -> None:
        names = {p.binding.name: p.binding for p in parameters}
        for index, (argument, fact) in enumerate(zip(given, arguments, strict=True)):
            if not isinstance(argument, Node):  # named
                if argument.name in names:
                    self.assign(names[argument.name], fact)
            elif index < len(parameters):
                parameter = parameters[index]
                if not parameter.rest:
                    self.assign(parameter.binding, fact)

    # --- classes -----------------------------------------------------------------------------

    @property
    def instance(self) -> Fact:
        """What a method may run in."""
        foreign = MODULE | OBJECT if self.facts.classes.foreign else NOTHING
        return Fact(INSTANCE | foreign)

    def _class(self, node: ClassDef) -> Fact:
        known = node.binding not in self.facts.escaping
        for each in node.fields:
            self._parameter(each.parameter, known)
            binding = each.parameter.binding
            self.assign(each.attribute, self.facts.variables.get(binding, BOTTOM))
            if each.inherited and not self._knows_parent(node):
                self.assign(each.attribute, UNKNOWN)
        for method in node.methods:
            self.fact(method)
        return Fact(FUNCTION, NOTHING)

    def _knows_parent(self, node: ClassDef) -> bool:
        base = node.base
        return isinstance(base, Variable) and base.binding in self.facts.classes.classes

    def _method(self, node: Call | Send | SuperCall, receiver: Fact) -> Fact:
        """Facts of the call of a method by its name."""
        arguments = [self.fact(argument_value(argument)) for argument in node.arguments]
        if isinstance(node, Send):
            self.fact(node.receiver)
        methods = self.facts.classes.callees(node)
        result = self._run(node, arguments) if methods else UNKNOWN
        # what is no instance has no such method, unless it is an object of Python
        others = receiver.kinds & (OBJECT | MODULE | TENSOR)
        if not others & (self.facts.universe | self.made):
            return result
        if isinstance(node, Call):
            self._given_away(arguments)
        return UNKNOWN

    def _attribute(self, value: Fact, name: str) -> Fact:
        """Return what the field of an instance holds; a method is a function."""
        attributes = self.facts.classes.fields.get(name)
        if not value.only(INSTANCE) or attributes is None:
            return UNKNOWN
        return joined([self._variable(binding) for binding in attributes])

    def _set_field(self, name: str, fact: Fact) -> None:
        for binding in self.facts.classes.fields.get(name, ()):
            self.assign(binding, fact)

    def _set_unknown_field(self) -> None:
        for name in self.facts.classes.fields:
            self._set_field(name, UNKNOWN)

    # --- builtins ----------------------------------------------------------------------------

    def _builtin_call(self, node: BuiltinCall) -> Fact:
        nodes = [argument_value(argument) for argument in node.arguments]
        if any([isinstance(n, Lambda) or _is_function(n) for n in nodes]):
            return self._higher_order(node, nodes)
        facts = [self.fact(argument) for argument in nodes]
        name = node.builtin.name
        if name in ("@", "set@") and len(facts) > 1:
            match nodes[1]:
                case Data(Symbol(field_name)) if name == "@" and facts[0].only(
                    INSTANCE
                ):
                    return self._attribute(facts[0], spell_attribute(field_name))
                case Data(Symbol()) if name == "@" and facts[0].may_be(TENSOR):
                    return UNKNOWN  # an attribute of torch's
            keys = nodes[1:] if name == "@" else nodes[1:-1]
            fact, _ = self._path(node, facts[0], nodes[0], keys)
            if name == "@":
                return element_at(fact)
        if node.builtin.name in ("^^", "**") and _is_two(nodes[-1]):
            return arithmetic("*", [facts[0], facts[0]], self.facts.numbers)
        self._note_mutation(node.builtin.name, nodes, facts)
        return self._made(yields(node.builtin, facts, self.facts.numbers))

    def _path(
        self, node: Node, fact: Fact, container: Node, keys: Sequence[Node]
    ) -> tuple[Fact, Place]:
        """Return the fact and the place of the container that the last key is for."""
        place = self.aliases.of(container)
        steps = [fact]
        for _ in keys[1:]:
            place = self.places.inside(place)
            fact = self._within(element(fact), place)
            steps.append(fact)
        self.facts.paths[id(node)] = steps
        return fact, place

    def _made(self, fact: Fact) -> Fact:
        if fact.kinds != ANY:
            self.made |= fact.kinds
        return fact

    def _note_mutation(
        self, name: str, nodes: Sequence[Node], facts: Sequence[Fact]
    ) -> None:
        place = self.aliases.of(nodes[0]) if nodes else None
        if name in _SHUFFLERS and self.facts.classes.parts and not self.shuffled:
            places = [self.aliases.of(node) for node in nodes]
            if any([self.aliases.is_anywhere(each) for each in places]):
                self.shuffled = self.changed = True
        if name in _PUSHERS:
            for fact in facts[1:]:
                self._puts(place, stored(fact).kinds)
        elif name in _JOINERS:
            for node, fact in zip(nodes[1:], facts[1:], strict=True):
                self._puts(place, stored(fact).kinds | fact.elements)
                if not fact.only(LISTS | NIL):  # appended as it is
                    inside = self.places.inside(place)
                    self.places.join(inside, self.aliases.of(node))
        elif name in _SETTERS and len(facts) > 2:
            if facts[0].may_be(INSTANCE) and len(facts) == 3:
                self._note_field(nodes[1], facts[2])
            for _ in facts[3:] if name == "set@" else ():
                place = self.places.inside(place)
            kinds = stored(facts[-1]).kinds
            self._puts(place, kinds if name == "set@" else kinds | facts[-1].elements)
        elif name == "over":
            self._puts(self.aliases.of(nodes[-1]), ANY)
        elif name == "reverse" and facts[0].may_be(DICTS):  # lists of keys
            self._made_at(place, LIST)
            self._made_at(self.places.inside(place), ANY)

    def _note_field(self, key: Node, fact: Fact) -> None:
        match key:
            case Data(Symbol(name)):
                self._set_field(spell_attribute(name), fact)
            case _:
                self._set_unknown_field()

    def _higher_order(self, node: BuiltinCall, nodes: Sequence[Node]) -> Fact:
        """Facts of a call with a function in it: its parameters are the elements."""
        name = node.builtin.name
        facts = [
            Fact(FUNCTION, NOTHING) if isinstance(node, Lambda) else self.fact(node)
            for node in nodes
        ]
        sequences = [fact for fact in facts if not fact.only(FUNCTION)]
        self._note_mutation(name, nodes, facts)
        result = self.folded.get(id(node), BOTTOM)
        arguments = lambda_arguments(name, sequences, result)
        for function in nodes:
            if isinstance(function, Lambda):
                result = result.join(self._lambda_result(function, arguments))
            elif _is_function(function):
                result = result.join(self._called_by_builtin(function, arguments))
        if result != self.folded.get(id(node), BOTTOM):
            self.folded[id(node)] = result
            self.changed = True
        found = higher_order_yields(node.builtin, sequences, result)
        if found is None:
            found = yields(node.builtin, facts, self.facts.numbers)
        return self._made(found)

    def _called_by_builtin(
        self, function: Node, arguments: Sequence[Fact] | None
    ) -> Fact:
        """Pass facts to a user's function that a builtin calls by its name."""
        assert isinstance(function, Variable)
        definition = self.facts.functions.get(function.binding)
        if definition is None:
            return UNKNOWN
        for index, parameter in enumerate(definition.parameters):
            known = arguments is not None and index < len(arguments)
            if not parameter.rest:
                fact = arguments[index] if arguments and known else UNKNOWN
                self.assign(parameter.binding, fact)
        return self._result(function.binding)

    def _for(self, node: For) -> Fact:
        facts = [self.fact(iterable) for iterable in node.iterables]
        for binding, fact in zip(node.bindings, facts, strict=False):
            self.assign(binding, loop_element(fact, node.kind))
        if node.test is not None:
            self.fact(node.test)
        return self.body(node.body).join(_NIL)
