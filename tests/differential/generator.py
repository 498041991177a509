"""Random programs: typed, so that each has one meaning, and bounded, so that it ends.

Integers, scalars (integers, true and nil) and lists of integers are kept apart; loops count,
and only functions with a parameter ``n`` call themselves. What the language reference leaves
open is not written: names that may be unset, a ``break`` in the test of a ``while``, a lambda
that outlives its ``let``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random

from differential import definitions
from differential.programs import Function, Node, Program, names_in

#: Some of these are words that compilers like for their temporaries.
LOCALS = ("x", "y", "value", "result", "holds")
FLAGS = ("flag", "found")  # hold scalars: integers, true and nil
LISTS = ("items", "row")
LAMBDAS = ("h0", "h1")
COUNTERS = ("k0", "k1", "k2")
GLOBALS = ("g0", "g1")
PARAMETERS = ("a", "b", "c")
LAMBDA_PARAMETERS = ("p", "q")

COMPARISONS = ("<", "<=", ">", "=", "!=")


# The names of the forms are those of the methods that write them, with their weights.
ANY = {
    "block": 3, "let": 2, "if": 3, "cond": 1, "ncheck": 1, "apply": 2, "call": 6,
    "maybe": 1, "leave": 1, "itself": 2,
}  # fmt: skip
INT = {
    "op": 3, "add": 2, "at": 1, "size": 1, "stored": 3, "select": 1, "run": 2, "tally": 1,
    "pick": 1, "count": 1, "walk": 1, "caught": 1, "sort_out": 3, "send": 3,
}  # fmt: skip
SCALAR = {
    "set": 6, "setg": 2, "unpack": 1, "compare": 2, "and": 2, "or": 2, "not": 1, "if2": 2,
    "check": 2, "cond2": 1, "while": 2, "loop": 3, "loopcount": 2, "andvalue": 1,
    "select": 1, "setlambda": 1, "hook": 1,
}  # fmt: skip
LIST = {"list": 6, "map": 1}
EFFECT = {
    "set": 6, "setg": 2, "unpack": 1, "add": 3, "if2": 2, "check": 2, "cond2": 1, "while": 2,
    "loop": 3, "loopcount": 2, "and": 1, "setlambda": 2, "hook": 1, "stored": 2, "run": 1,
    "tally": 1, "put": 1, "send": 2, "seti": 3, "sort_out": 1,
}  # fmt: skip
FORMS = {
    "int": {**ANY, **INT},
    "scalar": {**ANY, **SCALAR},
    "list": {**ANY, **LIST},
    "effect": {**ANY, **EFFECT},
}


@dataclass(frozen=True, slots=True)
class Signature:
    """``kind`` is that of the value: ``int``, ``scalar`` (also true and nil) or ``list``."""

    name: str
    required: int
    optional: int
    kind: str


@dataclass(frozen=True, slots=True)
class Place:
    """What may be written where a node stands."""

    readable: tuple[str, ...]
    settable: tuple[str, ...]
    lists: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    globals: tuple[str, ...] = GLOBALS
    lambdas: tuple[Signature, ...] = ()
    functions: tuple[Signature, ...] = ()
    itself: Signature | None = None  # callable as long as the parameter `n` lasts
    counters: tuple[str, ...] = COUNTERS
    in_loop: bool = False
    returns: str | None = None  # the kind of value that `return` must have
    throws: bool = False
    redefines: bool = False  # stored lambdas may be set: no `let` or lambda is around
    hooks: bool = False  # stored lambdas may be handed to functions that call them
    patterns: tuple[str, ...] = tuple(definitions.PATTERNS)
    methods: tuple[str, ...] = definitions.METHODS
    fields: tuple[str, ...] = ()  # of the object whose method this is

    def inside_lambda(self, parameters: tuple[str, ...], kind: str) -> Place:
        inner = replace(self, itself=None, in_loop=False, returns=kind, hooks=False)
        return inner.with_names(parameters)

    def with_names(self, names: tuple[str, ...]) -> Place:
        return replace(
            self,
            readable=(*self.readable, *names),
            settable=(*self.settable, *names),
            lists=tuple(name for name in self.lists if name not in names),
            redefines=False,
        )


class Writer:
    """Writes nodes for one program; ``fuels`` are the counters that bound its `while`s."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.fuels: list[str] = []

    def value(self, kind: str, size: int, place: Place) -> Node:
        """Return a node of about ``size`` nodes whose value is of ``kind``."""
        if size <= 1:
            return self.leaf(kind, place)
        if kind == "scalar" and self.random.random() < 0.35:
            kind = "int"
        forms = FORMS[kind]
        while True:
            (form,) = self.random.choices(list(forms), list(forms.values()))
            node = self.written(form, kind, size - 1, place)
            if node is not None:
                return node

    def written(self, form: str, kind: str, size: int, place: Place) -> Node | None:
        """Return a node of a form; None: it does not fit here."""
        defined: Callable[..., Node | None] | None = getattr(
            definitions, f"write_{form}", None
        )
        if defined is not None:
            return defined(self, size, place)
        write: Callable[[str, int, Place], Node | None] = getattr(self, f"write_{form}")
        return write(kind, size, place)

    def leaf(self, kind: str, place: Place) -> Node:
        effect = kind == "effect" or self.random.random() < 0.2
        if effect and place.functions and kind != "list":
            return self.small_effect(kind, place)
        if kind == "list":
            if place.lists and self.random.random() < 0.6:
                return ("get", self.random.choice(place.lists))
            return (
                "list",
                *(self.leaf("int", place) for _ in range(self.random.randint(1, 3))),
            )
        if kind == "scalar" and place.flags and self.random.random() < 0.4:
            return ("get", self.random.choice(place.flags))
        names = place.readable + place.globals
        if names and self.random.random() < 0.8:
            return ("get", self.random.choice(names))
        return ("int", self.random.randint(0, 4))

    def small_effect(self, kind: str, place: Place) -> Node:
        chance = self.random.random()
        if chance < 0.3:
            return ("call", "tick", ())
        operand = self.leaf_name(place)
        if chance < 0.6 or not place.settable:
            return ("call", "note", (operand,))
        form = "set" if kind != "int" and chance < 0.8 else "add"
        return (form, self.random.choice(place.settable), operand)

    def leaf_name(self, place: Place) -> Node:
        return ("get", self.random.choice(place.readable + place.globals))

    def sizes(self, size: int, count: int) -> list[int]:
        """Part ``size`` into ``count`` random pieces."""
        cuts = sorted(self.random.randint(0, max(size, 0)) for _ in range(count - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, max(size, 0)], strict=True)]

    def operands(
        self, kind: str, size: int, place: Place, low: int, high: int
    ) -> list[Node]:
        count = self.random.randint(low, high)
        return (
            [self.value(kind, part, place) for part in self.sizes(size, count)]
            if count
            else []
        )

    def body(self, kind: str, size: int, place: Place, most: int = 3) -> list[Node]:
        """Return forms to run in order; the last one's value is of ``kind``."""
        *sizes, last = self.sizes(size, self.random.randint(1, most))
        return [
            *(self.value("effect", part, place) for part in sizes),
            self.value(kind, last, place),
        ]

    def lambda_(self, kind: str, arity: int, size: int, place: Place) -> Node:
        """Return a lambda; its last parameter may hide a variable of the function around it."""
        names = list(LAMBDA_PARAMETERS[:arity])
        if names and place.settable and self.random.random() < 0.3:
            hidden = self.random.choice(place.settable)
            if hidden not in names:
                names[-1] = hidden
        body = self.body(kind, size, place.inside_lambda(tuple(names), kind))
        return ("lambda", tuple(names), *body)

    # --- forms of any kind -----------------------------------------------------------------------

    def write_block(self, kind: str, size: int, place: Place) -> Node:
        return ("block", *self.body(kind, size, place))

    def write_let(self, kind: str, size: int, place: Place) -> Node | None:
        names = [*LAMBDA_PARAMETERS, *place.settable]
        if (
            place.returns is None
        ):  # at the top level others would see a global that `let` binds
            return None
        chosen = self.random.sample(names, min(len(names), self.random.randint(1, 2)))
        *sizes, rest = self.sizes(size, len(chosen) + 1)
        bindings = []
        for name, part in zip(chosen, sizes, strict=True):
            bindings.append((name, self.value("int", part, place)))
            place = place.with_names((name,))
        return ("let", tuple(bindings), *self.body(kind, rest, place))

    def write_if(self, kind: str, size: int, place: Place) -> Node:
        test, then, other = self.sizes(size, 3)
        return (
            "if",
            self.value("scalar", test, place),
            self.value(kind, then, place),
            self.value(kind, other, place),
        )

    def write_cond(self, kind: str, size: int, place: Place) -> Node:
        first, second, other = self.sizes(size, 3)
        return (
            "cond",
            (self.value("scalar", first, place), *self.body(kind, second, place, 2)),
            (("true",), *self.body(kind, other, place, 2)),
        )

    def write_ncheck(self, kind: str, size: int, place: Place) -> Node:
        test, other, rest = self.sizes(size, 3)
        return (
            "ncheck",
            self.value("scalar", test, place),
            self.value(kind, other, place),
            *self.body(kind, rest, place, 2),
        )

    def write_apply(self, kind: str, size: int, place: Place) -> Node:
        arity = self.random.randint(0, 2)
        body, rest = self.sizes(size, 2) if arity else (size, 0)
        operands = self.operands("int", rest, place, arity, arity)
        return ("apply", self.lambda_(kind, arity, body, place), tuple(operands))

    def write_call(self, kind: str, size: int, place: Place) -> Node | None:
        named = place.functions + (Signature("fail", 1, 0, "int"),) * place.throws
        kinds = {"effect": ("int", "scalar", "list"), "scalar": ("int", "scalar")}.get(
            kind, (kind,)
        )
        fitting = [callee for callee in named if callee.kind in kinds]
        if not fitting:
            return None
        return self.call(self.random.choice(fitting), size, place)

    def call(self, callee: Signature, size: int, place: Place) -> Node:
        high = callee.required + callee.optional
        return (
            "call",
            callee.name,
            tuple(self.operands("int", size, place, callee.required, high)),
        )

    def write_maybe(self, kind: str, size: int, place: Place) -> Node:
        body, handler = self.sizes(size, 2)
        inner = replace(place, throws=True)
        return (
            "maybe",
            *self.body(kind, body, inner),
            self.value(kind, handler, place),
        )

    def write_leave(self, kind: str, size: int, place: Place) -> Node | None:
        """Return a form that has no value, since the program goes on elsewhere."""
        ways = (
            ["return"] * (place.returns is not None)
            + ["break"] * place.in_loop
            + ["throw"] * place.throws
        )
        if not ways:
            return None
        way = self.random.choice(ways)
        if way == "return" and place.returns is not None:
            return ("return", self.value(place.returns, size, place))
        return (way,)

    def write_itself(self, kind: str, size: int, place: Place) -> Node | None:
        """Return ``(if (> n 0) (itself (- n 1) …) …)``."""
        callee = place.itself
        if callee is None or callee.kind != kind != "effect":
            return None
        first, second = self.sizes(size, 2)
        high = callee.required + callee.optional - 1
        rest = self.operands("int", first, place, callee.required - 1, high)
        fewer = ("op", "-", ("get", "n"), ("int", 1))
        return (
            "if",
            ("op", ">", ("get", "n"), ("int", 0)),
            ("call", callee.name, (fewer, *rest)),
            self.value(kind, second, replace(place, itself=None)),
        )

    # --- integers --------------------------------------------------------------------------------

    def write_op(self, kind: str, size: int, place: Place) -> Node:
        symbol = self.random.choice(("+", "+", "-", "*", "%"))
        if symbol in "*%":
            number = ("int", self.random.choice((2, 3, 5)))
            return ("op", symbol, self.value("int", size, place), number)
        return ("op", symbol, *self.operands("int", size, place, 2, 2))

    def write_add(self, kind: str, size: int, place: Place) -> Node | None:
        names = place.settable + place.globals
        if not names:
            return None
        return ("add", self.random.choice(names), self.value("int", size, place))

    def write_at(self, kind: str, size: int, place: Place) -> Node:
        return ("at", self.value("list", size, place), self.random.choice((0, -1)))

    def write_size(self, kind: str, size: int, place: Place) -> Node:
        return ("size", self.value("list", size, place))

    def write_stored(self, kind: str, size: int, place: Place) -> Node | None:
        """Return a call of a lambda that a variable holds."""
        if not place.lambdas:
            return None
        return self.call(self.random.choice(place.lambdas), size, place)

    # --- scalars: integers, true and nil -----------------------------------------------------------

    def write_set(self, kind: str, size: int, place: Place) -> Node | None:
        if place.lists and self.random.random() < 0.15:
            return (
                "set",
                self.random.choice(place.lists),
                self.value("list", size, place),
            )
        if place.flags and self.random.random() < 0.4:
            flag = self.random.choice(place.flags)
            return ("set", flag, self.value_for_flag(flag, size, place))
        if not place.settable:
            return None
        return (
            "set",
            self.random.choice(place.settable),
            self.value("int", size, place),
        )

    def value_for_flag(self, flag: str, size: int, place: Place) -> Node:
        """Return a value to set; often its later part still reads what it replaces."""
        if self.random.random() < 0.5:
            return self.value("scalar", size, place)
        first, second = self.sizes(size, 2)
        later = ("block", self.value("effect", second, place), ("get", flag))
        form = self.random.choice(("and", "or", "andvalue", "select"))
        return (form, self.value("scalar", first, place), later)

    def write_setg(self, kind: str, size: int, place: Place) -> Node | None:
        if not place.globals:
            return None
        return (
            "setg",
            self.random.choice(place.globals),
            self.value("int", size, place),
        )

    def write_unpack(self, kind: str, size: int, place: Place) -> Node | None:
        if len(place.settable) < 2:
            return None
        names = self.random.sample(place.settable, 2)
        return ("unpack", tuple(names), tuple(self.operands("int", size, place, 2, 2)))

    def write_setlambda(self, kind: str, size: int, place: Place) -> Node | None:
        """Give a stored lambda another body; it calls only those stored before it."""
        if not place.redefines or not place.lambdas:
            return None
        position = self.random.randrange(len(place.lambdas))
        chosen = place.lambdas[position]
        return ("set", chosen.name, self.stored_lambda(chosen, position, size, place))

    def write_hook(self, kind: str, size: int, place: Place) -> Node | None:
        """Hand a stored lambda to ``fire``, which calls it from then on."""
        unary = [stored.name for stored in place.lambdas if stored.required == 1]
        if not unary or not place.hooks:
            return None
        return ("setg", "hook", ("get", self.random.choice(unary)))

    def write_run(self, kind: str, size: int, place: Place) -> Node | None:
        """Return a call of a function that calls a stored lambda."""
        unary = [stored.name for stored in place.lambdas if stored.required == 1]
        if not unary or not place.hooks:
            return None
        operand = self.value("int", size, place)
        if self.random.random() < 0.5:
            return ("call", "fire", (operand,))
        return ("call", "run", (("get", self.random.choice(unary)), operand))

    def stored_lambda(
        self, stored: Signature, position: int, size: int, place: Place
    ) -> Node:
        logging = tuple(f for f in place.functions if f.name in LOGGING)
        inner = replace(
            place,
            lambdas=place.lambdas[:position],
            functions=logging,
            throws=False,
            counters=(),
        )
        return self.lambda_("int", stored.required, size, inner)

    def write_compare(self, kind: str, size: int, place: Place) -> Node:
        symbol = self.random.choice(COMPARISONS)
        return ("op", symbol, *self.operands("int", size, place, 2, 2))

    def several(self, form: str, size: int, place: Place) -> Node:
        return (form, *self.operands("scalar", size, place, 2, 3))

    def write_and(self, kind: str, size: int, place: Place) -> Node:
        return self.several("and", size, place)

    def write_or(self, kind: str, size: int, place: Place) -> Node:
        return self.several("or", size, place)

    def write_andvalue(self, kind: str, size: int, place: Place) -> Node:
        return self.several("andvalue", size, place)

    def write_select(self, kind: str, size: int, place: Place) -> Node:
        return ("select", *self.operands(kind, size, place, 2, 3))

    def write_not(self, kind: str, size: int, place: Place) -> Node:
        return ("not", self.value("scalar", size, place))

    def write_if2(self, kind: str, size: int, place: Place) -> Node:
        return ("if", *self.operands("scalar", size, place, 2, 2))

    def write_check(self, kind: str, size: int, place: Place) -> Node:
        test, rest = self.sizes(size, 2)
        return (
            "check",
            self.value("scalar", test, place),
            *self.body("scalar", rest, place),
        )

    def write_cond2(self, kind: str, size: int, place: Place) -> Node:
        first, second = self.sizes(size, 2)
        return (
            "cond",
            *(tuple(self.operands("scalar", s, place, 2, 3)) for s in (first, second)),
        )

    def write_while(self, kind: str, size: int, place: Place) -> Node:
        """Return a loop of at most three rounds in all: its counter is set once."""
        fuel = f"fuel{len(self.fuels)}"
        self.fuels.append(fuel)
        test, rest = self.sizes(size, 2)
        burn = ("op", "<", ("add", fuel, ("int", 1)), ("int", 4))
        inner = replace(place, in_loop=False, redefines=False)
        burning: Node = (
            ("and", burn, self.value("scalar", test, inner)) if test > 0 else burn
        )
        return (
            "while",
            burning,
            *self.body("scalar", rest, replace(place, in_loop=True)),
        )

    def write_loop(self, kind: str, size: int, place: Place) -> Node | None:
        names = place.settable
        if not names:
            return None
        items, rest = self.sizes(size, 2)
        container = (
            ("list",)
            if self.random.random() < 0.1
            else self.value("list", items, place)
        )
        body = self.body("scalar", rest, replace(place, in_loop=True))
        return ("loop", self.random.choice(names), container, *body)

    def write_loopcount(self, kind: str, size: int, place: Place) -> Node | None:
        counter: str | None = None
        inner = replace(place, in_loop=True)
        if place.counters and self.random.random() < 0.8:
            counter, *rest = place.counters
            inner = replace(inner, counters=tuple(rest))
        times, size = self.sizes(size, 2)
        count: Node = ("int", self.random.randint(0, 3))
        if times > 0:
            count = ("op", "%", self.value("int", times, place), ("int", 4))
        return ("loopcount", count, counter, *self.body("scalar", size, inner))

    # --- lists of integers -------------------------------------------------------------------------

    def write_list(self, kind: str, size: int, place: Place) -> Node:
        return ("list", *self.operands("int", size, place, 1, 4))

    def write_map(self, kind: str, size: int, place: Place) -> Node:
        body, rest = self.sizes(size, 2)
        items = self.operands("int", rest, place, 1, 3)
        return ("map", self.lambda_("int", 1, body, place), ("list", *items))

    # --- functions and programs ----------------------------------------------------------------

    def settings(
        self, nodes: Iterable[Node], place: Place, size: int
    ) -> list[tuple[str, Node]]:
        """Return the first values of the names of ``place`` that ``nodes`` mention."""
        seen = names_in(tuple(nodes))
        lambdas: list[tuple[str, Node]] = []
        for position in reversed(range(len(place.lambdas))):
            stored = place.lambdas[position]
            if stored.name in seen:
                node = self.stored_lambda(stored, position, size, place)
                lambdas.insert(0, (stored.name, node))
                seen |= names_in(node)
        numbers = [name for name in (*LOCALS, *COUNTERS, *self.fuels) if name in seen]
        return [
            *((name, ("int", self.random.randint(0, 3))) for name in numbers),
            *((name, ("true",)) for name in FLAGS if name in seen),
            *((name, ("list", ("int", 2))) for name in LISTS if name in seen),
            *lambdas,
        ]

    def function(
        self, signature: Signature, size: int, others: tuple[Signature, ...]
    ) -> Function:
        random = self.random
        self.fuels = []
        recursive = signature.required > 0 and random.random() < 0.4
        names = PARAMETERS[: signature.required + signature.optional]
        if recursive:
            names = ("n", *names[:-1])
        parameters: list[tuple[str, Node | None]] = []
        for position, name in enumerate(names):
            before = Place(names[:position], ())
            optional = position >= signature.required
            parameters.append(
                (name, self.default(before, others) if optional else None)
            )
        settable = (*(name for name in names if name != "n"), *LOCALS)
        hides = random.random() < 0.3  # sets names of globals, after it has read them
        place = Place(
            readable=(*names, *LOCALS, *COUNTERS),
            settable=settable + GLOBALS * hides,
            lists=LISTS,
            flags=FLAGS,
            lambdas=tuple(
                Signature(h, random.randint(0, 2), 0, "int") for h in LAMBDAS
            ),
            functions=others,
            itself=signature if recursive else None,
            returns=signature.kind,
            redefines=True,
            hooks=True,
        )
        *sizes, last = self.sizes(size, random.randint(1, 3))
        forms = [self.value("effect", part, place) for part in sizes]
        ending = [self.value(signature.kind, last, place)]
        seen = names_in((tuple(forms), ending[0]))
        kept = tuple(
            ("get", name) for name in (*settable, *FLAGS, *LISTS) if name in seen
        )
        if signature.kind == "list" and random.random() < 0.5:
            ints = (node for node in kept if node[1] in settable)
            ending = [("list", self.value("int", last, place), *ints)]
        elif random.random() < 0.5:
            forms.append(("log", "end", *kept))
        if hides:
            forms.insert(0, ("log", "start", *(("get", name) for name in GLOBALS)))
        settings = self.settings([*forms, *ending], place, 3)
        body = (*(("set", *pair) for pair in settings), *forms, *ending)
        return Function(signature.name, tuple(parameters), body)

    def default(self, before: Place, others: tuple[Signature, ...]) -> Node:
        """Return a default: mostly a constant, else one that is evaluated at the call."""
        if self.random.random() < 0.6:
            return ("int", self.random.randint(0, 4))
        logging = tuple(other for other in others if other.name in LOGGING)
        return self.value("int", 2, replace(before, functions=logging, counters=()))

    def program_of_functions(self, size: int) -> Program:
        random = self.random
        signatures: list[Signature] = []
        for position in range(random.choice((1, 1, 2))):
            kind = random.choice(("int", "scalar", "list"))
            name = f"f{position}"
            signatures.append(
                Signature(name, random.randint(0, 2), random.randint(0, 1), kind)
            )
        functions = []
        for position, signature in enumerate(signatures):
            others = (*LOGGING_SIGNATURES, *signatures[position + 1 :])
            functions.append(self.function(signature, size // len(signatures), others))
        arguments = tuple(
            ("int", random.randint(0, 3)) for _ in range(signatures[0].required)
        )
        main = ("call", "f0", arguments)
        called = [
            f
            for f in functions
            if f.name == "f0" or f.name in names_in(functions[0].body)
        ]
        return self.with_definitions(_program([], called, (main,)))

    def program_of_forms(self, size: int) -> Program:
        place = Place(
            readable=(*LOCALS, *COUNTERS),
            settable=LOCALS,
            lists=LISTS,
            flags=FLAGS,
            lambdas=tuple(
                Signature(h, self.random.randint(0, 2), 0, "int") for h in LAMBDAS
            ),
            functions=LOGGING_SIGNATURES,
            redefines=True,
            hooks=True,
        )
        forms = self.body("scalar", size, place, 4)
        return self.with_definitions(
            _program(self.settings(forms, place, 3), [], tuple(forms))
        )

    def with_definitions(self, program: Program) -> Program:
        """Return a program with the class and the pattern functions that it uses."""
        bare = Place(
            (), (), functions=LOGGING_SIGNATURES, counters=(), patterns=(), methods=()
        )
        used = names_in((program.functions, program.main, program.globals))
        known = replace(bare, patterns=tuple(definitions.PATTERNS))
        classes = (definitions.class_(self, known),) * (definitions.BOX in used)
        used |= names_in(classes)
        patterns = tuple(
            definitions.pattern_function(self, name, bare)
            for name in definitions.PATTERNS
            if name in used
        )
        used |= names_in(patterns)
        missing = {f.name for f in program.functions}
        helpers = [h for h in HELPERS if h.name in used and h.name not in missing]
        return replace(
            program,
            globals=(
                *program.globals,
                *[(definitions.STORE, ("table",))] * (definitions.STORE in used),
                *[(definitions.BOX, ("new", "case"))] * bool(classes),
            ),
            functions=(*helpers, *program.functions),
            patterns=patterns,
            classes=classes,
        )


def _program(
    settings: list[tuple[str, Node]], functions: list[Function], main: Node
) -> Program:
    helpers = [
        helper
        for helper in HELPERS
        if helper.name in names_in((settings, functions, main))
    ]
    hook = ("hook", ("lambda", ("p",), ("get", "p")))
    numbers = [(name, ("int", 1)) for name in GLOBALS]
    uses_hook = "hook" in names_in((functions, helpers, main))
    return Program(
        (*numbers, *[hook] * uses_hook, *settings), (*helpers, *functions), main
    )


def random_program(seed: int, size: int) -> Program:
    """Return the program of a seed, of about ``size`` nodes."""
    random = Random(seed)
    writer = Writer(random)
    if random.random() < 0.75:
        return writer.program_of_functions(size)
    return writer.program_of_forms(size)


def _helpers() -> tuple[Function, ...]:
    """Return functions that log; some change a global, some call a lambda they are given."""
    p, q = ("get", "p"), ("get", "q")
    g0, g1 = (("get", name) for name in GLOBALS)
    note = (("log", "note", p, q), ("op", "+", p, q))
    tick = (("log", "tick", g0), ("add", "g0", ("int", 1)), g0)
    bump = (("log", "bump", p), ("setg", "g1", ("op", "+", g1, p)), ("op", "-", g1, g0))
    fail = (("log", "fail", p), ("if", ("op", ">", p, ("int", 2)), ("throw",), p))
    run = (("log", "run", p), ("call", "handler", (p,)))
    fire = (("log", "fire", p), ("call", "hook", (p,)))
    return (
        Function("note", (("p", None), ("q", ("int", 7))), note),
        Function("tick", (), tick),
        Function("bump", (("p", None),), bump),
        Function("fail", (("p", None),), fail),
        Function("run", (("handler", None), ("p", None)), run),
        Function("fire", (("p", None),), fire),
    )


HELPERS = _helpers()
LOGGING_SIGNATURES = (
    Signature("note", 1, 1, "int"),
    Signature("tick", 0, 0, "int"),
    Signature("bump", 1, 0, "int"),
)
LOGGING = tuple(signature.name for signature in LOGGING_SIGNATURES)
