"""The command ``lisptorch``, also as ``python -m lisptorch_compile``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    if sys.argv[1:] == ["--version"]:
        # Asked for by every tool that looks for us: not worth loading a parser for.
        from lisptorch_compile import __version__

        print(f"lisptorch {__version__}")
        return 0
    from lisptorch_compile.cli import run_command_line

    return run_command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
