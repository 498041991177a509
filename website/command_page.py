"""The commands, each with its help, its usage and its options, as click knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc

import click
from markdown_text import cell, code, fenced, plain

from lisptorch_compile.cli import lisptorch

#: How click is told of a paragraph whose lines stay as they are.
_AS_IT_IS = "\b"


def sections() -> str:
    """Return a section for each command, in the order of ``lisptorch --help``."""
    root = click.Context(lisptorch, info_name="lisptorch")
    return "\n".join(_section(context) for context in _commands(root))


def _commands(context: click.Context) -> Iterator[click.Context]:
    """Yield the commands below a group; of a group in it, the commands alone."""
    group = context.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        below = click.Context(command, parent=context, info_name=name)
        if isinstance(command, click.Group):
            yield from _commands(below)
        else:
            yield below


def _section(context: click.Context) -> str:
    command = context.command
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = [f"### {context.command_path}\n", fenced(usage, "text")]
    parts += [_paragraph(text) for text in cleandoc(command.help or "").split("\n\n")]
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        rows = [_row(option, context) for option in options]
        parts.append("\n".join(["| option | |", "| --- | --- |", *rows, ""]))
    return "\n".join(parts)


def _paragraph(text: str) -> str:
    if text.startswith(_AS_IT_IS):
        return fenced(text.removeprefix(f"{_AS_IT_IS}\n"), "text")
    return _prose(text) + "\n"


def _prose(text: str) -> str:
    """Return Markdown with options, and the sign of the standard input, as code.

    >>> _prose("Under --check, - may stand here.")
    'Under `--check`, `-` may stand here.'
    """
    return re.sub(r"(?<!\S)(-(?:-[a-z-]+)?)(?=[\s,:.])", r"`\1`", plain(text))


def _metavar(option: click.Option, context: click.Context) -> str:
    """Return the word for the value of an option; its help tells what may be chosen."""
    if option.metavar is None and isinstance(option.type, click.Choice):
        return option.opts[-1].lstrip("-").upper()
    return option.make_metavar(context)


def _row(option: click.Option, context: click.Context) -> str:
    names = [code(name) for name in option.opts]
    if not option.is_flag:
        names[-1] = code(f"{option.opts[-1]} {_metavar(option, context)}")
    shown = _prose(option.help or "")
    if option.show_default:
        shown += f" By default {code(str(option.default))}."
    return f"| {', '.join(names)} | {cell(shown)} |"
