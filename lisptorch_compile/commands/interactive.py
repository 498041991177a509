"""The commands for a person at a terminal: ``repl``, ``doc``, ``expand``, ``completion``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.commands.compilation import (
    file_of,
    numbers_option,
    stdin_filename_option,
)
from lisptorch_compile.commands.extras import say_missing
from lisptorch_compile.commands.paths import PATH
from lisptorch_compile.commands.problems import show
from lisptorch_compile.commands.status import CLEAN, SOURCE_ERRORS, WRONG_USAGE


@click.command("repl")
@click.option("--spy", is_flag=True, help="Show the Python of each input.")
@numbers_option
def repl_command(spy: bool, numbers: Arithmetic) -> int:
    """Evaluate LispE as you type it, in one program that grows.

    :doc NAME, :python FORM and :quit are commands; Ctrl-C takes back a line or stops the
    evaluation, Ctrl-D leaves. Without a terminal, the forms of the standard input are
    evaluated one by one.
    """
    from lisptorch_compile.tools.repl.loop import StreamInputs, run_session
    from lisptorch_compile.tools.running import on_large_stack
    from lisptorch_compile.tools.session import Session

    session = Session(numbers)
    if not sys.stdin.isatty():
        return on_large_stack(
            lambda: run_session(session, StreamInputs(sys.stdin), spy=spy)
        )
    try:
        from lisptorch_compile.tools.repl.prompt import PromptInputs
    except ModuleNotFoundError as error:
        if error.name != "prompt_toolkit":
            raise
        say_missing("the session needs prompt_toolkit", "repl")
        return WRONG_USAGE
    inputs = PromptInputs(session)
    return on_large_stack(lambda: run_session(session, inputs, spy=spy))


@click.command(
    "doc", short_help="Show what functions and forms do, and the Python they become."
)
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
@click.option("--json", "as_data", is_flag=True, help="One JSON object a line.")
def doc_command(names: tuple[str, ...], as_data: bool) -> int:
    """Show what functions and forms of LispE do, and the Python they become."""
    from lisptorch_compile.tools.help_pages import as_json, print_help, unknown
    from lisptorch_compile.tools.services import describe

    status = CLEAN
    for number, name in enumerate(names):
        found = describe(name)
        if not as_data:
            if number > 0:
                click.echo()  # between two pages
            status = status if print_help(name) else SOURCE_ERRORS
        elif found is None:
            print(unknown(name), file=sys.stderr)
            status = SOURCE_ERRORS
        else:
            click.echo(json.dumps(as_json(found), ensure_ascii=False))
    return status


@click.command("expand")
@click.argument("path", metavar="FILE", type=PATH)
@stdin_filename_option
def expand_command(path: Path, stdin_filename: str) -> int:
    """Print FILE with its macros and composition dots expanded.

    What it says to the compiler, in the layout of `lisptorch format`; comments are left
    out. - stands for the standard input.
    """
    from lisptorch_compile.tools.expanding import expanded
    from lisptorch_compile.tools.showing import print_lispe

    text, problems = expanded(file_of(path, stdin_name=stdin_filename))
    show(problems, "text")
    if text is None:
        return SOURCE_ERRORS
    print_lispe(text)
    return CLEAN


@click.command(
    "completion", short_help="Print what lets SHELL complete commands and options."
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> int:
    """Print what lets SHELL complete the commands and options of lisptorch.

    \b
    bash:  lisptorch completion bash >> ~/.bashrc
    zsh:   lisptorch completion zsh >> ~/.zshrc
    fish:  lisptorch completion fish > ~/.config/fish/completions/lisptorch.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    root = context.find_root()
    assert kind is not None  # click.Choice names those that click has
    source = kind(root.command, {}, "lisptorch", "_LISPTORCH_COMPLETE").source()
    click.echo(source)
    return CLEAN
