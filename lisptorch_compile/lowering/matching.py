"""The patterns of one rule → tests, patterns of `match`, and statements that bind names.

    (defpat lead ([(> x 0) $ rest]) …)

is a `Check` of the first argument by ``[x, *rest]`` and then the step `Test` of ``x > 0``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lisptorch_compile import catalogue
from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    BOOL,
    DICT,
    DICTS,
    FLOATS,
    HEAP,
    INSTANCE,
    INTEGERS,
    LIST,
    LISTS,
    NIL,
    NOTHING,
    NUMBERS,
    PLAIN,
    SET,
    SHORTS,
    STRINGS,
    TEXT,
    UNKNOWN,
    Fact,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import data_fact, element, literal_fact
from lisptorch_compile.forms import Symbol
from lisptorch_compile.lowering.base import Lowerer, TooDeepError
from lisptorch_compile.lowering.build import compare, literal
from lisptorch_compile.lowering.failing import may_fail
from lisptorch_compile.lowering.searching import repeated_parts, searched_entries
from lisptorch_compile.lowering.steps import Check, Match, Run, Step, Test
from lisptorch_compile.nodes import BuiltinCall, Call, Data, Literal, Node, Variable
from lisptorch_compile.pattern_facts import kinds_of_type, narrowed
from lisptorch_compile.patterns import (
    Anything,
    Capture,
    Condition,
    Elements,
    Empty,
    Equal,
    Instance,
    Kleene,
    Mapping,
    Pattern,
    Same,
    TypeTest,
    whole,
)
from lisptorch_compile.patterns import (
    Sequence as SequencePattern,
)
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding, BindingKind

#: Lists in patterns nest this deep: CPython takes 200 brackets.
_MAX_DEPTH = 100


@dataclass(slots=True)
class Matcher:
    """Takes the patterns of one rule apart; ``checks`` come first, ``steps`` in order.

    ``often``: the function calls itself, so a pattern must cost no more than a test. The
    class pattern of an atom does: ``head is PLUS`` takes its place.
    """

    lowerer: Lowerer
    often: bool
    checks: list[Check] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    depth: int = 0  # of lists around the current pattern

    def may_refuse(self) -> bool:
        """Tell whether arguments may be found not to match."""
        refusing = [step for step in self.steps if not isinstance(step, Run)]
        return bool(self.checks or refusing)

    # --- arguments ---------------------------------------------------------------------

    def argument(self, place: int, pattern: Pattern, subject: Binding) -> None:
        """Note what ``pattern`` asks of the argument ``subject``."""
        fact = self.lowerer.facts.of_argument(subject)
        span = pattern.span
        name = py.Name(subject, span)
        match pattern:
            case Anything() | Capture():
                pass
            case Same(binding):
                self._equal(name, fact, Variable(binding, span), span)
            case Condition(inner, test):
                self.argument(place, inner, subject)
                self.condition(test)
            case TypeTest(type_name, inner):
                self._type_check(place, type_name, name, fact, span)
                self.argument(place, inner, subject)
            case Equal(value):
                equal = self._equality(name, fact, value, span)
                self.checks.append(Check(place, equal, self._constant(value)))
            case Empty():
                empty = empty_test(self.lowerer, name, fact, span)
                self.checks.append(Check(place, empty, empty_pattern(fact, span)))
            case SequencePattern() if _has_simple_items(pattern) and _is_list(fact):
                self._simple_sequence(place, pattern, name, fact)
            case Mapping((), None) if fact.only(DICTS):
                self.checks.append(Check(place, py.Unary("not", name, span), None))
            case _:
                matched = self.nested(pattern, fact, name)
                if matched != _anything(span):
                    self.checks.append(Check(place, None, matched))

    def _type_check(
        self, place: int, type_name: str, name: Expr, fact: Fact, span: Span
    ) -> None:
        kinds = kinds_of_type(type_name)
        if fact.only(kinds) and type_name in _CLASSES:
            return
        test, pattern, besides = type_test(self.lowerer, type_name, name, fact, span)
        self.checks.append(Check(place, test, pattern, besides))

    def _simple_sequence(
        self, place: int, pattern: SequencePattern, name: py.Name, fact: Fact
    ) -> None:
        """``[x $ rest]`` of what is surely a list: ``if items`` and ``x, *rest = items``
        say it, too."""
        matched = self.nested(pattern, fact, name)
        assert isinstance(matched, py.MatchSequence)
        span = pattern.span
        size = len(pattern.items)
        if pattern.rest is None:
            length = py.Call(py.Name("len", span), (name,), (), span)
            test: Expr = compare(length, "==", literal(size, span), span)
        elif size == 1:
            test = name
        else:
            length = py.Call(py.Name("len", span), (name,), (), span)
            test = compare(length, ">=", literal(size, span), span)
        targets = tuple([_target(item) for item in matched.items])
        target = py.TupleDisplay(targets, span)
        unpacking = py.Assign((target,), name, span)
        self.checks.append(Check(place, test, matched, (), (unpacking,)))

    # --- parts -------------------------------------------------------------------------

    def nested(
        self, pattern: Pattern, fact: Fact, subject: Expr | None = None
    ) -> py.Pattern:
        """Return Python's pattern, the rest of what must hold in ``steps``.

        ``subject``: an expression of the value, where there is one.
        """
        span = pattern.span
        match pattern:
            case Anything():
                return _anything(span)
            case Capture(binding):
                return self.capture(binding, span)
            case Same(binding):
                again = self.named(binding.name, fact, span)
                self._equal(again, fact, Variable(binding, span), span)
                return py.MatchCapture(None, again, span)
            case Condition(inner, test):
                matched = self.nested(inner, fact)
                self.condition(test)
                return matched
            case TypeTest(type_name, inner):
                return self._nested_type(type_name, inner, fact, span)
            case Equal(Data(Symbol(name))) if self.often and name not in _NO_ATOMS:
                head = self.named("head", fact, span)
                atom = self.lowerer.atom(name, span)
                self.steps.append(Test(compare(head, "is", atom, span)))
                return py.MatchCapture(None, head, span)
            case Equal(value):
                return self._constant(value) or self._nested_equal(value, fact, span)
            case Empty():
                return self._nested_empty(fact, span)
            case SequencePattern():
                return self._sequence(pattern, narrowed(fact, LISTS), subject)
            case Instance():
                return self._instance(pattern)
            case Mapping():
                return self._mapping(pattern, narrowed(fact, DICTS), subject)
            case Elements():
                return self._elements(pattern, narrowed(fact, SET), subject)

    def capture(self, binding: Binding, span: Span) -> py.MatchCapture:
        if binding in self.lowerer.unread:
            return _anything(span)
        self.lowerer.note_assigned(binding)
        name = self.lowerer.variable(binding, span)
        assert isinstance(name, py.Name)
        return py.MatchCapture(None, name, span)

    def named(self, role: str, fact: Fact, span: Span) -> py.Name:
        """Return a new name, for a value that a test looks at."""
        return py.Name(self.lowerer.temporary(role, span), span)

    def _nested_type(
        self, type_name: str, inner: Pattern, fact: Fact, span: Span
    ) -> py.Pattern:
        kinds = kinds_of_type(type_name)
        place = len(self.steps)
        within = self.nested(inner, narrowed(fact, kinds))
        if fact.only(kinds) and type_name in _CLASSES:
            return within
        captured = within if isinstance(within, py.MatchCapture) else None
        name = captured.name if captured is not None else None
        needed = _needs_test(type_name, fact)
        if captured is None or (needed and name is None):
            name = self.named("item", fact, span)
        if name is None:
            matched = type_pattern(self.lowerer, type_name, span)
            return matched if matched is not None else _anything(span)
        test, matched, besides = type_test(self.lowerer, type_name, name, fact, span)
        asked: list[Step] = [Test(each) for each in besides]
        if matched is None:
            asked.append(Test(test))
        if captured is None:
            asked.append(Match(name, within))
        self.steps[place:place] = asked
        return py.MatchCapture(matched, name, span)

    def _constant(self, value: Literal | Data) -> py.Pattern | None:
        """Return the pattern of a constant; None for lists and the like."""
        span = value.span
        match value:
            case Literal(bool() | None):
                return None
            case Literal(constant):
                return py.MatchValue(literal(constant, span), span)
            case Data(Symbol(name)) if name not in _NO_ATOMS:
                symbol = self.lowerer.imported("Symbol", span)
                inner = py.MatchValue(literal(name, span), span)
                return py.MatchClass(symbol, (inner,), (), span)
            case _:
                return None

    def _nested_equal(
        self, value: Literal | Data, fact: Fact, span: Span
    ) -> py.Pattern:
        name = self.named("item", fact, span)
        self.steps.append(Test(self._equality(name, fact, value, span)))
        return py.MatchCapture(None, name, span)

    def _nested_empty(self, fact: Fact, span: Span) -> py.Pattern:
        matched = empty_pattern(fact, span)
        if matched is not None:
            return matched
        name = self.named("item", fact, span)
        self.steps.append(Test(empty_test(self.lowerer, name, fact, span)))
        return py.MatchCapture(None, name, span)

    # --- tests -------------------------------------------------------------------------

    def _equal(self, name: Expr, fact: Fact, node: Variable, span: Span) -> None:
        self.steps.append(Test(self._equality(name, fact, node, span)))

    def _equality(
        self, name: Expr, fact: Fact, node: Variable | Literal | Data, span: Span
    ) -> Expr:
        """Return the test that a value equals that of ``node``, as LispE's `=` has it."""
        assert isinstance(name, py.Name) and isinstance(name.id, Binding)
        equals = catalogue.lookup("=")
        assert equals is not None
        subject = Variable(name.id, span)
        self.lowerer.facts.learn(subject, fact)
        if isinstance(node, Variable):
            known = self.lowerer.fact_of_variable(node.binding)
            self.lowerer.facts.learn(node, known)
        elif isinstance(node, Literal):
            self.lowerer.facts.learn(node, literal_fact(node.value))
        else:
            self.lowerer.facts.learn(node, data_fact(node.form))
        sides = (node, subject) if isinstance(node, Variable) else (subject, node)
        test = BuiltinCall(equals, sides, span)
        before, value = self.lowerer.condition(test)
        assert not before
        return value

    def condition(self, node: Node) -> None:
        """Add the test of a condition; an error in it is no match."""
        before, test = self.lowerer.condition(node)
        if may_fail(self.lowerer, node):
            test = self._held(node, test, before)
        if before:
            self.steps.append(Run(tuple(before)))
        self.steps.append(Test(test))

    def _held(self, node: Node, test: Expr, before: list[Stmt]) -> Expr:
        """``holds(is_big, x)``, ``holds(lambda: f(x) > 1)``."""
        span = node.span
        if before:
            return test
        if isinstance(node, Call) and isinstance(test, py.Call) and not test.keywords:
            arguments = (test.function, *test.arguments)
            return self.lowerer.runtime("holds", arguments, span)
        return self.lowerer.runtime("holds", [py.Lambda((), test, span)], span)

    # --- lists -------------------------------------------------------------------------

    def _sequence(
        self, pattern: SequencePattern, fact: Fact, subject: Expr | None
    ) -> py.Pattern:
        plain = [item for item in pattern.items if not isinstance(item, Kleene)]
        if len(plain) < len(pattern.items):
            return repeated_parts(self, pattern, fact, subject)
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise TooDeepError(pattern.span)
        items = [self.nested(item, element(fact)) for item in plain]
        self.depth -= 1
        if pattern.rest is not None:
            items.append(self.rest(pattern.rest, fact, subject, len(plain)))
        return py.MatchSequence(tuple(items), pattern.span)

    def rest(
        self, rest: Pattern, fact: Fact, subject: Expr | None, size: int
    ) -> py.MatchStar:
        """Return ``*rest`` behind ``size`` elements, and wrap the plain list that it gives
        where it matters."""
        span = rest.span
        lowerer = self.lowerer
        match rest:
            case Anything():
                return py.MatchStar(None, span)
            case Capture(binding) if binding in lowerer.unread:
                return py.MatchStar(None, span)
            case Capture(binding):
                lowerer.note_assigned(binding)
                name = lowerer.variable(binding, span)
                assert isinstance(name, py.Name)
                if binding in lowerer.plain_rests:
                    return py.MatchStar(name, span)
                wrapped = self._wrapped(name, fact, subject, size)
                self.steps.append(Run((py.Assign((name,), wrapped, span),)))
                return py.MatchStar(None if _is_sliced(wrapped) else name, span)
            case Same(binding):
                name = self.named("others", fact, span)
                self._equal(name, fact, Variable(binding, span), span)
                return py.MatchStar(name, span)
            case _:
                name = self.named("others", fact, span)
                self._inner_match(name, rest, fact)
                return py.MatchStar(name, span)

    def _inner_match(self, name: py.Name, pattern: Pattern, fact: Fact) -> None:
        """Match a named part of the value, before what else must hold of it."""
        place = len(self.steps)
        self.steps.insert(place, Match(name, self.nested(pattern, fact)))

    def _wrapped(
        self, name: py.Name, fact: Fact, subject: Expr | None, size: int
    ) -> Expr:
        span = name.span
        for kind, wrapper in _WRAPPERS:
            if fact.only(kind):
                return self.lowerer.runtime(wrapper, [name], span)
        if subject is None or fact.kinds == NOTHING:
            return self.lowerer.runtime("List", [name], span)
        return self.lowerer.runtime(
            "patterns.rest", [subject, literal(size, span)], span
        )

    # --- instances, dictionaries, sets --------------------------------------------------

    def _instance(self, pattern: Instance) -> py.Pattern:
        fields = tuple([self.nested(part, UNKNOWN) for part in pattern.fields])
        name = self.lowerer.variable(pattern.type, pattern.span)
        return py.MatchClass(name, fields, (), pattern.span)

    def _mapping(
        self, pattern: Mapping, fact: Fact, subject: Expr | None
    ) -> py.Pattern:
        span = pattern.span
        if not all([_is_constant_key(key) for key, _ in pattern.entries]):
            return searched_entries(self, pattern, fact, subject)
        if not pattern.entries and pattern.rest is None:
            name = self.named("table", fact, span)
            nothing = py.DictDisplay((), span)
            self.steps.append(Test(compare(name, "==", nothing, span)))
            return py.MatchCapture(None, name, span)
        pairs: list[tuple[Expr, py.Pattern]] = []
        for key, value in pattern.entries:
            assert isinstance(key, Equal)
            pairs.append((_key(key, fact), self.nested(value, element(fact))))
        rest: py.Name | None = None
        match pattern.rest:
            case None:
                rest = self.named("others", fact, span)
                self.steps.append(Test(py.Unary("not", rest, span)))
            case Capture(binding):
                rest = self.capture(binding, span).name
            case Anything():
                pass
            case other:
                rest = self.named("others", fact, span)
                self._inner_match(rest, other, fact)
        return py.MatchMapping(tuple(pairs), rest, span)

    def _elements(
        self, pattern: Elements, fact: Fact, subject: Expr | None
    ) -> py.Pattern:
        span = pattern.span
        constants: list[Expr] = []
        variables: list[Pattern] = []
        for item in pattern.items:
            if isinstance(item, Equal):
                constants.append(self.constant_value(item))
            else:
                variables.append(item)
        matched = [self.nested(item, element(fact)) for item in variables]
        rest = pattern.rest or Anything(span)
        matched.append(self.nested(rest, fact))
        known = py.ListDisplay(tuple(constants), span)
        count = literal(len(variables), span)

        def found(subject: Expr) -> Expr:
            arguments = [subject, known, count]
            return self.lowerer.runtime("patterns.take_elements", arguments, span)

        return self.searched(
            found, py.MatchSequence(tuple(matched), span), fact, subject, span
        )

    # --- what only the runtime finds ------------------------------------------------------

    def searched(
        self,
        search: Callable[[Expr], Expr],
        pattern: py.Pattern,
        fact: Fact,
        subject: Expr | None,
        span: Span,
    ) -> py.Pattern:
        """Match what ``search`` finds in the value, for which a pattern is returned that
        takes all: ``match patterns.take(items, …):``."""
        matched = _anything(span)
        if subject is None:
            name = self.named("items", fact, span)
            subject, matched = name, py.MatchCapture(None, name, span)
        self.steps.insert(0, Match(search(subject), pattern))
        return matched

    def require(self, test: Expr) -> None:
        self.steps.append(Test(test))

    def type_function(self, pattern: TypeTest, fact: Fact) -> Expr:
        """Return the test of a type as a function of one element."""
        span = pattern.span
        binding = whole(pattern) or Binding("item", BindingKind.TEMPORARY, span)
        name = py.Name(binding, span)
        test, _, _ = type_test(self.lowerer, pattern.type, name, fact, span)
        if isinstance(pattern.inner, Condition):
            before, condition = self.lowerer.condition(pattern.inner.test)
            assert not before
            test = py.Logical("and", (test, condition), span)
        return py.Lambda((py.Parameter(name, None, "", span),), test, span)

    def equal_function(self, pattern: Equal, fact: Fact) -> Expr:
        """Return the test that one element equals a constant."""
        span = pattern.span
        name = py.Name(Binding("item", BindingKind.TEMPORARY, span), span)
        test = self._equality(name, fact, pattern.value, span)
        return py.Lambda((py.Parameter(name, None, "", span),), test, span)

    def constant_value(self, pattern: Equal) -> Expr:
        before, value = self.lowerer.value(pattern.value)
        assert not before
        return value

    def function_of(self, element: Binding | None, node: Node) -> Expr:
        """Return the test of one element as a function: ``is_digit``, ``lambda x: x < 3``."""
        before, test = self.lowerer.condition(node)
        assert not before
        match test:
            case py.Call(function, (py.Name(id),), ()) if id is element:
                return function
        name = element or Binding("item", BindingKind.TEMPORARY, node.span)
        parameter = py.Parameter(py.Name(name, node.span), None, "", node.span)
        return py.Lambda((parameter,), test, node.span)


