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

from lisptorch_compile.catalogue.model import (
    ANY,
    BOOL,
    BOTTOM,
    BYTES,
    COMPLEX,
    DICT,
    FLOAT,
    FLOATS,
    FUNCTION,
    HEAP,
    INSTANCE,
    INT,
    INTEGERS,
    LAZY,
    LINKED,
    LIST,
    LISTS,
    MAYBE,
    MODULE,
    NIL,
    NOTHING,
    NUMBER,
    NUMBERS,
    OBJECT,
    PLAIN,
    SET,
    SHORTS,
    STRINGS,
    SYMBOL,
    TENSOR,
    TEXT,
    UNKNOWN,
    Builtin,
    Fact,
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
from lisptorch_compile.nodes import (
    Assign,
    Block,
    BuiltinCall,
    BuiltinValue,
    Call,
    Catch,
    Constant,
    Data,
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
    Logical,
    LoopKind,
    Maybe,
    Node,
    Not,
    Parameter,
    Program,
    PyImport,
    Repeat,
    Result,
    Return,
    SetLiteral,
    Switch,
    Update,
    UpdateItem,
    Variable,
    While,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children

_NIL = Fact(NIL, NOTHING)
_TRUE = Fact(BOOL, NOTHING)
_INT = Fact(INT, NOTHING)
_TEXT = Fact(TEXT, NOTHING)

#: Kinds that an unknown value has only if something in the program makes them.
_MADE_KINDS = (
    SET | HEAP | LINKED | TENSOR | MODULE | OBJECT | INSTANCE | MAYBE | COMPLEX | BYTES
)
_ELEMENT_KIND = {
    INTEGERS: INT,
    SHORTS: INT,
    NUMBERS: FLOAT,
    FLOATS: FLOAT,
    STRINGS: TEXT,
}

#: A name with a number beside it is taken for one of these when nothing is known of it.
_NUMERIC = NUMBER | LISTS | TENSOR

_CONTAINERS = LIST | LINKED | DICT | SET | HEAP

#: Builtins that put their later arguments into the container that is the first.
_MUTATORS = frozenset(
    ("push", "pushfirst", "pushlast", "pushtrue", "insert", "extend", "nconc", "set@")
    + ("set@@", "setrange", "setshape", "key@", "keyi@", "keyn@", "replaceall", "over")
)

_MAX_ROUNDS = 12


@dataclass(slots=True)
class Facts:
    """The result of the analysis; read only for those who get it."""

    variables: dict[Binding, Fact] = field(default_factory=dict)
    results: dict[Binding, Fact] = field(default_factory=dict)
    nodes: dict[int, Fact] = field(default_factory=dict)
    functions: dict[Binding, FunctionDef] = field(default_factory=dict)
    escaping: set[Binding] = field(default_factory=set)  # functions used as values
    numeric: set[Binding] = field(default_factory=set)  # used as a number somewhere
    universe: int = ANY
    made: list[Node] = field(
        default_factory=list
    )  # kept alive: `nodes` knows their ids
    mutated: int = NOTHING  # kinds of all that is ever put into an existing container

    def of(self, node: Node) -> Fact:
        """Return what is known of the value of ``node``."""
        fact = self.nodes.get(id(node), UNKNOWN)
        if isinstance(node, Variable):
            return self._with_evidence(fact, node.binding)
        return self._possible(fact)

    def of_variable(self, binding: Binding) -> Fact:
        """Return what is known of a variable's value wherever it is read."""
        return self._with_evidence(self.variables.get(binding, BOTTOM), binding)

    def _with_evidence(self, fact: Fact, binding: Binding) -> Fact:
        if fact.kinds == ANY and binding in self.numeric:
            fact = Fact(_NUMERIC, fact.elements)
        return self._possible(fact)

    def _possible(self, fact: Fact) -> Fact:
        return Fact(fact.kinds & self.universe, fact.elements & self.universe)

    def learn(self, node: Node, fact: Fact) -> None:
        """Note the fact of a node that code generation made."""
        self.nodes[id(node)] = fact
        self.made.append(node)

    def learn_call(self, node: BuiltinCall) -> None:
        """Note the fact of a made call of a builtin on nodes of known facts."""
        arguments = [self.of(argument_value(argument)) for argument in node.arguments]
        self.learn(node, yields(node.builtin, arguments))


def infer(program: Program) -> Facts:
    """Return the facts of ``program``, the least fixpoint of its assignments and calls."""
    facts = Facts()
    _survey(program, facts)
    inference = _Inference(facts)
    for _ in range(_MAX_ROUNDS):
        inference.changed = False
        for node in program.body:
            inference.fact(node)
        if not inference.changed:
            return facts
    return _give_up(program, facts)


def _give_up(program: Program, facts: Facts) -> Facts:
    """Forget what did not settle: every variable, parameter and result is unknown."""
    for table in (facts.variables, facts.results):
        for binding in table:
            table[binding] = UNKNOWN
    inference = _Inference(facts)
    for node in program.body:
        inference.fact(node)
    return facts


def _survey(program: Program, facts: Facts) -> None:
    """Collect functions, functions used as values, numeric names and kinds made."""
    made = NOTHING
    stack: list[Node] = list(program.body)
    while stack:
        node = stack.pop()
        below: Sequence[Node] = children(node)
        match node:
            case FunctionDef():
                facts.functions[node.binding] = node
            case Call(Variable(binding), _) if binding.kind is BindingKind.FUNCTION:
                below = below[1:]
            case Variable(binding) if binding.kind is BindingKind.FUNCTION:
                facts.escaping.add(binding)
            case BuiltinCall(builtin, arguments):
                made |= _kinds_made(builtin)
                operands = [argument_value(argument) for argument in arguments]
                _note_numeric(builtin.name, operands, facts)
            case Update(operator, binding, operands):
                _note_numeric(
                    operator.name, [Variable(binding, node.span), *operands], facts
                )
            case SetLiteral():
                made |= SET
            case Catch():
                made |= MAYBE
            case Literal(complex()):
                made |= COMPLEX
            case Literal(bytes()):
                made |= BYTES
            case Load() | PyImport():
                made |= _MADE_KINDS
        stack.extend(below)
    facts.universe = ANY & ~(_MADE_KINDS & ~made)


def _kinds_made(builtin: Builtin) -> int:
    if callable(builtin.yields):
        made = NOTHING
    elif builtin.yields.kinds == ANY:
        made = NOTHING
    else:
        made = builtin.yields.kinds & _MADE_KINDS
    if builtin.name.startswith(("torch_", "tensor_", "tiktoken_")):
        made |= TENSOR | MODULE | OBJECT
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


def _is_two(node: Node) -> bool:
    return isinstance(node, Literal) and node.value == 2


def _is_number_literal(node: Node) -> bool:
    return (
        isinstance(node, Literal)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    )


class _Inference:
    """One round after the other over the program; facts only grow."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.changed = False
        self.owners: list[Binding | None] = [None]

    # --- growing facts ---------------------------------------------------------------

    def assign(self, binding: Binding, fact: Fact) -> None:
        self._grow(self.facts.variables, binding, fact)

    def _grow(self, table: dict[Binding, Fact], binding: Binding, fact: Fact) -> None:
        old = table.get(binding, BOTTOM)
        new = old.join(_stored(fact))
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
        self.facts.nodes[id(node)] = fact
        return fact

    def _fact(self, node: Node) -> Fact:
        match node:
            case Literal(value):
                return literal_fact(value)
            case Data(form):
                return data_fact(form)
            case Variable(binding):
                return self._variable(binding)
            case BuiltinValue():
                return Fact(FUNCTION, NOTHING)
            case ListLiteral(items):
                return Fact(LIST, self._join_kinds(items))
            case SetLiteral(items):
                return Fact(SET, self._join_kinds(items))
            case DictLiteral(entries):
                for key, _ in entries:
                    self.fact(key)
                return Fact(DICT, self._join_kinds([value for _, value in entries]))
            case Lambda():
                return self._lambda(node, None)
            case Call():
                return self._call(node)
            case BuiltinCall():
                return self._builtin_call(node)
            case Assign(binding, value, result):
                fact = self.fact(value)
                self.assign(binding, fact)
                return _TRUE if result is Result.TRUE else fact
            case Destructure(bindings, value):
                fact = self.fact(value)
                for binding in bindings:
                    self.assign(binding, Fact(fact.elements))
                return _TRUE
            case Update(operator, binding, operands):
                facts = [self._variable(binding), *[self.fact(o) for o in operands]]
                fact = yields(operator, facts)
                self.assign(binding, fact)
                return fact
            case UpdateItem(operator, container, keys, operands):
                fact = self.fact(container)
                for key in keys:
                    self.fact(key)
                addends = [self.fact(operand) for operand in operands]
                # a missing entry starts from 0 or the empty text
                old = Fact(fact.elements | (addends[0].kinds & (NUMBER | TEXT)))
                new = yields(operator, [old, *addends])
                self._mutates(_stored(new).kinds)
                return new
            case Let(bindings, body):
                for binding, value in bindings:
                    self.assign(binding, self.fact(value))
                return self.body(body)
            case If(test, then, orelse):
                self.fact(test)
                return self.fact(then).join(self.fact(orelse))
            case Block(body):
                return self.body(body)
            case Logical(operator, operands, value):
                facts = [self.fact(operand) for operand in operands]
                return _joined(facts) if value else Fact(BOOL | NIL, NOTHING)
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
                return _joined([self.fact(body) for body in bodies])
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
            case Interpolated(parts):
                for part in parts:
                    if not isinstance(part, str):
                        self.fact(part)
                return _TEXT
            case FunctionDef():
                return self._function(node)
            case Constant(binding, value):
                self.assign(binding, self.fact(value))
                return _TRUE
            case PyImport(_, bindings):
                for binding in bindings:
                    self.assign(binding, Fact(OBJECT | FUNCTION | MODULE))
                return _TRUE
            case _:
                for child in children(node):
                    self.fact(child)
                return UNKNOWN

    def _join_kinds(self, nodes: Sequence[Node]) -> int:
        kinds = NOTHING
        for node in nodes:
            kinds |= _stored(self.fact(node)).kinds
        return kinds

    def _variable(self, binding: Binding) -> Fact:
        if binding.kind is BindingKind.FUNCTION:
            return Fact(FUNCTION, NOTHING)
        if binding.kind is BindingKind.EXTERNAL:
            return UNKNOWN
        return self._shared(self.facts.variables.get(binding, BOTTOM))

    def _shared(self, fact: Fact) -> Fact:
        """A container that has a name may hold whatever is put into any container."""
        if fact.may_be(_CONTAINERS):
            return Fact(fact.kinds, fact.elements | self.facts.mutated)
        return fact

    def _mutates(self, kinds: int) -> None:
        if kinds & ~self.facts.mutated:
            self.facts.mutated |= kinds
            self.changed = True

    # --- functions -------------------------------------------------------------------------

    def _function(self, node: FunctionDef) -> Fact:
        known = node.binding not in self.facts.escaping
        for parameter in node.parameters:
            self._parameter(parameter, known)
        self.owners.append(node.binding)
        self.returns(self.body(node.body))
        self.owners.pop()
        return Fact(FUNCTION, NOTHING)

    def _parameter(self, parameter: Parameter, known: bool) -> None:
        if parameter.rest:
            self.assign(parameter.binding, Fact(LIST))
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
        arguments = [self.fact(argument_value(argument)) for argument in node.arguments]
        match node.function:
            case Variable(binding) if binding in self.facts.functions:
                self._pass_arguments(self.facts.functions[binding], node, arguments)
                return self._shared(self.facts.results.get(binding, BOTTOM))
            case Lambda():
                return self._lambda_result(node.function, arguments)
            case _:
                self.fact(node.function)
                return UNKNOWN

    def _pass_arguments(
        self, function: FunctionDef, node: Call, arguments: Sequence[Fact]
    ) -> None:
        names = {p.binding.name: p.binding for p in function.parameters}
        for index, (argument, fact) in enumerate(
            zip(node.arguments, arguments, strict=True)
        ):
            if not isinstance(argument, Node):  # named
                if argument.name in names:
                    self.assign(names[argument.name], fact)
            elif index < len(function.parameters):
                parameter = function.parameters[index]
                if not parameter.rest:
                    self.assign(parameter.binding, fact)

    # --- builtins ----------------------------------------------------------------------------

    def _builtin_call(self, node: BuiltinCall) -> Fact:
        nodes = [argument_value(argument) for argument in node.arguments]
        if any([isinstance(argument, Lambda) for argument in nodes]):
            return self._higher_order(node.builtin, nodes)
        facts = [self.fact(argument) for argument in nodes]
        if node.builtin.name == "@" and len(facts) == 2:
            return element(facts[0])
        if node.builtin.name in ("^^", "**") and _is_two(nodes[-1]):
            return arithmetic("*", [facts[0], facts[0]])
        if node.builtin.name in _MUTATORS:
            for fact in facts[1:]:
                self._mutates(_stored(fact).kinds | fact.elements)
        return yields(node.builtin, facts)

    def _higher_order(self, builtin: Builtin, nodes: Sequence[Node]) -> Fact:
        """Facts of a call with a lambda in it: its parameters are the elements."""
        facts = [
            Fact(FUNCTION, NOTHING) if isinstance(node, Lambda) else self.fact(node)
            for node in nodes
        ]
        sequences = [
            fact
            for node, fact in zip(nodes, facts, strict=True)
            if not isinstance(node, Lambda)
        ]
        result = BOTTOM
        for node in nodes:
            if isinstance(node, Lambda):
                result = self._lambda_result(
                    node, lambda_arguments(builtin.name, sequences)
                )
        return higher_order_yields(builtin, sequences, result, facts)

    def _for(self, node: For) -> Fact:
        facts = [self.fact(iterable) for iterable in node.iterables]
        for binding, fact in zip(node.bindings, facts, strict=False):
            self.assign(binding, loop_element(fact, node.kind))
        if node.test is not None:
            self.fact(node.test)
        return self.body(node.body).join(_NIL)


# --- small facts ---------------------------------------------------------------------------------


def _stored(fact: Fact) -> Fact:
    """What a variable holds of ``fact``: plain lists are wrapped before."""
    if fact.kinds & PLAIN and fact.kinds != ANY:
        return Fact((fact.kinds & ~PLAIN) | LIST, fact.elements)
    return fact


def _joined(facts: Sequence[Fact]) -> Fact:
    result = BOTTOM
    for fact in facts:
        result = result.join(fact)
    return result


def literal_fact(value: object) -> Fact:
    """Return the fact of a literal's value."""
    match value:
        case None:
            return _NIL
        case bool():
            return _TRUE
        case int():
            return _INT
        case float():
            return Fact(FLOAT, NOTHING)
        case complex():
            return Fact(COMPLEX, NOTHING)
        case str():
            return _TEXT
        case _:
            return Fact(BYTES, NOTHING)


def data_fact(form: Form) -> Fact:
    """Return the fact of a quoted datum."""
    match form:
        case Number(value):
            return literal_fact(value)
        case String(_, kind):
            return Fact(BYTES if kind is StringKind.BYTES else TEXT, NOTHING)
        case Symbol("nil" | "_" | "false" | "fail_"):
            return _NIL
        case Symbol("true"):
            return _TRUE
        case Symbol():
            return Fact(SYMBOL, NOTHING)
        case ListForm(items):
            kinds = NOTHING
            for item in items:
                kinds |= data_fact(item).kinds
            dotted = any([isinstance(i, Symbol) and i.name == "." for i in items])
            return Fact(LINKED if dotted else LIST, kinds)
        case DictForm():
            return Fact(DICT)
        case SetForm():
            return Fact(SET)
        case Quote():
            return Fact(LIST)


def element(fact: Fact) -> Fact:
    """Return what an element of a container may be."""
    if fact.only(TEXT):
        return _TEXT
    for kind, of_element in _ELEMENT_KIND.items():
        if fact.only(kind):
            return Fact(of_element, NOTHING)
    kinds = fact.elements
    if fact.may_be(TEXT):
        kinds |= TEXT
    return Fact(kinds)


def loop_element(fact: Fact, kind: LoopKind) -> Fact:
    """Return what a loop variable may be: keys of a dictionary, else elements."""
    if fact.only(DICT) and kind is LoopKind.LOOP:
        return Fact(TEXT | INT | FLOAT, NOTHING)
    if fact.may_be(DICT) and kind is LoopKind.LOOP:
        return UNKNOWN
    if fact.may_be(TENSOR):
        return UNKNOWN
    return element(fact)


def yields(builtin: Builtin, arguments: Sequence[Fact]) -> Fact:
    """Return what a call of ``builtin`` with these arguments may yield."""
    if builtin.name in _ARITHMETIC:
        return arithmetic(builtin.name, arguments)
    if callable(builtin.yields):
        return builtin.yields(arguments)
    return builtin.yields


_ARITHMETIC = frozenset(("+", "-", "*", "/", "%", "^^", "**"))


def arithmetic(operator: str, arguments: Sequence[Fact]) -> Fact:
    """Return the kind of ``(operator …)``: numbers promote as in Python."""
    if len(arguments) == 1:
        return _folded(operator, arguments[0])
    fact = arguments[0]
    for operand in arguments[1:]:
        fact = _combined(operator, fact, operand)
    return fact


def _folded(operator: str, fact: Fact) -> Fact:
    """``(+ l)`` folds the elements of one list."""
    inner = element(fact)
    if inner.kinds == NOTHING or fact.kinds == NOTHING:
        return BOTTOM if fact.kinds == NOTHING else Fact(INT | FLOAT | NIL, NOTHING)
    return _combined(operator, inner, inner).join(inner)


def _combined(operator: str, left: Fact, right: Fact) -> Fact:
    if NOTHING in (left.kinds, right.kinds):
        return BOTTOM
    kinds, elements = NOTHING, NOTHING
    if left.may_be(NUMBER | BOOL) and right.may_be(NUMBER | BOOL | NIL):
        kinds |= _number(operator, left, right)
    if operator == "+" and left.may_be(TEXT):
        kinds |= TEXT
        if right.may_be(LISTS):
            kinds |= LIST
            elements = ANY
    for fact in (left, right):
        lists = fact.kinds & (LISTS & ~PLAIN)
        if fact.kinds & PLAIN:
            lists |= LIST
        kinds |= lists
        if lists:
            elements |= _element_kinds(operator, left, right)
    kinds |= (left.kinds | right.kinds) & (TENSOR | SET | OBJECT | DICT | INSTANCE)
    return Fact(kinds, elements) if kinds else UNKNOWN


def _number(operator: str, left: Fact, right: Fact) -> int:
    if left.may_be(COMPLEX) or right.may_be(COMPLEX):
        return NUMBER if not left.only(COMPLEX) else COMPLEX
    if operator == "/":
        return FLOAT
    if operator in ("^^", "**"):
        return FLOAT
    left_kinds, right_kinds = left.kinds & NUMBER, right.kinds & NUMBER
    if left_kinds == FLOAT or right_kinds == FLOAT:
        return FLOAT
    if (left_kinds | right_kinds) & FLOAT:
        return INT | FLOAT
    return INT


def _element_kinds(operator: str, left: Fact, right: Fact) -> int:
    left_kinds = left.elements if left.may_be(LISTS) else left.kinds
    right_kinds = right.elements if right.may_be(LISTS) else right.kinds
    numbers = NUMBER | BOOL
    if left_kinds & ~numbers == 0 and right_kinds & ~numbers == 0:
        return _number(operator, Fact(left_kinds), Fact(right_kinds)) | left_kinds
    return ANY


# --- higher-order builtins ---------------------------------------------------------------------

_MAPS = frozenset(("map", "mapcar", "!map", "maplist", "zipwith", "for"))
_FILTERS = frozenset(
    ("filter", "takewhile", "dropwhile", "filterlist", "droplist", "takelist")
    + ("filtercar", "dropcar", "takecar", "!filter", "!takewhile", "!dropwhile")
    + ("sort", "insert", "take", "drop")
)
_FOLDS = frozenset(("foldl", "foldr", "foldl1", "foldr1", "reduce", "backreduce"))
_SCANS = frozenset(("scanl", "scanr", "scanl1", "scanr1", "scan", "backscan"))
_RIGHT = frozenset(("foldr", "foldr1", "scanr", "scanr1"))


def lambda_arguments(name: str, sequences: Sequence[Fact]) -> list[Fact] | None:
    """Return what the higher-order builtin ``name`` calls its function with."""
    if not sequences:
        return None
    items = element(sequences[-1])
    if name in ("zipwith", "shift"):
        return [element(fact) for fact in sequences]
    if name == "sort":
        return [items, items]
    if name in _FOLDS or name in _SCANS:
        initial = sequences[0] if len(sequences) > 1 else items
        accumulator = initial.join(items) if initial.only(NUMBER) else UNKNOWN
        pair = [accumulator, items]
        return pair[::-1] if name in _RIGHT else pair
    if name in _MAPS or name in _FILTERS:
        if sequences[-1].may_be(DICT | TENSOR) and not sequences[-1].only(LISTS | TEXT):
            return None
        return [items]
    return None


def higher_order_yields(
    builtin: Builtin, sequences: Sequence[Fact], result: Fact, facts: Sequence[Fact]
) -> Fact:
    """Return what a call with a function of the known result yields."""
    name = builtin.name
    lazy = bool(sequences) and sequences[-1].may_be(LAZY)
    if lazy and name in ("map", "!map"):
        return Fact(LAZY, _stored(result).kinds)
    if lazy and name in _FILTERS:
        return Fact(LAZY, element(sequences[-1]).kinds)
    if name in ("map", "mapcar", "!map", "for"):
        return Fact(LIST, _stored(result).kinds)
    if name in ("maplist", "zipwith"):
        return typed_list(result)
    if name in _FILTERS and sequences:
        container = sequences[-1]
        if name in ("filter", "!filter", "takewhile", "dropwhile", "filtercar"):
            return Fact(LIST, element(container).kinds)
        return container
    if name in _FOLDS and sequences:
        return _joined([result, *sequences[:-1], element(sequences[-1])])
    return yields(builtin, facts)


def typed_list(result: Fact) -> Fact:
    """Return the list that `maplist` makes of results of this fact (spec 2.4)."""
    if result.only(INT | BOOL):
        return Fact(INTEGERS, INT)
    if result.only(FLOAT):
        return Fact(NUMBERS, FLOAT)
    if result.only(TEXT):
        return Fact(STRINGS, TEXT)
    if not result.may_be(INT | FLOAT | TEXT | BOOL | NIL):
        return Fact(LIST, _stored(result).kinds)
    return Fact(LIST | INTEGERS | NUMBERS | STRINGS, result.kinds | INT | FLOAT | TEXT)
