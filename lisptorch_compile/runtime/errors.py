"""LispE's errors, and what `catch` makes of one."""

from __future__ import annotations

#: What ``maybe`` and ``catch`` catch: every error, but not the end of the program.
Failure = Exception


class LispError(Exception):
    """An error of LispE; its text is what `maybe` and `catch` show."""


class UnknownLabel(LispError):
    """The name of a variable or function that nobody has defined yet, as Python has it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Error: unknown label: '{name}'")
        self.name = name


class Maybe:
    """What `catch` gives for an error: prints as the message, is true, passes `maybe`."""

    __slots__ = ("message",)
    __match_args__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return self.message

    def __repr__(self) -> str:
        return f"Maybe({self.message!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Maybe) and self.message == other.message

    def __hash__(self) -> int:
        return hash(self.message)