_WRAPPERS = (
    (LIST | PLAIN, "List"),
    (INTEGERS, "Integers"),
    (NUMBERS, "Numbers"),
    (FLOATS, "Floats"),
    (SHORTS, "Shorts"),
    (STRINGS, "Strings"),
)


def _is_sliced(wrapped: Expr) -> bool:
    return isinstance(wrapped, py.Call) and isinstance(wrapped.function, py.Attribute)


def _anything(span: Span) -> py.MatchCapture:
    return py.MatchCapture(None, None, span)


def _target(item: py.Pattern) -> Expr:
    """Return what an assignment writes for a name of a sequence pattern."""
    match item:
        case py.MatchCapture(_, name, span):
            return name if name is not None else py.Name("_", span)
        case py.MatchStar(name, span):
            return py.Starred(name if name is not None else py.Name("_", span), span)
        case _:
            raise AssertionError(item)


#: Names that are no atoms when quoted.
_NO_ATOMS = frozenset(("nil", "_", "false", "fail_", "true"))


def _is_constant_key(key: Pattern) -> bool:
    return isinstance(key, Equal) and isinstance(key.value, Literal)


def _key(key: Equal, table: Fact) -> Expr:
    """Return a constant key; a dictionary with text keys has numbers as their text."""
    assert isinstance(key.value, Literal)
    value = key.value.value
    if table.only(DICT) and isinstance(value, int | float):
        value = f"{value:g}" if isinstance(value, float) else str(value)
    return literal(value, key.span)


