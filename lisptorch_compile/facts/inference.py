"""The inference itself: rounds over the program until nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from lisptorch_compile.aliasing import Aliases, bindings_in, gives_what_was_made
from lisptorch_compile.catalogue.model import (
    ANY,
    BOOL,
    BOTTOM,
    DICT,
    DICTS,
    FLOAT,
    FUNCTION,
    HEAP,
    INSTANCE,
    INT,
    LAZY,
    LIST,
    LISTS,
    MAYBE,
    NIL,
    NOTHING,
    NUMBERED,
    OBJECT,
    SET,
    TEXT,
    UNKNOWN,
    Arithmetic,
    Fact,
)
from lisptorch_compile.class_table import class_table
from lisptorch_compile.fact_rules import (
    data_fact,
    data_parts,
    element,
    joined,
    literal_fact,
    loop_element,
    negation,
    stored,
    yields,
)
from lisptorch_compile.facts import (
    builtins,
    calls,
    classes,
    functions,
    passing,
    records,
)
from lisptorch_compile.facts.base import Inference, constant_key
from lisptorch_compile.facts.builtins import CHANGERS
from lisptorch_compile.facts.filled import NONE, Filled, filled_after, leaves, may_take
from lisptorch_compile.facts.survey import MADE_KINDS, survey
from lisptorch_compile.facts.table import Facts
from lisptorch_compile.nodes import (
    Assign,
    Attribute,
    Block,
    Body,
    BuiltinCall,
    BuiltinValue,
    Call,
    Catch,
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
    Locked,
    Logical,
    Maybe,
    New,
    Node,
    Not,
    PatternFunction,
    Program,
    PyImport,
    Repeat,
    Result,
    Return,
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
from lisptorch_compile.places import NO_PARTS, Parts
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children

_NIL = Fact(NIL, NOTHING)
_TRUE = Fact(BOOL, NOTHING)
_INT = Fact(INT, NOTHING)
_TEXT = Fact(TEXT, NOTHING)
_OBJECT = Fact(OBJECT, NOTHING)

#: Kinds of values that have elements.
_CONTAINERS = LISTS | DICTS | SET | HEAP | LAZY | INSTANCE | OBJECT | MAYBE

_MAX_ROUNDS = 12

#: What is in them runs at another time, several times or not to its end.
_APART = (
    While,
    For,
    Repeat,
    Switch,
    Maybe,
    Catch,
    Locked,
) + (  # a tuple: quicker than a union
    FunctionDef,
    PatternFunction,
)


def infer(program: Program, numbers: Arithmetic = Arithmetic.PYTHON) -> Facts:
    """Return the facts of ``program``, the least fixpoint of its assignments and calls.

    What lives in a file that is no part of it is unknown.
    """
    facts = Facts(numbers, classes=class_table(program), body=program.body)
    survey(program, facts)
    for binding in program.foreign.keys() - set(program.globals):
        facts.variables[binding] = UNKNOWN  # of a file that is not known
    facts.shared.update(program.foreign)
    aliases = Aliases(program)
    if program.open:
        _open(program, facts)
        aliases.places.put_anywhere()
    inference = _Walk(facts, aliases)
    for _ in range(_MAX_ROUNDS):
        inference.changed = False
        for node in program.body:
            inference.fact(node)
        if not inference.changed:
            break
    else:
        inference = _give_up(program, facts, inference.aliases)
    facts.universe |= inference.made & MADE_KINDS
    return facts


def _open(program: Program, facts: Facts) -> None:
    """Expect anything of code that is evaluated when the program runs."""
    facts.universe = ANY
    facts.escaping.update(facts.functions, facts.classes.records)
    for binding in program.globals:
        if binding.kind is BindingKind.GLOBAL:
            facts.variables[binding] = UNKNOWN


def _give_up(program: Program, facts: Facts, aliases: Aliases) -> _Walk:
    """Forget what did not settle: every variable, parameter and result is unknown."""
    for table in (facts.variables, facts.results):
        for binding in table:
            table[binding] = UNKNOWN
    inference = _Walk(facts, aliases)
    inference.settled = False
    facts.sure.clear()
    for node in program.body:
        inference.fact(node)
    return inference


class _Walk(Inference):
    """What each node says, one short case for each."""

    def fact(self, node: Node) -> Fact:
        apart = isinstance(node, _APART)
        if apart:
            self.nonempty = NONE
        fact = self._fact(node)
        if apart:
            self.nonempty = NONE
        elif self.nonempty and not isinstance(node, Variable):
            kept = NONE if may_take(node) else self.nonempty
            self.nonempty = kept.difference(bindings_in(node))
        if fact.kinds & _CONTAINERS and self.settled:
            place = self.aliases.of(node)
            if _makes(node, fact):
                self.made_at(place, fact.elements, self._parts_of(node))
            fact = self.within(fact, place)
        self.facts.nodes[id(node)] = fact
        return fact

    def _fact(self, node: Node) -> Fact:
        match node:
            case Literal(value):
                return literal_fact(value)
            case Data(form, _, named):
                for _, function in named:
                    self.fact(function)
                for datum, place in self.aliases.data(form, self.aliases.of(node)):
                    self.made_at(place, data_fact(datum).elements, data_parts(datum))
                    records.quoted_record(self, datum)
                return data_fact(form)
            case Variable(binding):
                return self.variable(binding)
            case Call():
                return calls.call(self, node)
            case BuiltinCall():
                return builtins.builtin_call(self, node)
            case BuiltinValue(builtin):
                if builtin.name in CHANGERS:  # who calls it may put in anything
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
                passing.lambda_result(self, node, None)
                return Fact(FUNCTION, NOTHING)
            case Assign(binding, value, result):
                fact = self.fact(value)
                self.assign(binding, fact)
                return _TRUE if result is Result.TRUE else fact
            case Destructure(bindings, value):
                self._take_apart(bindings, value)
                return _TRUE
            case Update(operator, binding, operands):
                facts = [self.variable(binding), *[self.fact(o) for o in operands]]
                fact = yields(operator, facts, self.facts.numbers)
                self.assign(binding, fact)
                return fact
            case UpdateItem():
                return builtins.update_item(self, node)
            case Let(bindings, body):
                for binding, value in bindings:
                    self.assign(binding, self.fact(value))
                return self.body(body)
            case If(test, then, orelse):
                return self._choice(test, then, orelse)
            case Block(body):
                return self.body(body)
            case Logical(operator, operands, value):
                facts = self._logical(operator, operands)
                return joined(facts) if value else Fact(BOOL | NIL, NOTHING)
            case Not(operand):
                return negation(self.fact(operand))
            case While(test, body):
                self.fact(test)
                self.nonempty |= filled_after(test)[0]
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
                    return fact.join(passing.lambda_result(self, handler, [_TEXT]))
                return fact.join(self.fact(handler))
            case Catch(body):
                return self.body(body).join(Fact(MAYBE, NOTHING))
            case Elapse(body):
                self.body(body)
                return Fact(FLOAT, NOTHING)
            case Locked(lock, body):
                if lock is not None:
                    self.fact(lock)
                self.locks += 1
                fact = self.body(body)
                self.locks -= 1
                return fact
            case Interpolated(parts):
                for part in parts:
                    if not isinstance(part, str):
                        self.fact(part)
                return _TEXT
            case FunctionDef():
                return functions.function(self, node)
            case PatternFunction():
                return functions.pattern_function(self, node)
            case ClassDef():
                return classes.class_definition(self, node)
            case DataDef(_, types):
                for each in types:
                    if each.binding in self.facts.escaping:
                        records.any_record(self, each.binding)
                return _NIL
            case This():
                return self.instance
            case Attribute(value):
                return classes.attribute(self, self.fact(value), node.name)
            case Send():
                receiver = UNKNOWN if node.foreign else BOTTOM
                return classes.method_call(self, node, receiver).join(
                    self.fact(node.otherwise)
                )
            case SuperCall(parent):
                self.fact(parent)
                return classes.method_call(self, node, self.instance)
            case New(construction, instance, fields):
                made = self.fact(construction)
                self.assign(instance, made)
                for field_name, value in fields:
                    classes.set_field(self, field_name, self.fact(value))
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

    def _take_apart(self, bindings: Sequence[Binding], value: Node) -> None:
        """``(setq (a b) value)``"""
        fact, place = self.fact(value), self.aliases.of(value)
        present = Fact(fact.kinds & ~NIL, fact.elements)
        for position, binding in enumerate(bindings):
            self.assign(binding, self.part(present, place, position) or element(fact))

    def _parts_of(self, node: Node) -> Parts:
        """Return the elements with which a list or dictionary is written."""
        entries: Sequence[tuple[int | str | None, Node]]
        match node:
            case ListLiteral(items):
                entries = list(enumerate(items))
            case BuiltinCall(builtin, arguments) if builtin.name == "list":
                entries = list(enumerate(map(argument_value, arguments)))
            case DictLiteral(pairs, True):
                entries = [(constant_key(key), value) for key, value in pairs]
            case _:
                return NO_PARTS
        known = self.facts.nodes
        return {
            key: stored(known[id(value)]).kinds
            for key, value in entries
            if key is not None
        }

    def _for(self, node: For) -> Fact:
        facts = [self.fact(iterable) for iterable in node.iterables]
        for binding, fact in zip(node.bindings, facts, strict=False):
            self.assign(binding, loop_element(fact, node.kind))
        if node.test is not None:
            self.fact(node.test)
        return self.body(node.body).join(_NIL)

    def _join_kinds(self, nodes: Sequence[Node]) -> int:
        kinds = NOTHING
        for node in nodes:
            kinds |= stored(self.fact(node)).kinds
        return kinds

    def _logical(self, operator: str, operands: Body) -> list[Fact]:
        """Return the facts of operands of which the later ones are evaluated when the
        earlier ones are true (`and`) or false (`or`)."""
        facts: list[Fact] = []
        present: AbstractSet[Binding] = NONE
        before = self.nonempty
        for operand in operands:
            facts.append(self._present(present, operand))
            present = {b for b in present if not _sets(operand, b)}
            if operator != "xor":
                after = 0 if operator == "and" else 1
                present = present | _not_nil_after(operand)[after]
                self.nonempty |= filled_after(operand)[after]
        self.nonempty &= before
        return facts

    def _choice(self, test: Node, then: Node, orelse: Node) -> Fact:
        self.fact(test)
        present, absent = _not_nil_after(test)
        filled, empty = filled_after(test)
        before = self.nonempty
        self.nonempty = before | filled
        fact = self._present(present, then)
        after = self.nonempty
        self.nonempty = before | empty
        fact = fact.join(self._present(absent, orelse))
        if leaves(orelse):
            self.nonempty = after
        elif not leaves(then):
            self.nonempty &= after
        return fact

    def _present(self, bindings: AbstractSet[Binding], branch: Node) -> Fact:
        """Return the fact of a branch that is taken when variables are not nil."""
        new = {b for b in bindings - self.present if not _sets(branch, b)}
        self.present |= new
        fact = self.fact(branch)
        self.present -= new
        return fact


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


def _not_nil_after(test: Node) -> tuple[Filled, Filled]:
    """Return the variables that are not nil where a test is true, and where it is false."""
    match test:
        case Variable(binding):
            return frozenset((binding,)), NONE
        case Not(operand):
            true, false = _not_nil_after(operand)
            return false, true
        case BuiltinCall(builtin, (Variable(binding),)) if builtin.name == "nullp":
            return NONE, frozenset((binding,))
        case Logical("and", operands):
            return NONE.union(*[_not_nil_after(o)[0] for o in operands]), NONE
        case Logical("or", operands):
            return NONE, NONE.union(*[_not_nil_after(o)[1] for o in operands])
        case _:
            return NONE, NONE


def _sets(branch: Node, binding: Binding) -> bool:
    """Tell whether a variable may be set again in a branch, by a function of it, too."""
    is_global = binding.kind is BindingKind.GLOBAL
    stack = [branch]
    while stack:
        node = stack.pop()
        if isinstance(node, Lambda) or is_global and may_take(node):
            return True
        if not isinstance(node, Variable) and binding in bindings_in(node):
            return True
        stack.extend(children(node))
    return False
