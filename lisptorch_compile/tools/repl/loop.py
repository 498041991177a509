"""Reading, evaluating and printing, whatever the inputs come from."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Protocol, TextIO

from lisptorch_compile.api import CompileError
from lisptorch_compile.rendering import help_line, pieces, write
from lisptorch_compile.tools.help_pages import print_help
from lisptorch_compile.tools.running import show_error
from lisptorch_compile.tools.services import Status, is_complete
from lisptorch_compile.tools.session import Session
from lisptorch_compile.tools.showing import print_python
from lisptorch_compile.tools.uncaught import show_lisp_line, shows_lisp_line

HELP = """\
:doc NAME      what a function or form does, and the Python it becomes
:python FORM   the Python of a form, which is not run
:quit          leave, as Ctrl-D does
"""


class Inputs(Protocol):
    """Where inputs come from."""

    def next(self) -> str | None:
        """Return the next input, None when there is none any more.

        Raises:
            KeyboardInterrupt: the person takes back what was typed.
        """


class StreamInputs:
    """Inputs from a pipe or a file, complete form by complete form."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def next(self) -> str | None:
        text = ""
        for line in self._stream:
            text += line
            if (
                text.startswith(":")
                or is_complete(text).status is not Status.INCOMPLETE
            ):
                return text
        return text or None


def run_session(session: Session, inputs: Inputs, *, spy: bool = False) -> int:
    """Evaluate inputs until there are no more; return 1 if any of them failed.

    ``spy``: the Python of each input is shown before it is run.
    """
    failed = False
    while True:
        try:
            text = inputs.next()
        except KeyboardInterrupt:
            continue
        if text is None or text.strip() == ":quit":
            return 1 if failed else 0
        if text.strip():
            done = _guarded(partial(_carry_out, session, text, spy), session)
            failed = failed or not done


def _guarded(work: Callable[[], None], session: Session) -> bool:
    """Do some work; show an error of the program, and go on."""
    filename = session.filename
    try:
        work()
        sys.stdout.flush()
        return True
    except CompileError as error:
        for diagnostic in error.diagnostics:
            write(sys.stderr, pieces(diagnostic, error.source))
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
    except SystemExit:
        raise  # the program asks to leave
    except BaseException as error:  # noqa: BLE001  # shown; the session goes on
        sys.stdout.flush()
        _show_error(error, filename)
        hint = session.suggestion(error)
        if hint is not None:
            write(sys.stderr, help_line(hint))
    return False


def _show_error(error: BaseException, filename: str) -> None:
    """Show the line of LispE to blame: of the inputs, nobody needs a traceback."""
    if shows_lisp_line(error.__traceback__):
        show_lisp_line(error, error.__traceback__)
    else:
        show_error(error, filename)


def _carry_out(session: Session, text: str, spy: bool) -> None:
    command, _, rest = text.strip().partition(" ")
    if command == ":doc":
        print_help(rest.strip())
    elif command == ":python":
        print_python(session.python(rest))
    elif command.startswith(":"):
        print(HELP, end="")
    else:
        if spy:
            print_python(session.python(text))
        _print_value(session.evaluate(text))


def _print_value(value: object) -> None:
    """Print a value as LispE writes it; nil, and what printing yields, is nothing."""
    from lisptorch_compile.runtime import println
    from lisptorch_compile.runtime.text import text

    if value is not None and text(value) != "":
        println(value)