def _has_simple_items(pattern: SequencePattern) -> bool:
    items = pattern.items if pattern.rest is None else (*pattern.items, pattern.rest)
    return all([isinstance(item, Capture | Anything) for item in items])


def _is_list(fact: Fact) -> bool:
    return fact.only(LISTS | NIL)


# --- empty values -----------------------------------------------------------------------------


def empty_test(lowerer: Lowerer, name: Expr, fact: Fact, span: Span) -> Expr:
    """Return the test that a value is an empty container or text, or nil."""
    if fact.only(LISTS | NIL | TEXT | DICTS | SET | HEAP):
        return py.Unary("not", name, span)
    return lowerer.runtime("patterns.is_empty", [name], span)


def empty_pattern(fact: Fact, span: Span) -> py.Pattern | None:
    """Return the pattern of an empty value; None: none says it for all that it may be."""
    if fact.may_be(DICTS | SET | HEAP):
        return None
    alternatives: list[py.Pattern] = []
    if fact.kinds == NOTHING or fact.may_be(LISTS):
        alternatives.append(py.MatchSequence((), span))
    if fact.kinds == NOTHING or fact.may_be(NIL):
        alternatives.append(py.MatchValue(literal(None, span), span))
    if fact.may_be(TEXT):
        alternatives.append(py.MatchValue(literal("", span), span))
    if not alternatives:
        return None
    if len(alternatives) == 1:
        return alternatives[0]
    return py.MatchOr(tuple(alternatives), span)


