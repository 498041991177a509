"""The command ``lisptorch``: its commands, and how each of them ends.

Exit status: 0 clean; 1 errors in the source (nothing written) or stale outputs under
``--check``; 2 wrong usage; 3 input or output failed; 4 a bug of ours, with a report
file; 130 interrupted. ``run`` hands on the status of the script.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from lisptorch_compile import __version__
from lisptorch_compile.commands.status import (
    CLEAN,
    INTERNAL_ERROR,
    INTERRUPTED,
    IO_FAILED,
    WRONG_USAGE,
)
from lisptorch_compile.tools.outputs import OutputRefused
from lisptorch_compile.tools.projects.settings import ProjectError
from lisptorch_compile.tools.sources import SourceError

#: Where each command stands. Loading the compiler takes longer than much of what the
#: others do.
_COMMANDS = {
    "compile": "lisptorch_compile.commands.compiling:compile_command",
    "build": "lisptorch_compile.commands.building:build_command",
    "run": "lisptorch_compile.commands.compiling:run_command",
    "bundle": "lisptorch_compile.commands.bundling:bundle_command",
    "check": "lisptorch_compile.commands.compiling:check_command",
    "format": "lisptorch_compile.commands.formatting:format_command",
    "watch": "lisptorch_compile.commands.watching:watch_command",
    "repl": "lisptorch_compile.commands.interactive:repl_command",
    "doc": "lisptorch_compile.commands.interactive:doc_command",
    "expand": "lisptorch_compile.commands.interactive:expand_command",
    "new": "lisptorch_compile.commands.starting:new_command",
    "doctor": "lisptorch_compile.commands.compiling:doctor_command",
    "explain": "lisptorch_compile.commands.explaining:explain_command",
    "config": "lisptorch_compile.commands.configuring:config_command",
    "lsp": "lisptorch_compile.commands.serving:lsp_command",
    "kernel": "lisptorch_compile.commands.kernels:kernel_command",
    "completion": "lisptorch_compile.commands.interactive:completion_command",
}


def run_command_line(arguments: list[str]) -> int:
    """Carry out a command line and return its exit status."""
    try:
        return _carry_out(arguments)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        error.show()
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except SystemExit as stop:
        # click ends so after completing for a shell, and when whoever read our output
        # has gone
        return CLEAN if stop.code == 0 else IO_FAILED
    except BrokenPipeError:
        # Gone, too, but click has finished: keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return IO_FAILED
    except ProjectError as error:
        return _fail(str(error), WRONG_USAGE)
    except (SourceError, OutputRefused) as error:
        return _fail(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}")
    except Exception as error:  # noqa: BLE001  # ours: reported as such
        return _report_bug(error, arguments)


def _carry_out(arguments: list[str]) -> int:
    status = lisptorch.main(arguments, prog_name="lisptorch", standalone_mode=False)
    sys.stdout.flush()
    return status if isinstance(status, int) else CLEAN


def _fail(message: str, status: int = IO_FAILED) -> int:
    print(f"lisptorch: {message}", file=sys.stderr)
    return status


def _report_bug(error: Exception, arguments: list[str]) -> int:
    from lisptorch_compile.tools.reports import write_report  # rarely needed

    report = write_report(error, arguments)
    print(
        f"lisptorch: internal error: {type(error).__name__}: {error}\n"
        f"This is a bug of lisptorch. What we need to mend it stands in {report}",
        file=sys.stderr,
    )
    return INTERNAL_ERROR


class _Commands(click.Group):
    """The commands of the table, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = _COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of the arguments, or say which one was surely meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # rarely needed

            near = get_close_matches(args[0], _COMMANDS, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(f"{error.message}{hint}", error.ctx) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="lisptorch %(version)s")
def lisptorch() -> None:
    """Compile LispE to plain, readable Python on PyTorch."""
