"""Expressions and patterns as flat lists of leaves, ready to be broken into lines.

One table of precedences decides on parentheses. Besides visible leaves there are
*invisible* parentheses: places where the layout may add real ones to break a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import not_
from types import EllipsisType
from typing import Final, assert_never

from lisptorch_compile.leaves import (
    BINARY_BREAK,
    CLAUSE_BREAK,
    COMMA_BREAK,
    COMPARE_BREAK,
    CONDITIONAL_BREAK,
    LOGICAL_BREAK,
    NO_BREAK,
    Kind,
    Leaf,
    Role,
)
from lisptorch_compile.literals import literal_text, quoted, string_body
from lisptorch_compile.names import Names
from lisptorch_compile.pytree import (
    Attribute,
    Binary,
    Call,
    Clause,
    Compare,
    Comprehension,
    Conditional,
    DictDisplay,
    Expr,
    FString,
    Interpolation,
    Keyword,
    Lambda,
    ListDisplay,
    Literal,
    Logical,
    MatchCapture,
    MatchClass,
    MatchMapping,
    MatchOr,
    MatchSequence,
    MatchStar,
    MatchValue,
    Name,
    Parameter,
    Pattern,
    SetDisplay,
    Slice,
    Starred,
    Subscript,
    TupleDisplay,
    Unary,
    Walrus,
)
from lisptorch_compile.scope import Binding

# How tightly an expression binds; an operand looser than its place gets parentheses.
WALRUS: Final = 0
ANY: Final = 1  # lambda, conditional: fine as an argument or an item
DISJUNCTION: Final = 3
CONJUNCTION: Final = 4
INVERSION: Final = 5
COMPARISON: Final = 6
_BINARY_LEVEL: Final[dict[str, int]] = {
    "|": 7,
    "^": 8,
    "&": 9,
    "<<": 10,
    ">>": 10,
    "+": 11,
    "-": 11,
    "*": 12,
    "/": 12,
    "//": 12,
    "%": 12,
    "@": 12,
    "**": 14,
}
BITWISE_OR: Final = 7
SUM: Final = 11
FACTOR: Final = 13
POWER: Final = 14
PRIMARY: Final = 15
ATOM: Final = 16


def level(expr: Expr) -> int:
    """Return how tightly ``expr`` binds when written without parentheses."""
    match expr:
        case Name() | FString():
            return ATOM
        case Literal(value):
            return _literal_level(value)
        case Call() | Attribute() | Subscript():
            return PRIMARY
        case Binary(operator=operator):
            return _BINARY_LEVEL[operator]
        case Compare():
            return COMPARISON
        case Logical(operator=operator):
            return CONJUNCTION if operator == "and" else DISJUNCTION
        case Unary(operator=operator):
            return INVERSION if operator == "not" else FACTOR
        case Conditional() | Lambda():
            return ANY
        case Walrus():
            return WALRUS
        case _:
            return ATOM


def _literal_level(value: object) -> int:
    if isinstance(value, (int, float, complex)) and not isinstance(value, bool):
        text = literal_text(value)
        if text[-1] == ")":
            return PRIMARY
        if " " in text:
            return SUM
        return FACTOR if text[0] == "-" else PRIMARY
    return ATOM


class LeafWriter:
    """Appends the leaves of expressions to ``leaves``."""

    def __init__(self, names: Names) -> None:
        self.leaves: list[Leaf] = []
        self.names = names
        self._space = ""

    # --- single leaves ---------------------------------------------------------------

    def put(self, text: str, kind: Kind, priority: int = NO_BREAK) -> None:
        self.leaves.append(Leaf(text, self._space, kind, priority))
        self._space = ""

    def space(self) -> None:
        """Ask for a space before the next leaf."""
        self._space = " "

    def word(self, text: str, priority: int = NO_BREAK) -> None:
        """Write a keyword with a space after it."""
        self.put(text, Kind.NAME, priority)
        self._space = " "

    def spaced(self, text: str, kind: Kind, priority: int = NO_BREAK) -> None:
        """Write an operator with a space on both sides."""
        self._space = " "
        self.put(text, kind, priority)
        self._space = " "

    def comma(self, priority: int = COMMA_BREAK) -> None:
        self.put(",", Kind.COMMA, priority)
        self._space = " "

    def colon(self) -> None:
        self._space = ""
        self.put(":", Kind.COLON)

    def open(self, text: str, kind: Kind, role: Role) -> Leaf:
        leaf = Leaf(text, self._space, kind, NO_BREAK, role)
        self.leaves.append(leaf)
        self._space = ""
        return leaf

    def open_optional(self, role: Role = Role.ATOM, *, lasting: bool = False) -> Leaf:
        """Write an invisible parenthesis."""
        leaf = self.open("", Kind.ROUND_OPEN, role)
        leaf.optional = True
        leaf.lasting = lasting
        return leaf

    def close(self, opening: Leaf) -> None:
        text = {"(": ")", "[": "]", "{": "}", "": ""}[opening.text]
        leaf = Leaf(text, "", Kind(opening.kind + 3), NO_BREAK, opening.role)
        leaf.optional, leaf.lasting = opening.optional, opening.lasting
        self.leaves.append(leaf)
        self._space = ""

    def name(self, id: Binding | str) -> None:
        self.put(self.names.of(id), Kind.NAME)

    # --- expressions -----------------------------------------------------------------

    def expression(self, expr: Expr, least: int = ANY) -> None:
        """Write ``expr``, in parentheses if it binds less tightly than ``least``."""
        if level(expr) < least:
            opening = self.open("(", Kind.ROUND_OPEN, Role.ATOM)
            self._expression(expr, parenthesised=True)
            self.close(opening)
        else:
            self._expression(expr, parenthesised=False)

    def optional(self, expr: Expr, role: Role = Role.ATOM) -> None:
        """Write ``expr`` where a statement allows parentheses that it does not need."""
        if _has_own_parentheses(expr):
            self.expression(expr)
            return
        opening = self.open_optional(role)
        if isinstance(expr, Conditional):
            self._expression(expr, parenthesised=True)
        else:
            self.expression(expr)
        self.close(opening)

    def _expression(self, expr: Expr, *, parenthesised: bool) -> None:
        match expr:
            case Name(id):
                self.put(self.names.of(id), Kind.NAME)
            case Literal():
                self._literal(expr)
            case Call():
                self._call(expr)
            case Attribute(value, name):
                self.expression(value, _attribute_level(value))
                self.put(".", Kind.DOT)
                self.put(self.names.attribute(name), Kind.NAME)
            case Binary():
                self._binary(expr)
            case Subscript(value, index):
                self.expression(value, PRIMARY)
                opening = self.open("[", Kind.SQUARE_OPEN, Role.TRAILER)
                self._index(index)
                self.close(opening)
            case Compare():
                self._compare(expr)
            case Logical(operator, operands):
                least = INVERSION if operator == "and" else CONJUNCTION
                self.expression(operands[0], least)
                for operand in operands[1:]:
                    self.spaced(operator, Kind.NAME, LOGICAL_BREAK)
                    self.expression(operand, least)
            case Unary(operator, operand):
                self._unary(operator, operand)
            case Conditional():
                self._conditional(expr, parenthesised=parenthesised)
            case FString():
                self._f_string(expr)
            case ListDisplay(items):
                opening = self.open("[", Kind.SQUARE_OPEN, Role.ATOM)
                self._items(items)
                self.close(opening)
            case TupleDisplay(items):
                opening = self.open("(", Kind.ROUND_OPEN, Role.ATOM)
                self._items(items)
                if len(items) == 1:
                    self.put(",", Kind.COMMA, COMMA_BREAK)
                self.close(opening)
            case SetDisplay(items):
                opening = self.open("{", Kind.CURLY_OPEN, Role.ATOM)
                self._items(items)
                self.close(opening)
            case DictDisplay():
                self._dictionary(expr)
            case Comprehension():
                self._comprehension(expr)
            case Lambda():
                self._lambda(expr)
            case Walrus(target, value):
                self.name(target.id)
                self.spaced(":=", Kind.OPERATOR)
                self.expression(value)
            case Starred(value):
                self.put("*", Kind.OPERATOR)
                self.expression(value, BITWISE_OR)
            case Slice():
                self._slice(expr)
            case _:
                assert_never(expr)

    def _f_string(self, expr: FString) -> None:
        """Write ``f"…"``, or ``"…".format(…)`` where Python 3.11 cannot take the former."""
        if all(isinstance(part, str) or self._fits_in(part) for part in expr.parts):
            self.put(f_string_text(expr, self.names), Kind.STRING)
            return
        self.put(literal_text(format_template(expr)), Kind.STRING)
        self.put(".", Kind.DOT)
        self.put("format", Kind.NAME)
        opening = self.open("(", Kind.ROUND_OPEN, Role.TRAILER)
        fields = [part for part in expr.parts if not isinstance(part, str)]
        if len(fields) == 1:
            self._only_argument(fields[0].value)
        else:
            self._items([part.value for part in fields])
        self.close(opening)

    def _fits_in(self, part: Interpolation) -> bool:
        """Before 3.12 no backslash, ``#`` or third kind of quotes may stand in braces."""
        text = _interpolated(part.value, self.names)
        return not any(sign in text for sign in ("\\", "#", '"""'))

    def _literal(self, literal: Literal) -> None:
        value = literal.value
        text = literal_text(value)
        if value is None or isinstance(value, (bool, EllipsisType)):
            self.put(text, Kind.NAME)
        elif isinstance(value, (str, bytes)):
            self.put(text, Kind.STRING)
        elif text[-1] == ")":
            if isinstance(value, float):
                self._float_call(value)
            else:
                self._complex_call(value)
        elif " " in text:
            real, operator, imaginary = text.split(" ")
            self._signed_number(real)
            self.spaced(operator, Kind.OPERATOR, BINARY_BREAK[operator])
            self.put(imaginary, Kind.NUMBER)
        else:
            self._signed_number(text)

    def _float_call(self, value: float) -> None:
        """Write ``float("nan")``: no literal has this value."""
        self.name("float")
        opening = self.open("(", Kind.ROUND_OPEN, Role.TRAILER)
        self.put(f'"{value!r}"', Kind.STRING)
        self.close(opening)

    def _complex_call(self, value: complex) -> None:
        """Write ``complex(…)`` for parts that no sum of literals gives."""
        self.name("complex")
        opening = self.open("(", Kind.ROUND_OPEN, Role.TRAILER)
        self._part(value.real)
        self.comma()
        self._part(value.imag)
        self.close(opening)

    def _part(self, value: float) -> None:
        text = literal_text(value)
        if text[-1] == ")":
            self._float_call(value)
        else:
            self._signed_number(text)

    def _signed_number(self, text: str) -> None:
        if text.startswith("-"):
            self.put("-", Kind.OPERATOR)
        self.put(text.removeprefix("-"), Kind.NUMBER)

    def _call(self, call: Call) -> None:
        self.expression(call.function, PRIMARY)
        opening = self.open("(", Kind.ROUND_OPEN, Role.TRAILER)
        arguments, keywords = call.arguments, call.keywords
        if len(arguments) == 1 and not keywords:
            self._only_argument(arguments[0])
        else:
            self._items(arguments)
            for index, keyword in enumerate(keywords):
                if arguments or index:
                    self.comma()
                self._keyword(keyword)
        self.close(opening)

    def _only_argument(self, argument: Expr) -> None:
        match argument:
            case Comprehension(kind="generator"):
                self._clauses(argument.element, argument.clauses)
            case Conditional():
                self._conditional(argument, parenthesised=True)
            case _:
                self.expression(argument)

    def _keyword(self, keyword: Keyword) -> None:
        if keyword.name is None:
            self.put("**", Kind.OPERATOR)
            self.expression(keyword.value, BITWISE_OR)
            return
        self.put(self.names.attribute(keyword.name), Kind.NAME)
        self.put("=", Kind.EQUAL)
        self.expression(keyword.value)

    def _binary(self, binary: Binary) -> None:
        operator = binary.operator
        mine = _BINARY_LEVEL[operator]
        power = operator == "**"
        self.expression(binary.left, PRIMARY if power else mine)
        self.spaced(operator, Kind.OPERATOR, BINARY_BREAK[operator])
        self.expression(binary.right, FACTOR if power else mine + 1)

    def _compare(self, compare: Compare) -> None:
        self.expression(compare.left, BITWISE_OR)
        for operator, comparator in zip(
            compare.operators, compare.comparators, strict=True
        ):
            first, *second = operator.split(" ")
            kind = Kind.NAME if first.isalpha() else Kind.OPERATOR
            self.spaced(first, kind, COMPARE_BREAK)
            if second:
                self.word(second[0])
            self.expression(comparator, BITWISE_OR)

    def _unary(self, operator: str, operand: Expr) -> None:
        if operator == "not":
            self.word("not")
            self.expression(operand, INVERSION)
            return
        self.put(operator, Kind.OPERATOR)
        # `-(x**2)`: black insists on the parentheses
        power = isinstance(operand, Binary) and operand.operator == "**"
        self.expression(operand, PRIMARY if power else FACTOR)

    def _conditional(self, expr: Conditional, *, parenthesised: bool) -> None:
        opening = None if parenthesised else self.open_optional(Role.NONE, lasting=True)
        self.expression(expr.then, DISJUNCTION)
        self._space = " "
        self.word("if", CONDITIONAL_BREAK)
        self.expression(expr.test, DISJUNCTION)
        self._space = " "
        self.word("else", CONDITIONAL_BREAK)
        self.expression(expr.orelse)
        if opening is not None:
            self.close(opening)

    def _items(self, items: Sequence[Expr]) -> None:
        for index, item in enumerate(items):
            if index:
                self.comma()
            self.expression(item)

    def _dictionary(self, display: DictDisplay) -> None:
        opening = self.open("{", Kind.CURLY_OPEN, Role.ATOM)
        for index, (key, value) in enumerate(display.entries):
            if index:
                self.comma()
            if key is None:
                self.put("**", Kind.OPERATOR)
                self.expression(value, BITWISE_OR)
            else:
                self.expression(key)
                self.colon()
                self._space = " "
                self.expression(value)
        self.close(opening)

    def _comprehension(self, expr: Comprehension) -> None:
        text, kind = {
            "list": ("[", Kind.SQUARE_OPEN),
            "set": ("{", Kind.CURLY_OPEN),
            "generator": ("(", Kind.ROUND_OPEN),
        }[expr.kind]
        opening = self.open(text, kind, Role.ATOM)
        self._clauses(expr.element, expr.clauses)
        self.close(opening)

    def _clauses(self, element: Expr, clauses: Sequence[Clause]) -> None:
        self.expression(element)
        for clause in clauses:
            self._space = " "
            self.word("for", CLAUSE_BREAK)
            self.target(clause.target)
            self._space = " "
            self.word("in")
            self.expression(clause.iterable, DISJUNCTION)
            for condition in clause.conditions:
                self._space = " "
                self.word("if", CLAUSE_BREAK)
                self.expression(condition, DISJUNCTION)

    def target(self, target: Expr) -> None:
        """Write what a ``for`` sets: a tuple without parentheses."""
        if isinstance(target, TupleDisplay) and len(target.items) > 1:
            self._items(target.items)
        else:
            self.expression(target)

    def bare_items(self, items: Sequence[Expr]) -> None:
        """Write ``a, b``, the items of a tuple that stands without parentheses."""
        self._items(items)

    def _lambda(self, expr: Lambda) -> None:
        self.put("lambda", Kind.NAME)
        if expr.parameters:
            self._space = " "
            self.parameters(expr.parameters)
        self.colon()
        self._space = " "
        self.expression(expr.body)

    def parameters(self, parameters: Sequence[Parameter]) -> None:
        for index, parameter in enumerate(parameters):
            if index:
                self.comma()
            if parameter.kind:
                self.put(parameter.kind, Kind.OPERATOR)
            self.name(parameter.name.id)
            if parameter.default is not None:
                self.put("=", Kind.EQUAL)
                self.expression(parameter.default)

    def _index(self, index: Expr) -> None:
        if isinstance(index, TupleDisplay) and _stands_bare_in_brackets(index):
            self._items(index.items)
        else:
            self.expression(index)

    def _slice(self, expr: Slice) -> None:
        """``a:b``, but ``a + 1 : b`` as soon as a part is more than a name or number."""
        parts = (expr.lower, expr.upper, expr.step)
        plain = all(self._is_plain(part) for part in parts if part is not None)
        gap = "" if plain else " "
        if expr.lower is not None:
            self.expression(expr.lower)
            self._space = gap
        self.put(":", Kind.COLON)
        if expr.upper is not None:
            self._space = gap
            self.expression(expr.upper)
        if expr.step is not None:
            self._space = gap if expr.upper is not None else ""
            self.put(":", Kind.COLON)
            self._space = gap
            self.expression(expr.step)

    def _is_plain(self, expr: Expr) -> bool:
        """Tell whether black sees a simple operand of a slice in ``expr``."""
        match expr:
            case Name():
                return True
            case FString(parts):
                return all(
                    isinstance(part, str)
                    or self._fits_in(part)
                    and self._is_plain(part.value)
                    for part in parts
                )
            case Literal(value):
                text = literal_text(value)
                return isinstance(value, (str, bytes)) or not (
                    " " in text or text.endswith(")")
                )
            case Unary(operator, operand):
                return operator != "not" and self._is_plain(operand)
            case ListDisplay(items) | TupleDisplay(items) | SetDisplay(items):
                return all(map(self._is_plain, items))
            case DictDisplay(entries):
                return all(
                    (key is None or self._is_plain(key)) and self._is_plain(value)
                    for key, value in entries
                )
            case Comprehension(element=element, clauses=clauses):
                inner = [element]
                for clause in clauses:
                    inner += [clause.target, clause.iterable, *clause.conditions]
                return all(map(self._is_plain, inner))
            case _:
                return False

    # --- patterns --------------------------------------------------------------------

    def pattern(self, pattern: Pattern) -> None:
        match pattern:
            case MatchValue(value):
                self.expression(value)
            case MatchCapture():
                self._capture(pattern)
            case MatchStar(name):
                self.put("*", Kind.OPERATOR)
                self._capture_name(name)
            case MatchSequence(items):
                opening = self.open("[", Kind.SQUARE_OPEN, Role.ATOM)
                for index, item in enumerate(items):
                    if index:
                        self.comma()
                    self.pattern(item)
                self.close(opening)
            case MatchMapping():
                self._mapping_pattern(pattern)
            case MatchClass():
                self._class_pattern(pattern)
            case MatchOr(alternatives):
                for index, alternative in enumerate(alternatives):
                    if index:
                        self.spaced("|", Kind.OPERATOR, BINARY_BREAK["|"])
                    self._closed_pattern(alternative)
            case _:
                assert_never(pattern)

    def _capture(self, capture: MatchCapture) -> None:
        if capture.pattern is None:
            self._capture_name(capture.name)
            return
        if isinstance(capture.pattern, MatchOr):
            self.pattern(capture.pattern)
        else:
            self._closed_pattern(capture.pattern)
        self._space = " "
        self.word("as")
        self._capture_name(capture.name)

    def _capture_name(self, name: Name | None) -> None:
        if name is None:
            self.put("_", Kind.NAME)
        else:
            self.name(name.id)

    def _closed_pattern(self, pattern: Pattern) -> None:
        is_as = isinstance(pattern, MatchCapture) and pattern.pattern is not None
        if is_as or isinstance(pattern, MatchOr):
            opening = self.open("(", Kind.ROUND_OPEN, Role.ATOM)
            self.pattern(pattern)
            self.close(opening)
        else:
            self.pattern(pattern)

    def _mapping_pattern(self, pattern: MatchMapping) -> None:
        opening = self.open("{", Kind.CURLY_OPEN, Role.ATOM)
        for index, (key, value) in enumerate(pattern.entries):
            if index:
                self.comma()
            self.expression(key)
            self.colon()
            self._space = " "
            self.pattern(value)
        if pattern.rest is not None:
            if pattern.entries:
                self.comma()
            self.put("**", Kind.OPERATOR)
            self.name(pattern.rest.id)
        self.close(opening)

    def _class_pattern(self, pattern: MatchClass) -> None:
        self.expression(pattern.cls)
        opening = self.open("(", Kind.ROUND_OPEN, Role.TRAILER)
        for index, item in enumerate(pattern.positional):
            if index:
                self.comma()
            self.pattern(item)
        for index, (name, item) in enumerate(pattern.keywords):
            if index or pattern.positional:
                self.comma()
            self.put(self.names.attribute(name), Kind.NAME)
            self.put("=", Kind.EQUAL)
            self.pattern(item)
        self.close(opening)


