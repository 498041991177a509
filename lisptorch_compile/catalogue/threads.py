"""Threads, and what they exchange."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    LIST,
    NIL,
    Builtin,
    Fact,
    declare,
    declare_form,
    declare_overloads,
    declare_statement,
)
from lisptorch_compile.catalogue.yields import A_BOOL, A_DICTIONARY

_FORMS = (
    declare_form(
        "dethread",
        "name, parameters, *body",
        "Define a thread function: a call starts a thread on copies of its arguments "
        "and yields true. In that thread, a call of the same function is a plain call.",
    ),
    declare_form(
        "lock",
        "name, *body",
        "Run the body while no other thread holds the lock of that name.",
    ),
    declare_form(
        "threadspace",
        "*body",
        "Run the body while no other thread is in a threadspace; it sees the variables "
        "that seth sets. (space thread …) is the same.",
    ),
    declare_form(
        "seth", "variable, value", "Set a variable of the threadspace. Yields true."
    ),
)

_SIGNALS = (
    declare_statement(
        "wait", "", "threads.wait()", "Wait for the end of the threads started here."
    ),
    declare_statement(
        "waiton",
        "name",
        "threads.wait_on(name)",
        "Wait until another thread triggers that name.",
    ),
    declare(
        "trigger",
        "name",
        "threads.trigger(name)",
        A_BOOL,
        "Wake the threads that wait on a name; true when there were any.",
    ),
)


def _retrieved(names: Sequence[Fact]) -> Fact:
    return Fact(LIST | NIL) if names else A_DICTIONARY


_STORE = (
    declare_statement(
        "threadstore",
        "name, value",
        "threads.store(name, value)",
        "Put a copy of a value into the list stored under a name.",
    ),
    declare_overloads(
        "threadretrieve",
        [
            ("", "threads.retrieve_all()"),
            ("name", "threads.retrieve(name)"),
        ],
        _retrieved,
        "A copy of the list stored under a name, nil when there is none; without a "
        "name, a dictionary of all lists.",
    ),
    declare_overloads(
        "threadclear",
        [
            ("", "threads.clear_all()"),
            ("name", "threads.clear(name)"),
        ],
        A_BOOL,
        "Empty the list stored under a name, or forget all lists.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (*_FORMS, *_SIGNALS, *_STORE)
