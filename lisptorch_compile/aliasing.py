"""Which variables and places may hold the same container.

What is put into a container is seen under every name that it has. Names and places that may
share one are therefore joined into one *place*, by unification (Steensgaard 1996): an
assignment joins the places of both sides, a `push` joins what is inside the list with what
is pushed. Each place knows the place of what is inside it, so that rows of a matrix are
known apart from the matrix.

    (setq counts {})
    (loop word words (+= (@ counts word) 1))     ; nothing else reaches counts
    (push rows row)                              ; the inside of rows is joined with row

What is not understood here is joined with everything that is not understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lisptorch_compile import accessors, nodes, patterns
from lisptorch_compile.catalogue.model import (
    ANY,
    EMPTY,
    NIL,
    NOTHING,
    SCALARS,
    STRINGS,
    TYPED,
    Builtin,
    Fact,
)
from lisptorch_compile.class_table import is_callable_name
from lisptorch_compile.forms import DictForm, Form, ListForm, SetForm
from lisptorch_compile.nodes import (
    Assign,
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
    Logical,
    Maybe,
    Node,
    Not,
    Parameter,
    PatternFunction,
    Program,
    Repeat,
    Return,
    SetLiteral,
    Switch,
    Update,
    UpdateItem,
    Variable,
    While,
)
from lisptorch_compile.places import Place, Places
from lisptorch_compile.records import Record
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children

_HOLDS_SCALARS = TYPED | STRINGS

#: Builtins that read their arguments and give something that shares nothing with them.
_READERS = frozenset(
    ("print", "println", "printerr", "printerrln", "json", "torch_tensor", "keys@")
    + ("iota", "iota0", "range", "rangein", "irange", "irangein", "split", "findall")
    + ("size", "nullp", "emptyp", "consp", "in", "find", "rfind", "count", "fwrite")
    + ("integers", "shorts", "numbers", "floats", "strings")
)
#: Those that put arguments into the first one, and give it.
_PUSHERS = frozenset(("push", "pushfirst", "pushlast", "pushtrue", "insert"))
#: Those that put elements of the others into the first one, and give it.
_JOINERS = frozenset(("extend", "nconc", "nconcn"))
#: Those that put their last argument where a path of keys leads in the first one.
_KEYED = frozenset(("key@", "keyi@", "keyn@"))
_SETTERS = _KEYED | {"set@"}
#: Those that give the first argument, or a part of it that has the same elements.
_SAME = frozenset(
    ("pop", "popfirst", "poplast", "clone", "swap", "rotate", "reverse")
    + ("unique", "@@", "shuffle")
)
#: Those that give an element of the list that they take, or one of several arguments.
_CHOOSERS = frozenset(("max", "min"))
#: Those that make an element of the list that they take, or give one that is alone.
_TOTALS = frozenset(("sum", "product"))
#: Those that make one list of the elements of their arguments.
_UNIONS = frozenset(("&&&", "|||", "^^^", "minmax"))
#: Those that make new lists of the values within nested lists.
_SCATTERERS = frozenset(("flatten", "rho"))
#: Those that make lists of the elements of their arguments, and a list of those.
_ROWS = frozenset(("enum", "zip", "slice"))
#: The same with a list as their last argument.
_SAME_AS_LAST = frozenset(("take", "drop", "sort"))
#: Those of them whose result has all elements at their places.
_WHOLE = frozenset(("clone",))
#: Those that put what they add in front of others, or anywhere.
_MOVERS = frozenset(("pushfirst", "insert"))
#: Operators: a list of results that are new, or an element of an operand as it was.
_OPERATORS = frozenset(
    ("+", "-", "*", "/", "%", "^^", "**", "&", "|", "^", "&~", "<<", ">>")
)

_MAPS = frozenset(("map", "mapcar", "maplist"))
_FILTERS = frozenset(
    ("filter", "filterlist", "filtercar", "takewhile", "dropwhile", "takelist")
    + ("droplist", "takecar", "dropcar", "sort")
)
_FOLDS = frozenset(("foldl", "foldl1"))
_SCANS = frozenset(("scanl", "scanl1"))


class Aliases:
    """The places of the variables and nodes of a program."""

    def __init__(self, program: Program) -> None:
        self.places = Places()
        #: The place of all that is not understood.
        self.world = self.places.unknown()
        self._variables: dict[Binding, int] = {}
        self._results: dict[Binding, int] = {}
        self._nodes: dict[int, Place] = {}
        self._functions: dict[Binding, FunctionDef | PatternFunction] = {}
        self._owners: list[Place] = [self.world]
        _collect_functions(program.body, self._functions)
        self._body(program.body)

    # --- what is known ---------------------------------------------------------------

    def of(self, node: Node) -> Place:
        """Return the place of the value of ``node``."""
        if isinstance(node, Variable):
            return self.of_variable(node.binding)
        return self._nodes.get(id(node), self.world)

    def is_anywhere(self, place: Place) -> bool:
        """Tell whether a container may be one that is not understood."""
        find = self.places.find
        return place is not None and find(place) == find(self.world)

    def of_variable(self, binding: Binding) -> Place:
        """Return the place of what a variable holds."""
        if binding.kind is BindingKind.LATE:
            return self.world
        if binding not in self._variables:
            self._variables[binding] = self.places.new()
        return self._variables[binding]

    def of_result(self, function: Binding) -> int:
        """Return the place of what a function of the program returns."""
        if function not in self._results:
            self._results[function] = self.places.new()
        return self._results[function]

    def data(self, form: Form, place: Place) -> list[tuple[Form, Place]]:
        """Return a quoted datum and all containers in it, each with its place."""
        found: list[tuple[Form, Place]] = []
        pending = [(form, place)]
        while pending:
            current, here = pending.pop()
            found.append((current, here))
            match current:
                case ListForm(items) | SetForm(items):
                    inner = list(items)
                case DictForm(entries):
                    inner = [value for _, value in entries]
                case _:
                    continue
            nested = (ListForm, DictForm, SetForm)
            pending.extend(
                [(i, self.places.inside(here)) for i in inner if isinstance(i, nested)]
            )
        return found

    # --- the walk ----------------------------------------------------------------------

    def _body(self, body: Sequence[Node]) -> Place:
        place: Place = None
        for node in body:
            place = self._visit(node)
        return place

    def _visit(self, node: Node) -> Place:
        place = self._place(node)
        if not isinstance(node, Variable):
            self._nodes[id(node)] = place
        return place

    def _place(self, node: Node) -> Place:
        join, inside = self.places.join, self.places.inside
        place: Place
        match node:
            case Literal() | BuiltinValue():
                return None
            case Data(form, _, functions):
                self._all([function for _, function in functions])
                place = self.places.new()
                self.data(form, place)
                return place
            case Variable(binding):
                return self._variable(binding)
            case ListLiteral(items) | SetLiteral(items):
                return self._container(items)
            case DictLiteral(entries):
                for key, _ in entries:
                    self._visit(key)
                return self._container([value for _, value in entries])
            case Assign(binding, value) if is_callable_name(binding):
                self._variable(binding)  # may be another function from now on
                return join(self.world, self._visit(value))
            case Assign(binding, value) | Constant(binding, value):
                return join(self.of_variable(binding), self._visit(value))
            case Destructure(bindings, value):
                elements = inside(self._visit(value))
                for binding in bindings:
                    join(self.of_variable(binding), elements)
                return None
            case Update(_, binding, operands):
                return join(
                    self.of_variable(binding),
                    self._combined([self.of_variable(binding), *self._all(operands)]),
                )
            case UpdateItem(_, container, keys, operands):
                place = self._path(self._visit(container), self._all(keys))
                return join(place, self._combined([place, *self._all(operands)]))
            case Let(bindings, body):
                for binding, value in bindings:
                    join(self.of_variable(binding), self._visit(value))
                return self._body(body)
            case If(test, then, orelse):
                self._visit(test)
                return join(self._visit(then), self._visit(orelse))
            case Block(body) | Catch(body) | Elapse(body):
                return self._body(body)
            case Logical(_, operands, value):
                places = self._all(operands)
                return self._joined(places) if value else None
            case Not(operand):
                return self._combined([self._visit(operand)])
            case While(test, body):
                self._visit(test)
                return self._body(body)
            case For():
                return self._for(node)
            case Repeat(count, _, body):
                self._visit(count)
                return self._body(body)
            case Return(value):
                if value is not None:
                    join(self._owners[-1], self._visit(value))
                return None
            case Switch(subject, cases, default):
                self._visit(subject)
                bodies = [case.body for case in cases]
                bodies.extend([] if default is None else [default])
                return self._joined(self._all(bodies))
            case Maybe(body, handler):
                place = self._body(body)
                if isinstance(handler, Lambda):
                    return join(place, self._lambda(handler, [None]))
                return join(place, self._visit(handler))
            case Interpolated():
                self._all(children(node))
                return None
            case FunctionDef(binding, parameters, body):
                self._parameters(parameters)
                self._function_body(body, self.of_result(binding))
                return None
            case PatternFunction():
                return self._pattern_function(node)
            case Lambda():
                join(
                    self.world, self._lambda(node, [self.world] * len(node.parameters))
                )
                return None
            case Call():
                return self._call(node)
            case BuiltinCall():
                return self._builtin_call(node)
            case _:
                return self._not_understood(node)

    def _variable(self, binding: Binding) -> Place:
        if not is_callable_name(binding):
            return self.of_variable(binding)
        definition = self._functions.get(binding)
        if definition is not None:  # a function that is used as a value
            self.places.join(self.world, self.of_result(binding))
            for parameter in definition.parameters:
                self.places.join(self.world, self.of_variable(parameter.binding))
        return None

    def _all(self, several: Body | Sequence[Node]) -> list[Place]:
        return [self._visit(node) for node in several]

    def _joined(self, places: Sequence[Place]) -> Place:
        result: Place = None
        for place in places:
            result = self.places.join(result, place)
        return result

    def _container(self, items: Body | Sequence[Node]) -> Place:
        place = self.places.new()
        for item in items:
            self.places.join(self.places.inside(place), self._visit(item))
        return place

    def _combined(self, operands: Sequence[Place]) -> Place:
        """An operator's result is new, its elements are new or those of an operand."""
        place = self.places.new()
        elements = self.places.inside(place)
        for operand in operands:
            self.places.join(elements, self.places.inside(operand))
        self.places.made(elements, ANY)
        return place

    def _moved(self, place: Place) -> Place:
        """A container with the elements of others of its place, at other positions."""
        self.places.made(place, NOTHING)
        return place

    def _path(self, place: Place, keys: Sequence[Any]) -> Place:
        for _ in keys:
            place = self.places.inside(place)
        return place

    def _for(self, node: For) -> Place:
        for binding, place in zip(
            node.bindings, self._all(node.iterables), strict=False
        ):
            self.places.join(self.of_variable(binding), self.places.inside(place))
        if node.test is not None:
            self._visit(node.test)
        return self._body(node.body)

    def _not_understood(self, node: Node) -> Place:
        """All variables, values and results in a node of another class are the world's.

        So are the fields of classes, and what their methods take and return.
        """
        if isinstance(node, ClassDef):
            for method in node.methods:
                if isinstance(method, FunctionDef):
                    self._variable(method.binding)
        for binding in bindings_in(node):
            self.places.join(self.world, self.of_variable(binding))
        self._owners.append(self.world)
        for place in self._all(children(node)):
            self.places.join(self.world, place)
        self._owners.pop()
        return self.world

    # --- functions -----------------------------------------------------------------------

    def _parameters(self, parameters: Sequence[Parameter]) -> None:
        for parameter in parameters:
            if parameter.default is not None:
                place = self._visit(parameter.default)
                self.places.join(self.of_variable(parameter.binding), place)

    def _function_body(self, body: Body, result: Place) -> Place:
        self._owners.append(result)
        self.places.join(result, self._body(body))
        self._owners.pop()
        return result

    def _pattern_function(self, node: PatternFunction) -> Place:
        for rule in node.rules:
            for parameter, pattern in zip(node.parameters, rule.patterns, strict=False):
                self._match(pattern, self.of_variable(parameter.binding))
            self._all(patterns.conditions(rule.patterns))
            result = self.of_result(node.binding)
            if node.choice is Choice.ALL_TRUE:
                result = self.places.inside(result) or result
            self._function_body(rule.body, result)
        return None

    def _match(self, pattern: nodes.Pattern | nodes.Kleene, place: Place) -> None:
        """Join what a pattern binds with its part of the value at ``place``."""
        inside = self.places.inside(place)
        match pattern:
            case nodes.Capture(binding):
                self.places.join(self.of_variable(binding), place)
            case nodes.Kleene(quantity, item, binding):
                self._moved(place)
                if item is not None:
                    self._match(item, inside)
                taken = inside if quantity is nodes.Quantity.OPTIONAL else place
                if binding is not None:
                    self.places.join(self.of_variable(binding), taken)
            case nodes.Sequence(items, rest) | nodes.Elements(items, rest):
                for part in items:
                    repeated = isinstance(part, nodes.Kleene)
                    self._match(part, place if repeated else inside)
                if rest is not None:
                    self._match(rest, self._moved(place))
            case nodes.Mapping(entries, rest):
                for key, value in entries:
                    self._match(key, self.world)
                    self._match(value, inside)
                if rest is not None:
                    self._match(rest, self._moved(place))
            case nodes.Instance(_, fields):
                self.places.join(self.world, place)
                for part in fields:
                    self._match(part, self.world)
            case _:
                for part in patterns.parts(pattern):
                    self._match(part, place)

    def _lambda(self, node: Lambda, arguments: Sequence[Place]) -> Place:
        """Return the place of the result for arguments at these places."""
        self._nodes[id(node)] = None
        self._parameters(node.parameters)
        for index, parameter in enumerate(node.parameters):
            place = arguments[index] if index < len(arguments) else self.world
            if parameter.rest:
                place = self.world
            self.places.join(self.of_variable(parameter.binding), place)
        result = self.world if node.itself is not None else self.places.new()
        if node.itself is not None:
            for parameter in node.parameters:
                self.places.join(self.world, self.of_variable(parameter.binding))
        return self._function_body(node.body, result)

    def _call(self, node: Call) -> Place:
        values = [argument_value(argument) for argument in node.arguments]
        match node.function:
            case Variable(binding) if binding in self._functions:
                definition = self._functions[binding]
                self._pass(definition, node, self._all(values))
                return self.of_result(binding)
            case Lambda() as function:
                return self._lambda(function, self._all(values))
            case _:
                self._visit(node.function)
                self._joined([self.world, *self._all(values)])
                return self.world

    def _pass(
        self,
        definition: FunctionDef | PatternFunction,
        node: Call,
        places: Sequence[Place],
    ) -> None:
        by_name = {p.binding.name: p.binding for p in definition.parameters}
        positional: list[Place] = []
        for argument, place in zip(node.arguments, places, strict=True):
            if isinstance(argument, Node):
                positional.append(place)
            elif argument.name in by_name:
                self.places.join(self.of_variable(by_name[argument.name]), place)
        self._give(definition, positional)

    def _give(
        self, definition: FunctionDef | PatternFunction, places: Sequence[Place]
    ) -> None:
        """Join arguments with the parameters of a function, of which the last may take the
        rest of them."""
        parameters = definition.parameters
        for index, place in enumerate(places if parameters else ()):
            parameter = parameters[min(index, len(parameters) - 1)]
            into = self.of_variable(parameter.binding)
            if parameter.rest:
                into = self.places.inside(into)
            self.places.join(into, place)

    def _applied(self, function: Node, arguments: Sequence[Place]) -> Place:
        """Return the place of what a function in an argument gives."""
        match function:
            case Lambda():
                return self._lambda(function, arguments)
            case Variable(binding) if binding in self._functions:
                definition = self._functions[binding]
                self._give(definition, arguments)
                return self.of_result(binding)
            case BuiltinValue(builtin):
                place = self._of_builtin(builtin, list(arguments))
                self.places.made(place, ANY)
                return place
            case _:
                self._visit(function)
                self._joined([self.world, *arguments])
                return self.world

    # --- builtins ------------------------------------------------------------------------

    def _builtin_call(self, node: BuiltinCall) -> Place:
        values = [argument_value(argument) for argument in node.arguments]
        name = node.builtin.name
        if _takes_function(name) and values:
            return self._higher_order(name, values[0], values[1:])
        if name == "heap" and values:
            return self._heap(values[0], values[1:])
        places = self._all(values)
        if any([_is_function(value) for value in values]):
            return self._opaque([self.world, *places])
        if name == "dictionary" and len(values) <= 2 and not _are_literals(values[:1]):
            return self._spread(places)
        if name in _KEYED and (not values or _are_literals(values[:1])):
            return self._holding(places)  # `(key@ "a" 1)` makes a dictionary
        return self._of_builtin(node.builtin, places)

    def _heap(self, comparator: Node, items: Sequence[Node]) -> Place:
        place = self._holding(self._all(items))
        elements = self.places.inside(place)
        if not isinstance(comparator, Literal | BuiltinValue):  # those only compare
            self._applied(comparator, [elements, elements])
        return place

    def _holding(self, places: Sequence[Place]) -> Place:
        """A new container of what is at these places."""
        place = self.places.new()
        self._joined([self.places.inside(place), *places])
        return place

    def _of_builtin(self, builtin: Builtin, places: list[Place]) -> Place:
        """Return the place of a builtin's result for arguments at these places."""
        join, inside = self.places.join, self.places.inside
        name = builtin.name
        first = places[0] if places else None
        if name == "@":
            return self._path(first, places[1:])
        if (accessor := accessors.parsed(name)) is not None:
            place = self._path(first, accessor.positions)
            return place if accessor.is_element else self._moved(place)
        if name in _PUSHERS:
            for place in places[1:]:
                join(inside(first), place)
            return self._moved(first) if name in _MOVERS else first
        if name in _JOINERS:
            if first is None:  # a value alone counts as a list
                return self._opaque(places)
            for place in places[1:]:
                join(inside(first), inside(place))
            return first
        if name in _SETTERS:
            return self._set(name, places)
        if name in _SAME:
            return first if name in _WHOLE else self._moved(first)
        if name in _SAME_AS_LAST:
            return self._moved(places[-1]) if places else None
        if name in ("list", "dictionary", "set", "replicate"):
            return self._holding(places)
        if name == "cons":
            return self._consed(first, places[-1])
        if name == "consb":
            return self._consed(places[-1], first)
        if name == "values@":
            return self.places.new(inside(first))
        if name in _CHOOSERS:
            return inside(first) if len(places) == 1 else self._joined(places)
        if name in _TOTALS:
            return inside(first)
        if name == "takenb":
            return places[1] if len(places) > 1 else None
        if name in _UNIONS:
            return self.places.new(self._joined([inside(place) for place in places]))
        if name in _ROWS:
            return self._rows([inside(place) for place in places])
        if name == "transpose":
            return self._rows([inside(inside(first))])
        if name in _SCATTERERS:
            return self.places.new(self.places.unknown())
        if name in _OPERATORS:
            return self._combined(places)
        if name in _READERS or (builtin.pure and _gives_scalars(builtin)):
            return self.places.new()
        if not builtin.pure:  # it may keep them for another call
            return self._joined([self.world, *places])
        return self._opaque(places)

    def _consed(self, item: Place, items: Place) -> Place:
        """A list of an item and the elements of a list; of two scalars it is a new pair."""
        place = self._some(items)
        self.places.join(self.places.inside(place), item)
        if items is None:  # and what is then in front of it may be a list, too
            self.places.join(self.places.inside(place), self.places.inside(item))
        return place

    def _rows(self, elements: Sequence[Place]) -> Place:
        """A new list of new lists of elements at these places, and of scalars."""
        row = self.places.new()
        self._joined([self.places.inside(row), *elements])
        self.places.made(row, ANY)
        return self.places.new(row)

    def _set(self, name: str, places: list[Place]) -> Place:
        if not places:  # (key@) makes a dictionary
            return self.places.new()
        first, inner = places[0], self.places.inside(places[0])
        if name != "set@" and len(places) == 2:  # only reads, or makes a dictionary
            return self._holding(places) if first is None else inner
        if name == "set@":
            inner = self._path(first, places[1:-1])
            self.places.join(inner, places[-1])
        else:
            self._joined([inner, *places[1:]])
        return first

    def _spread(self, places: Sequence[Place]) -> Place:
        """A dictionary of another one, or of two lists."""
        place = self.places.new()
        for source in places:
            inner = self.places.inside(source)
            self._joined([self.places.inside(place), source, inner])
        return place

    def _opaque(self, places: Sequence[Place]) -> Place:
        """What is not understood may give its arguments, in any nesting."""
        return self._joined([self.places.unknown(), *places])

    def _higher_order(self, name: str, function: Node, others: Sequence[Node]) -> Place:
        join, inside = self.places.join, self.places.inside
        places = self._all(others)
        items = inside(places[-1]) if places else None
        if name == "zipwith":
            rows = [inside(place) for place in places]
            return self.places.new(self._some(self._applied(function, rows)))
        if name in _MAPS and len(places) == 1:
            result = self._applied(function, [items])
            return self.places.new(self._some(result))
        if name in _FILTERS and len(places) == 1:
            self._applied(function, [items, items])
            return self._moved(places[-1])
        if name in _FOLDS or name in _SCANS:
            start = places[0] if len(places) > 1 else items
            total = join(self.places.new(), start)
            join(total, self._applied(function, [total, items]))
            return total if name in _FOLDS else self.places.new(total)
        self._applied(function, [self.world] * 4)
        return self._opaque([self.world, *places])

    def _some(self, place: Place) -> Place:
        """The place of what may be a container after all."""
        return self.places.new() if place is None else place


