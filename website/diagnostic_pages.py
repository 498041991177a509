"""One page for each code of a diagnostic: what it means, a program with it, one without.

The programs stand in ``diagnostics.toml``; the messages come from compiling them.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from markdown_text import cell, fenced, plain

from lisptorch_compile.analyzer import messages  # noqa: F401  # which adds its codes
from lisptorch_compile.diagnostics import CODES, Source
from lisptorch_compile.pipeline import Compiled, Options, compile_text
from lisptorch_compile.program_files import SourceFile
from lisptorch_compile.records import record
from lisptorch_compile.rendering import as_text

DATA = Path(__file__).parent / "diagnostics.toml"
FILE = "program.lsp"

_ABOUT = """\
Everything that the compiler can say, by its stable code. `lisptorch check` shows all problems of all files in one run. An
error stops the compilation, a warning does not.
"""

_GROUPS = {
    "LT01": "Reading",
    "LT02": "The shape of forms",
    "LT03": "Names",
    "LT04": "Arguments",
    "LT05": "What is not supported",
    "LT06": "Doubtful code",
    "LT09": "Limits",
}


@record
class Page:
    """What the data say of a code.

    ``repeats``: what a word of the programs stands for, a text and how many times.
    """

    means: str
    fails: str
    mended: str
    loads: dict[str, str]
    repeats: dict[str, tuple[str, int]]
    besides: str | None


@cache
def entries() -> dict[str, Page]:
    """Return the data of all codes."""
    table = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        code: Page(
            entry["means"],
            entry["fails"].strip("\n"),
            entry["mended"].strip("\n"),
            entry.get("loads", {}),
            {word: (text, n) for word, (text, n) in entry.get("repeats", {}).items()},
            entry.get("besides"),
        )
        for code, entry in table.items()
    }


def checked(entry: Page, program: str) -> Compiled:
    """Return what compiling a program of an entry gives, under `lisptorch check`."""
    for word, (text, times) in entry.repeats.items():
        program = program.replace(word, text * times)

    def find(path: str) -> SourceFile | None:
        text = program if path == FILE else entry.loads.get(path)
        if text is None:
            return None
        return SourceFile(Source.of(text, path), path.removesuffix(".lsp"), find)

    options = Options(compare_numbers=True)
    return compile_text(program, filename=FILE, options=options, find=find)


@cache
def pages() -> dict[str, str]:
    """Return the pages of all codes: Markdown by path."""
    result = {"diagnostics/index.md": _index()}
    for code, entry in entries().items():
        result[f"diagnostics/{code}.md"] = _page(code, entry)
    return result


def _message(code: str) -> str:
    """Return the message of a code with an ellipsis for what differs."""
    message = re.sub(r"\{\w+\}", "…", CODES[code].message)
    return plain(message.replace("{{", "{").replace("}}", "}"))


def _index() -> str:
    lines = ["# Diagnostics", "", _ABOUT]
    for prefix, group in _GROUPS.items():
        lines += ["", f"## {group}", "", "| code | message | |", "| --- | --- | --- |"]
        for code in sorted(c for c in CODES if c.startswith(prefix)):
            severity = CODES[code].severity.value
            lines.append(
                f"| [{code}]({code}.md) | {cell(_message(code))} | {severity} |"
            )
    return "\n".join(lines) + "\n"


def _page(code: str, entry: Page) -> str:
    result = checked(entry, entry.fails)
    found = next(d for d in result.diagnostics if d.code == code)
    parts = [
        f"# {code}: {plain(found.message)}\n",
        f"*{found.severity.value.capitalize()}.* {entry.means}\n",
    ]
    if found.lispe is not None:
        parts.append(f"LispE's interpreter says `{found.lispe}`.\n")
    parts += ["## A program with it\n", fenced(_visible(entry.fails), "lispe")]
    for word, (text, times) in entry.repeats.items():
        parts.append(f"`{word}` stands for `{text.strip()}`, {times} times.\n")
    for path, text in entry.loads.items():
        parts.append(f"In `{path}` stands `{text}`.\n")
    parts += [
        fenced(_cut(as_text(found, result.source)), "text"),
        "## Mended\n",
        fenced(entry.mended, "lispe"),
    ]
    return "\n".join(parts)


def _visible(program: str) -> str:
    """Return a program with signs for the characters that a page does not show."""
    return "".join(
        c if c.isprintable() or c == "\n" else f"⟨U+{ord(c):04X}⟩" for c in program
    )


def _cut(shown: str) -> str:
    """Return a rendered diagnostic without what is too long for a page."""
    return "\n".join(
        line if len(line) < 120 else line[:119] + "…" for line in shown.splitlines()
    )
