"""Names for temporaries, after the role that the value plays."""

from __future__ import annotations

import re

from lisptorch_compile.names import singular
from lisptorch_compile.nodes import (
    Attribute,
    BuiltinCall,
    Call,
    Catch,
    Elapse,
    For,
    If,
    Lambda,
    ListLiteral,
    Literal,
    Logical,
    Maybe,
    New,
    Node,
    Repeat,
    Send,
    SuperCall,
    Switch,
    Variable,
    While,
)
from lisptorch_compile.scope import Binding, BindingKind

_VERBS = re.compile(
    r"^(next|get|make|read|load|compute|create|build|find|fetch|take|new|torch|tensor)"
    r"[-_](?=\w)"
)


def role_of(node: Node) -> str:
    """Return the name of a temporary for the value of ``node``.

    A call is named for what it gives: ``(next_batch)`` → ``batch``.
    """
    match node:
        case Call(Variable(binding)) if binding.kind is BindingKind.CLASS:
            return binding.name.lower()
        case Call(Variable(binding)):
            return noun(binding.name)
        case Call(Attribute(_, name)) | Send(_, name) | SuperCall(_, name):
            return noun(name)
        case New(_, instance):
            return instance.name
        case Attribute(_, name):
            return name
        case BuiltinCall(builtin):
            return noun(builtin.name) if builtin.name[0].isalpha() else "value"
        case Variable(binding):
            return f"old_{binding.name}"
        case For() | While() | Repeat():
            return "last"
        case If() | Switch():
            return "choice"
        case Logical():
            return "holds"
        case Maybe() | Catch():
            return "result"
        case Elapse():
            return "milliseconds"
        case Lambda():
            return "callback"
        case ListLiteral():
            return "items"
        case _:
            return "value"


#: What a function is for that a builtin is given.
_PURPOSES = {
    **dict.fromkeys(("map", "mapcar", "maplist"), "transform"),
    **dict.fromkeys(("filter", "filterlist", "filtercar"), "predicate"),
    **dict.fromkeys(("takewhile", "dropwhile", "takelist", "droplist"), "predicate"),
    **dict.fromkeys(("any", "all"), "predicate"),
    **dict.fromkeys(("foldl", "foldr", "foldl1", "foldr1"), "combine"),
    **dict.fromkeys(("scanl", "scanr", "scanl1", "scanr1"), "combine"),
    **dict.fromkeys(("zipwith", "outer"), "combine"),
    **dict.fromkeys(("sort", "insert"), "goes_before"),
}


def purpose(node: BuiltinCall) -> str | None:
    """Return the name of a function that a builtin is given, after what it does there.

    What is kept in a container goes by its key, or it is one of the container's.
    """
    match node.arguments:
        case (Variable(container), key, Lambda()) if node.builtin.name in _SETTERS:
            if isinstance(key, Literal) and str(key.value).isidentifier():
                return str(key.value)
            return singular(container.name)
        case (Variable(container), Lambda()) if node.builtin.name in _ADDERS:
            return singular(container.name)
        case _:
            return _PURPOSES.get(node.builtin.name)


_SETTERS = ("key@", "keyi@", "set@", "key", "keyi", "keyn")
_ADDERS = ("push", "pushlast", "pushfirst")


def made_by(maker: Binding | None) -> str:
    """Return the name of a function that the function ``maker`` returns.

    ``make_counter`` returns a ``counter``; of other names only the place is known.
    """
    if maker is None:
        return "inner"
    short = _shortened(maker.name)
    return "inner" if short == maker.name else short


def noun(name: str) -> str:
    """Return what a function of this name gives.

    >>> noun("next_batch"), noun("torch_get_best_device"), noun("upper")
    ('batch', 'best_device', 'upper_result')
    """
    short = _shortened(name)
    return short if short != name else f"{name}_result"


def _shortened(name: str) -> str:
    """Return a name without the verbs that it begins with."""
    while (cut := _VERBS.sub("", name)) != name:
        name = cut
    return name