# --- types ---------------------------------------------------------------------------------

#: The classes of the values of a type.
_CLASSES = {
    "integer_": "int",
    "short_": "int",
    "number_": "float",
    "float_": "float",
    "complex_": "complex",
    "string_": "str",
    "stringbyte_": "bytes",
    "atom_": "Symbol",
    "list_": "list",
    "llist_": "LinkedList",
    "integers_": "Integers",
    "numbers_": "Numbers",
    "floats_": "Floats",
    "shorts_": "Shorts",
    "strings_": "Strings",
    "maybe_": "Maybe",
}
#: Types whose class has subclasses that are of another type: the kinds of those.
_SUBCLASSED = {"integer_": BOOL, "short_": BOOL, "list_": STRINGS | INSTANCE}


def _needs_test(type_name: str, fact: Fact) -> bool:
    """Tell whether Python's class pattern alone does not say the type."""
    if type_name not in _CLASSES:
        return True
    return fact.may_be(_SUBCLASSED.get(type_name, NOTHING))


def type_pattern(lowerer: Lowerer, type_name: str, span: Span) -> py.Pattern | None:
    name = _CLASSES.get(type_name)
    if name is None:
        return None
    return py.MatchClass(lowerer.imported(name, span), (), (), span)


def type_test(
    lowerer: Lowerer, type_name: str, name: Expr, fact: Fact, span: Span
) -> tuple[Expr, py.Pattern | None, tuple[Expr, ...]]:
    """Return the test that a value is of a type; the pattern that says it, and what must
    hold besides that."""
    matched = type_pattern(lowerer, type_name, span)
    if matched is None:
        kind = lowerer.runtime("kinds.type_of", [name], span)
        symbol = lowerer.runtime("Symbol", [literal(type_name, span)], span)
        return compare(kind, "is", symbol, span), None, ()
    cls = "List" if type_name == "list_" else _CLASSES[type_name]
    if _needs_test(type_name, fact):
        kind = py.Call(py.Name("type", span), (name,), (), span)
        exact = compare(kind, "is", lowerer.imported(cls, span), span)
        return exact, matched, (_is_no_other(lowerer, type_name, name, fact, span),)
    known = lowerer.imported(_CLASSES[type_name], span)
    test = py.Call(py.Name("isinstance", span), (name, known), (), span)
    return test, matched, ()


def _is_no_other(
    lowerer: Lowerer, type_name: str, name: Expr, fact: Fact, span: Span
) -> Expr:
    """Return the test that a value of a class is of none of its subclasses: ``true`` is
    no integer, a list of texts no `list_`."""
    if type_name == "list_" and fact.may_be(INSTANCE):
        kind = py.Call(py.Name("type", span), (name,), (), span)
        return compare(kind, "is", lowerer.imported("List", span), span)
    other: Expr = py.Name("bool", span)
    if type_name == "list_":
        other = lowerer.imported("Strings", span)
    test = py.Call(py.Name("isinstance", span), (name, other), (), span)
    return py.Unary("not", test, span)
