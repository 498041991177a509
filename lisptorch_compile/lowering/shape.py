"""How a node would look as an expression: whether it can be one, and how wide it is."""

from __future__ import annotations

from lisptorch_compile.nodes import (
    Attribute,
    Block,
    BuiltinCall,
    BuiltinValue,
    Call,
    Data,
    DictLiteral,
    If,
    Interpolated,
    Lambda,
    ListLiteral,
    Literal,
    Logical,
    Named,
    Node,
    Not,
    Parameter,
    Send,
    SetLiteral,
    SuperCall,
    This,
    Use,
    Variable,
)
from lisptorch_compile.walk import children

#: With a function in place, these become a loop.
_LOOPS = ("foldl", "foldr")


def is_operation(function: Lambda) -> bool:
    """Tell whether a function only calls a builtin with its two parameters, as
    ``(\\(a b) (+ a b))`` does."""
    match function:
        case Lambda(
            (Parameter(first, None, _, False), Parameter(second, None, _, False)),
            (BuiltinCall(_, (Variable(left), Variable(right))),),
        ):
            return (first, second) == (left, right)
        case _:
            return False


class Shapes:
    """Answers, and remembers, for the nodes of one program."""

    def __init__(self) -> None:
        self._expressible: dict[int, bool] = {}
        self._width: dict[int, int] = {}

    def expressible(self, node: Node | Named) -> bool:
        """Tell whether the value of ``node`` needs no statements."""
        known = self._expressible.get(id(node))
        if known is None:
            known = self._expressible[id(node)] = self._compute_expressible(node)
        return known

    def _compute_expressible(self, node: Node | Named) -> bool:
        match node:
            case Literal() | Variable() | Data() | BuiltinValue() | Use() | This():
                return True
            case Lambda(parameters, body):
                if any([p.default is not None or p.rest for p in parameters]):
                    return False
                return (
                    node.itself is None and len(body) == 1 and self.expressible(body[0])
                )
            case Block(body):
                return len(body) == 1 and self.expressible(body[0])
            case Call(Lambda()):
                return False  # a `let` in disguise
            case Attribute(value):
                return self.expressible(value)
            case BuiltinCall(
                builtin, (Lambda() as function, *_)
            ) if builtin.name in _LOOPS and not is_operation(function):
                return False
            case (
                Call() | BuiltinCall() | ListLiteral() | DictLiteral() | SetLiteral()
            ) | (If() | Logical() | Not() | Interpolated() | Named()):
                return all([self.expressible(child) for child in children(node)])
            case Attribute() | Send() | SuperCall():
                return all([self.expressible(child) for child in children(node)])
            case _:
                return False

    def width(self, node: Node | Named) -> int:
        """Return about how many characters the expression takes."""
        known = self._width.get(id(node))
        if known is None:
            known = self._width[id(node)] = self._compute_width(node)
        return known

    def _compute_width(self, node: Node | Named) -> int:
        match node:
            case Literal(value):
                return len(repr(value))
            case Variable(binding):
                return len(binding.name)
            case This():
                return 4
            case Attribute(value, name):
                return self.width(value) + len(name) + 1
            case Data(form):
                return form.span.end - form.span.start
            case If(test, then, orelse):
                return 9 + self.width(test) + self.width(then) + self.width(orelse)
            case BuiltinCall(builtin):
                own = len(builtin.name) if builtin.name[0].isalpha() else 1
            case _:
                own = 2
        return own + sum([self.width(child) + 2 for child in children(node)])
