"""The command ``lsp``: a language server for editors."""

from __future__ import annotations

import os
import signal

import click

from lisptorch_compile.commands.extras import say_missing
from lisptorch_compile.commands.status import CLEAN, INTERRUPTED, IO_FAILED


@click.command("lsp", short_help="Serve an editor by the language server protocol.")
def lsp_command() -> int:
    """Serve an editor on the standard streams, by the language server protocol.

    It needs the extra lsp: pip install "lisptorch-compile[lsp]".
    """
    try:
        from lisptorch_compile.tools.language_server.server import made_server
    except ModuleNotFoundError as error:
        say_missing(f"{error.name} is missing", "lsp")
        return IO_FAILED
    # Python's own way out waits for the thread that reads, and the editor has the text
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    made_server().start_io()
    return CLEAN
