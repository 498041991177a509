"""The command ``format``: lay LispE out."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import click

from lisptorch_compile.api import CompileError
from lisptorch_compile.commands.compilation import (
    paths_argument,
    sources_of,
    stdin_filename_option,
)
from lisptorch_compile.commands.paths import STDIN
from lisptorch_compile.commands.problems import show
from lisptorch_compile.commands.status import CLEAN, SOURCE_ERRORS
from lisptorch_compile.tools.formatting import format_text
from lisptorch_compile.tools.outputs import refuse_special_files, write_atomically
from lisptorch_compile.tools.sources import decode_source, read_source


@click.command("format")
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing, say which would change.")
@click.option("--diff", is_flag=True, help="Write nothing, print the changes.")
@stdin_filename_option
def format_command(
    paths: tuple[Path, ...], check: bool, diff: bool, stdin_filename: str
) -> int:
    """Lay out FILEs, and every .lsp and .lisp file below DIRs.

    Lines end where they ended; their indentation, blanks and blank lines become those of
    everybody, and what is longer than 100 columns is broken. - is the standard input, whose
    layout is printed. What a file means never changes; one with errors stays as it is.
    """
    status, changed = CLEAN, []
    sources = list(sources_of(paths))
    for path in sources:
        name = stdin_filename if path == STDIN else str(path)
        text = _text_of(path, name)
        try:
            result = format_text(text, name)
        except CompileError as error:
            show([(error.source, d) for d in error.diagnostics], "text")
            status = SOURCE_ERRORS
            continue
        if result != text:
            changed.append(name)
        if diff:
            _print_difference(text, result, name)
        elif path == STDIN and not check:
            sys.stdout.buffer.write(result.encode())
        elif result != text and not check:
            refuse_special_files(path, advice="format the file that it points to")
            write_atomically(path, result.encode())
    if check or diff:
        for name in changed if check else ():
            click.echo(f"would change: {name}")
        return SOURCE_ERRORS if changed else status
    if sources != [STDIN]:
        _report(len(changed), len(sources))
    return status


def _text_of(path: Path, name: str) -> str:
    if path == STDIN:
        return decode_source(sys.stdin.buffer.read(), name)
    return read_source(path)


def _print_difference(before: str, after: str, name: str) -> None:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        name,
        f"{name} (laid out)",
    )
    for line in lines:
        end = "" if line.endswith("\n") else "\n\\ No newline at end of file\n"
        click.echo(line + end, nl=False)


def _report(changed: int, total: int) -> None:
    files = "file" if total == 1 else "files"
    print(f"{changed} of {total} {files} changed", file=sys.stderr)