def _attribute_level(value: Expr) -> int:
    """Numbers need parentheses before a dot: ``(1).bit_length()``."""
    number = isinstance(value, Literal) and isinstance(
        value.value, (int, float, complex)
    )
    return ATOM if number else PRIMARY


def _has_own_parentheses(expr: Expr) -> bool:
    if isinstance(expr, Comprehension):
        return expr.kind == "generator"
    return isinstance(expr, (TupleDisplay, Walrus))


def _stands_bare_in_brackets(index: TupleDisplay) -> bool:
    """``x[a, b]``; but a single item, or a starred one, keeps its parentheses."""
    if any(isinstance(item, Slice) for item in index.items):
        return True
    starred = any(isinstance(item, Starred) for item in index.items)
    return len(index.items) > 1 and not starred


# --- f-strings -----------------------------------------------------------------------------


def format_template(f_string: FString) -> str:
    """Return the text whose ``format`` method does what ``f_string`` does."""
    return "".join(
        (
            _doubled(part)
            if isinstance(part, str)
            else f"{{:{part.spec}}}" if part.spec else "{}"
        )
        for part in f_string.parts
    )


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def f_string_text(f_string: FString, names: Names) -> str:
    """Write ``f"…"``; the quotes differ from those inside the braces."""
    pieces = [
        (
            string_body(part).replace("{", "{{").replace("}", "}}")
            if isinstance(part, str)
            else _field(part, names)
        )
        for part in f_string.parts
    ]
    is_text = [isinstance(part, str) for part in f_string.parts]
    text = "".join(compress(pieces, is_text))
    fields = "".join(compress(pieces, map(not_, is_text)))
    quote = _f_string_quote(text, fields)
    escaped = (
        piece.replace(quote[0], "\\" + quote[0]) if plain else piece
        for piece, plain in zip(pieces, is_text, strict=True)
    )
    return f"f{quote}{''.join(escaped)}{quote}"


def _f_string_quote(text: str, fields: str) -> str:
    if "'" in fields:
        return '"""' if '"' in fields else '"'
    if '"' in fields:
        return "'"
    return quoted(text)[0]


def _field(part: Interpolation, names: Names) -> str:
    text = _interpolated(part.value, names)
    gap = " " if text.startswith("{") else ""
    spec = f":{part.spec}" if part.spec else ""
    return f"{{{gap}{text}{spec}}}"


def _interpolated(expr: Expr, names: Names) -> str:
    """Return the text of ``expr``, its strings in single quotes where that is enough."""
    writer = LeafWriter(names)
    # a lambda's colon would start the format spec
    writer.expression(expr, DISJUNCTION if isinstance(expr, Lambda) else ANY)
    return "".join(leaf.space + _inner_quotes(leaf) for leaf in writer.leaves)


def _inner_quotes(leaf: Leaf) -> str:
    text = leaf.text
    if leaf.kind is Kind.STRING and text.count('"') == 2 and "'" not in text:
        return text.replace('"', "'")
    return text
