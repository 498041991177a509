"""Which integers of a program are never negative, or never below 1 or 2.

Python's ``range`` and ``%`` say what LispE's do where this is known: LispE's `range` runs
down when it must, and its `%` has the sign of the dividend.

The bound of a variable is the least of the bounds of all values that it is given. Bounds
start high and sink until nothing changes; what is not understood has no bound.
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.fact_rules import calls_with_elements
from lisptorch_compile.facts import Facts
from lisptorch_compile.nodes import (
    Assign,
    Block,
    BuiltinCall,
    Call,
    Capture,
    ClassDef,
    Condition,
    Constant,
    Destructure,
    For,
    FunctionDef,
    If,
    Lambda,
    Let,
    Literal,
    Named,
    Node,
    Pattern,
    PatternFunction,
    Repeat,
    TypeTest,
    Update,
    Variable,
)
from lisptorch_compile.patterns import bindings
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children

#: Greater bounds are of no use to anybody.
_HIGHEST = 2
_COUNTING = frozenset(("range", "rangein", "irange", "irangein"))


class LowerBounds:
    """Answers for the variables and expressions of one program."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        #: What each variable is given: nodes, a bound, or None for anything.
        self._sources: dict[Binding, list[Node | int | None]] = {}
        self._bounds: dict[Binding, int | None] = {}
        self._collect(facts.body)
        self._settle()

    def of(self, node: Node) -> int | None:
        """Return the least that the number ``node`` can be; None: anything."""
        match node:
            case Literal(int() | float() as value) if not isinstance(value, bool):
                return min(int(value), _HIGHEST) if value >= 0 else None
            case Variable(binding):
                return self._bounds.get(binding)
            case If(_, then, orelse):
                return _least([self.of(then), self.of(orelse)])
            case Block(body) if body:
                return self.of(body[-1])
            case BuiltinCall(builtin, arguments):
                operands = [argument_value(argument) for argument in arguments]
                return self._of_call(builtin.name, operands)
            case _:
                return None

    def _of_call(self, name: str, operands: Sequence[Node]) -> int | None:
        bounds = [self.of(operand) for operand in operands]
        known = [bound for bound in bounds if bound is not None]
        match name:
            case "size" | "tally" | "abs":
                return 0
            case "+" | "*" if len(operands) > 1 and len(known) == len(bounds):
                total = known[0]
                for bound in known[1:]:
                    total = total + bound if name == "+" else total * bound
                return min(total, _HIGHEST)
            case "%":
                return None if bounds[0] is None else 0
            case "/" | ">>" | "&" | "floor" | "integer" | "sqrt":
                return 0 if bounds and len(known) == len(bounds) else None
            case "max" if len(operands) > 1:
                return max(known, default=None)
            case "min" if len(operands) > 1:
                return _least(bounds)
            case _:
                return None

    # --- what is given to each variable --------------------------------------------------

    def _give(self, binding: Binding, *sources: Node | int | None) -> None:
        self._sources.setdefault(binding, []).extend(sources)

    def _collect(self, body: Sequence[Node]) -> None:
        stack: list[Node] = list(body)
        while stack:
            node = stack.pop()
            below = children(node)
            match node:
                case Assign(binding, value) | Constant(binding, value):
                    self._give(binding, value)
                case Let(pairs):
                    for binding, value in pairs:
                        self._give(binding, value)
                case Update(operator, binding, operands):
                    variable = Variable(binding, node.span)
                    changed = BuiltinCall(operator, (variable, *operands), node.span)
                    self._give(binding, changed)
                case Destructure(names):
                    for binding in names:
                        self._give(binding, None)
                case For(_, names, iterables):
                    for binding, iterable in zip(names, iterables, strict=False):
                        self._give(binding, *_ends_of(iterable))
                case Repeat(_, binding) if binding is not None:
                    self._give(binding, 0)
                case FunctionDef():
                    self._defaults(node)
                case PatternFunction():
                    self._defaults(node)
                    self._captured(node)
                case ClassDef():
                    for method in node.methods:
                        self._anything_for(method)
                case Lambda(parameters):
                    for parameter in parameters:
                        self._give(parameter.binding, None)
                case Call(Variable(binding)) if binding in self._facts.functions:
                    self._passed(self._facts.functions[binding], node)
                    below = below[1:]
                case BuiltinCall(builtin, (function, items)) if calls_with_elements(
                    builtin.name
                ):
                    below = self._called_with_elements(function, items)
                case Variable(binding) if binding in self._facts.functions:
                    self._anything_for(self._facts.functions[binding])
            stack.extend(below)
        for escaped in self._facts.escaping & self._facts.functions.keys():
            self._anything_for(self._facts.functions[escaped])

    def _called_with_elements(
        self, function: Node | Named, items: Node | Named
    ) -> tuple[Node, ...]:
        """Give a function of one parameter the elements; what is left to look into."""
        called, source = argument_value(function), argument_value(items)
        definition: Node | None = called
        if isinstance(called, Variable):
            definition = self._facts.functions.get(called.binding)
        match definition:
            case (
                Lambda(parameters=(parameter,))
                | FunctionDef(parameters=(parameter,))
                | PatternFunction(parameters=(parameter,))
            ):
                self._give(parameter.binding, *_ends_of(source))
            case _:
                return (called, source)
        return (*children(called), source)

    def _defaults(self, function: FunctionDef | PatternFunction) -> None:
        for parameter in function.parameters:
            if parameter.default is not None:
                self._give(parameter.binding, parameter.default)

    def _anything_for(self, function: Node) -> None:
        if isinstance(function, FunctionDef | PatternFunction):
            for parameter in function.parameters:
                self._give(parameter.binding, None)

    def _passed(self, function: FunctionDef | PatternFunction, call: Call) -> None:
        if any([isinstance(argument, Named) for argument in call.arguments]):
            self._anything_for(function)
            return
        pairs = zip(function.parameters, call.arguments, strict=False)
        for parameter, argument in pairs:
            self._give(parameter.binding, argument_value(argument))

    def _captured(self, function: PatternFunction) -> None:
        """A pattern that is a name is given the argument as it is."""
        for rule in function.rules:
            pairs = zip(function.parameters, rule.patterns, strict=False)
            for parameter, pattern in pairs:
                span = parameter.span
                name = _captured_whole(pattern)
                for binding in bindings((pattern,)):
                    whole = Variable(parameter.binding, span)
                    self._give(binding, whole if binding is name else None)

    def _settle(self) -> None:
        """Let the bounds sink to the least of what each variable is given."""
        known = {
            binding: sources
            for binding, sources in self._sources.items()
            if binding.kind not in _OUTSIDE and binding not in self._facts.shared
        }
        self._bounds = dict.fromkeys(known, _HIGHEST)
        changed = True
        while changed:
            changed = False
            for binding, sources in known.items():
                bound = _least([self._of_source(source) for source in sources])
                if bound != self._bounds[binding]:
                    self._bounds[binding] = bound
                    changed = True

    def _of_source(self, source: Node | int | None) -> int | None:
        return source if source is None or isinstance(source, int) else self.of(source)


#: Variables that others than the code at hand may set.
_OUTSIDE = (BindingKind.FIELD, BindingKind.SHARED, BindingKind.LATE)


def _least(bounds: Sequence[int | None]) -> int | None:
    known = [bound for bound in bounds if bound is not None]
    return min(known) if known and len(known) == len(bounds) else None


def _ends_of(iterable: Node) -> Sequence[Node | int | None]:
    """Return what is never above the elements: the two ends of a range."""
    match iterable:
        case BuiltinCall(builtin, (start, stop, _)) if builtin.name in _COUNTING:
            return [argument_value(start), argument_value(stop)]
        case BuiltinCall(builtin) if builtin.name == "iota":
            return [1]
        case BuiltinCall(builtin) if builtin.name == "iota0":
            return [0]
        case _:
            return [None]


def _captured_whole(pattern: Pattern) -> Binding | None:
    """Return the variable that a pattern gives the argument itself."""
    match pattern:
        case Capture(binding):
            return binding
        case Condition(inner) | TypeTest(_, inner):
            return _captured_whole(inner)
        case _:
            return None