def gives_what_was_made(name: str) -> bool:
    """Tell whether a builtin gives a container, or an element, that was there before, or
    one with the elements of an argument: nothing is known by its call."""
    return (
        name == "@"
        or name in _PUSHERS
        or name in _JOINERS
        or name in _SETTERS
        or name in _SAME
        or name in _SAME_AS_LAST
        or name in _FILTERS
        or name in _CHOOSERS
        or accessors.parsed(name) is not None
    )


def _takes_function(name: str) -> bool:
    return (
        name == "zipwith"
        or name in _MAPS
        or name in _FILTERS
        or name in _FOLDS
        or name in _SCANS
    )


def _are_literals(items: Sequence[Node]) -> bool:
    return all([isinstance(item, Literal) for item in items])


def _is_function(node: Node) -> bool:
    """Tell whether a node is a function of the program."""
    if isinstance(node, Variable):
        return is_callable_name(node.binding)
    return isinstance(node, Lambda)


def _gives_scalars(builtin: Builtin) -> bool:
    """Tell whether a builtin always gives a value without elements, or with scalar ones."""
    yielded = builtin.yields
    return isinstance(yielded, Fact) and yielded.only(
        SCALARS | NIL | EMPTY | _HOLDS_SCALARS
    )


def _collect_functions(
    body: Sequence[Node], functions: dict[Binding, FunctionDef | PatternFunction]
) -> None:
    stack: list[Node] = list(body)
    while stack:
        node = stack.pop()
        if isinstance(node, FunctionDef | PatternFunction):
            functions[node.binding] = node
        stack.extend(children(node))


def bindings_in(node: object) -> list[Binding]:
    """Return the bindings in the fields of a node, those of its children left out."""
    found: list[Binding] = []
    pending: list[object] = [getattr(node, name) for name in _fields(node)]
    while pending:
        value = pending.pop()
        if isinstance(value, Binding):
            found.append(value)
        elif isinstance(value, tuple):
            pending.extend(value)
        elif isinstance(value, Record) and not isinstance(value, Node):
            pending.extend([getattr(value, name) for name in _fields(value)])
    return found


def _fields(value: object) -> tuple[str, ...]:
    return value.__match_args__ if isinstance(value, Record) else ()
