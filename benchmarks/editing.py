"""What an editor waits for: diagnostics after a keystroke, and the layout of a file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Self

from benchmarks.pairing import Ratio, compared
from lisptorch_compile.tools.formatting import format_text
from lisptorch_compile.tools.services import Diagnoser

_KEYSTROKE_LIMIT = 150.0  # milliseconds
_LAYOUT_LIMIT = 1000.0

_TWENTY_LINES = """\
; Step {n} of the pipeline: a class, a macro, a function of patterns and a loop.
(class@ layer_{n} (width (bias 0.5))
   (defun apply_{n} (x)
      (+ (* x width) bias))
)
(defmacro twice_{n} (form)
   (block form form))
(defpat shape_{n} ((integer_ x)) (list 'scalar x))
(defpat shape_{n} ([first $ rest]) (cons first rest))
(defun step_{n} (x (y 2))
   (setq z (+ (* x {n}) (- y 2)))
   (setq names (list "alpha" "beta" "gamma"))
   (cond
      ((> z 10) (println "big" z))
      ((= z 10) (println "ten"))
      (true (println "small" z)))
   (loop name names
      (println name (maplist (\\(e) (* e z)) (list 1 2 3))))
   (setq made (layer_{n} 4))
   (list z (made (apply_{n} x)) (shape_{n} '(1 2))))
"""


def program(lines: int) -> str:
    """Return a program without faults of so many lines."""
    return "".join([_TWENTY_LINES.format(n=n) for n in range(lines // 20)])


def ratios() -> Iterator[Ratio]:
    """Yield a keystroke in this process and through the server, then the layout."""
    text = program(2000)
    yield compared(
        "keystroke in 2,000 lines, CPU : 150 ms",
        _keystrokes_here(text),
        lambda: _KEYSTROKE_LIMIT,
        limit=1,
    )
    with _Server() as server:
        yield compared(
            "keystroke in 2,000 lines, by lsp : 150 ms",
            _keystrokes_there(server, text),
            lambda: _KEYSTROKE_LIMIT,
            limit=1,
        )
    yield compared(
        "layout of 2,000 lines, CPU : 1 s",
        lambda: _layout(text),
        lambda: _LAYOUT_LIMIT,
        limit=1,
    )


def _versions(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield version after version of a text: a letter of its middle comes and goes.

    A version is its number, what stands at the place, and the whole text.
    """
    middle = text.index("setq z", len(text) // 2)
    for version in count(1):
        typed = "" if version % 2 else "z"
        yield version, typed, text[:middle] + typed + text[middle:]


def _keystrokes_here(text: str) -> Callable[[], float]:
    """Return what gives the milliseconds of the processor for the next keystroke."""
    diagnoser = Diagnoser("steps.lsp")
    versions = _versions(text)
    assert not diagnoser.update(next(versions)[2]).diagnostics

    def keystroke() -> float:
        _, typed, changed = next(versions)
        start = process_time()
        found = diagnoser.update(changed).diagnostics
        spent = process_time() - start
        assert bool(found) == bool(typed)
        return spent * 1000

    return keystroke


def _layout(text: str) -> float:
    """Return the milliseconds of the processor that ``lisptorch format`` takes."""
    start = process_time()
    format_text(text, "steps.lsp")
    return (process_time() - start) * 1000


# --- through the server ---------------------------------------------------------------

_URI = "file:///steps.lsp"


def _keystrokes_there(server: _Server, text: str) -> Callable[[], float]:
    """Return what gives the milliseconds from the next keystroke to its diagnostics."""
    before = text[: text.index("setq z", len(text) // 2)]
    line, column = before.count("\n"), len(before) - before.rindex("\n") - 1
    versions = _versions(text)
    version, typed, first = next(versions)
    document = {"uri": _URI, "languageId": "lispe", "version": version, "text": first}
    server.tell("textDocument/didOpen", {"textDocument": document})
    server.diagnostics(version)

    def keystroke() -> float:
        nonlocal typed
        end = {"line": line, "character": column + len(typed)}
        version, typed, _ = next(versions)
        change = {
            "range": {"start": {"line": line, "character": column}, "end": end},
            "text": typed,
        }
        start = perf_counter()
        server.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": _URI, "version": version},
                "contentChanges": [change],
            },
        )
        found = server.diagnostics(version)
        spent = perf_counter() - start
        assert bool(found) == bool(typed)
        return spent * 1000

    return keystroke


class _Server:
    """``lisptorch lsp`` in a process of its own."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "lisptorch_compile", "lsp"]
        root = Path(__file__).parents[1]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
        )
        about = {"capabilities": {}, "processId": None, "rootUri": None}
        self._send({"id": 1, "method": "initialize", "params": about})
        self._receive()
        self.tell("initialized", {})
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()

    def tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def diagnostics(self, version: int) -> list[dict[str, Any]]:
        """Return the problems of a version, once the server has told them."""
        while True:
            told = self._receive().get("params", {})
            if told.get("version") == version:
                return list(told["diagnostics"])

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        stream.flush()

    def _receive(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while header := stream.readline().strip():
            name, _, value = header.partition(b":")
            if name == b"Content-Length":
                length = int(value)
        message: dict[str, Any] = json.loads(stream.read(length))
        return message
