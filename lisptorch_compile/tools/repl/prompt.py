"""Inputs from a person at a terminal, by prompt_toolkit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from prompt_toolkit.styles import Style

from lisptorch_compile.tools.highlighting import LispELexer
from lisptorch_compile.tools.services import Status, analyzed, completions, is_complete
from lisptorch_compile.tools.session import Session

PROMPT = "λ "
CONTINUATION = "· "

_COMMANDS = (":doc", ":python", ":help", ":quit")

_STYLE = Style.from_dict(
    {
        "prompt": "ansicyan bold",
        "continuation": "ansibrightblack",
        "pygments.comment": "ansibrightblack italic",
        "pygments.keyword": "ansimagenta bold",
        "pygments.name.builtin": "ansicyan",
        "pygments.name.function": "ansiblue bold",
        "pygments.name.class": "ansiblue bold",
        "pygments.literal.string": "ansigreen",
        "pygments.literal.string.symbol": "ansiyellow",
        "pygments.literal.number": "ansiyellow",
        "pygments.operator": "ansicyan",
    }
)


class PromptInputs:
    """Asks for inputs: with history, completion, colours, and as many lines as it takes."""

    def __init__(self, session: Session, history: History | None = None) -> None:
        self._prompt: PromptSession[str] = PromptSession(
            history=history if history is not None else saved_history(),
            lexer=PygmentsLexer(LispELexer),
            completer=SessionCompleter(session),
            complete_while_typing=False,
            auto_suggest=AutoSuggestFromHistory(),
            key_bindings=_bindings(),
            multiline=True,
            prompt_continuation=[("class:continuation", CONTINUATION)],
            style=_STYLE,
        )

    def next(self) -> str | None:
        """Return the next input; None at Ctrl-D."""
        try:
            return self._prompt.prompt([("class:prompt", PROMPT)])
        except EOFError:
            return None


class SessionCompleter(Completer):
    """Completes names of the input, of the session and of the catalogue."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        text, offset = document.text, document.cursor_position
        if text.startswith(":") and " " not in text:
            for command in _COMMANDS:
                if command.startswith(text):
                    yield Completion(command, start_position=-offset)
            return
        for item in completions(analyzed(text), offset, self._session.names):
            yield Completion(
                item.label,
                start_position=item.span.start - offset,
                display_meta=item.signature or item.doc,
            )


def _bindings() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add("enter")
    def _(event: KeyPressEvent) -> None:
        """Take the input when it is complete, else go on to a line in its place."""
        buffer = event.current_buffer
        found = is_complete(buffer.text)
        at_end = not buffer.document.text_after_cursor.strip()
        is_command = buffer.text.startswith(":")
        if at_end and (is_command or found.status is not Status.INCOMPLETE):
            buffer.validate_and_handle()
        else:
            before = is_complete(buffer.document.text_before_cursor)
            buffer.insert_text("\n" + before.indent)

    @bindings.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        """Take the input as it is."""
        event.current_buffer.validate_and_handle()

    return bindings


def saved_history() -> History:
    """Return the inputs of earlier sessions, kept where the desktop keeps such things."""
    default = Path.home() / ".local" / "state"
    folder = Path(os.environ.get("XDG_STATE_HOME") or default) / "lisptorch"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"lisptorch: no history: {error}", file=sys.stderr)
        return InMemoryHistory()
    return FileHistory(str(folder / "history"))
