"""Compile a LispE script that trains a transformer, run the Python, show what it did.

This is what ``make demo`` starts. The script does all the work; the driver compiles it,
starts the written Python as any user would, and draws the numbers and texts that the
script reports.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

import lisptorch_compile

HERE = Path(__file__).resolve().parent
SCRIPT = HERE / "char_transformer.lsp"
BARS = "▁▂▃▄▅▆▇█"
#: The terminal's own colours.
THEME = "ansi_dark"
#: From this width on, things stand side by side.
WIDE = 110


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    steps: int
    excerpts: Sequence[str]


def main() -> int:
    """Show everything; return the status of the script."""
    options = parse_arguments()
    console = Console(highlight=False)
    console.print(heading("1  Compile", "LispE in, plain PyTorch out"))
    python = compile_script(console)
    for name in options.excerpts:
        console.print(excerpt(console, python, name))
    console.print(heading("2  Run", f"python {shown_path(python)}"))
    report = run_script(console, python, options.steps)
    if isinstance(report, int):
        return report
    console.print(heading("3  What it learned"))
    console.print(losses(console, report))
    console.print(texts(console, report))
    console.print(numbers(report))
    console.print(closing(python))
    return 0


def parse_arguments() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="?", type=int, default=600)
    steps = parser.parse_args().steps
    return Options(max(0, steps), ("train-step", "attend"))


def heading(title: str, about: str = "") -> RenderableType:
    text = Text.assemble((title, "bold cyan"), (f"   {about}" if about else "", "dim"))
    return Group("", Rule(text, align="left", style="cyan"), "")


def shown_path(path: Path) -> str:
    """Return ``path`` as seen from the current folder, if it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


# --- compiling ------------------------------------------------------------------------


def compile_script(console: Console) -> Path:
    """Write the Python beside the script and say how long that took."""
    start = time.perf_counter()
    python = lisptorch_compile.compile_file(SCRIPT)
    seconds = time.perf_counter() - start
    line = Text.assemble(
        (shown_path(SCRIPT), "bold magenta"),
        " → ",
        (python.name, "bold green"),
        f"   {line_count(SCRIPT)} → {line_count(python)} lines, {seconds:.1f} s",
    )
    console.print(line, "")
    return python


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def excerpt(console: Console, python: Path, name: str) -> RenderableType:
    """Return a function of the script and the Python that it became."""
    lisp = paragraph(SCRIPT, f"(defun {name} ")
    plain = paragraph(python, f"def {name.replace('-', '_')}(")
    lisp_code = Syntax(lisp, "newlisp", theme=THEME, background_color="default")
    plain_code = Syntax(plain, "python", theme=THEME, background_color="default")
    longest = max(map(len, [*lisp.splitlines(), *plain.splitlines()]))
    if longest + 5 > console.width // 2:  # the frame, and a gap
        return Group(
            *(title(SCRIPT, "magenta"), lisp_code, ""),
            *(title(python, "green"), plain_code, ""),
        )
    frame: dict[str, Any] = {"title_align": "left"}
    left = Panel(lisp_code, title=SCRIPT.name, border_style="magenta", **frame)
    right = Panel(plain_code, title=python.name, border_style="green", **frame)
    return beside(console, [left, right])


def title(path: Path, colour: str) -> Text:
    return Text(f"── {path.name}", style=f"bold {colour}")


def paragraph(path: Path, beginning: str) -> str:
    """Return the lines around ``beginning`` that no empty line parts."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    found = next(block for block in blocks if beginning in block)
    return found.strip("\n")


def beside(console: Console, parts: Sequence[RenderableType]) -> RenderableType:
    """Return the parts side by side where there is room, else one below the other."""
    if console.width < WIDE:
        return Group(*parts)
    grid = Table.grid(expand=True, padding=(0, 1))
    for _ in parts:
        grid.add_column(ratio=1)
    grid.add_row(*parts)
    return grid


# --- running --------------------------------------------------------------------------


def run_script(console: Console, python: Path, steps: int) -> dict[str, Any] | int:
    """Run the generated Python; return what it reports, or its status if it failed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, str(python), str(steps), "--report", str(report)]
        if console.is_terminal and not console.is_dumb_terminal:
            command.append("--bar")
        sys.stdout.flush()
        status = subprocess.run(command, check=False, env=environment()).returncode
        if status != 0:
            return status
        result: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return result


def environment() -> dict[str, str]:
    """Return the environment of the script.

    Two threads are best for its sizes. Threads that wait must not spin: on a busy
    machine they would take the time that the others need.
    """
    threads = {"OMP_NUM_THREADS": "2", "OMP_WAIT_POLICY": "PASSIVE"}
    return {**threads, **os.environ, "PYTHONIOENCODING": "utf-8"}


# --- showing --------------------------------------------------------------------------


def losses(console: Console, report: dict[str, Any]) -> RenderableType:
    """Return the two curves of the loss."""
    width = (console.width // 2 if console.width >= WIDE else console.width) - 14
    of_training = curve(report["losses"], width, report["untrained_loss"])
    of_adapting = curve(report["adaptation_losses"], width, report["unadapted_loss"])
    return beside(
        console,
        [
            Panel(
                of_training,
                title=f"Training: loss {fall(report, 'untrained', 'trained')}",
                subtitle=f"letter frequency alone: {report['unigram_entropy']:.2f}",
                border_style="cyan",
            ),
            Panel(
                of_adapting,
                title=f"LoRA: loss {fall(report, 'unadapted', 'adapted')}",
                subtitle=f"{report['adapter_parameters']:,} parameters train",
                border_style="cyan",
            ),
        ],
    )


def fall(report: dict[str, Any], before: str, after: str) -> str:
    return f"{report[f'{before}_loss']:.2f} → {report[f'{after}_loss']:.2f}"


def curve(values: Sequence[float], width: int, top: float, height: int = 5) -> Text:
    """Return a chart whose columns are the means of equal parts of ``values``.

    ``top`` is where the scale ends; it begins at 0.
    """
    columns = [mean / top * height for mean in means(values, width)]
    rows = []
    for row in reversed(range(height)):
        mark = (
            f"{top:4.1f} ┤" if row == height - 1 else "   0 ┤" if row == 0 else "     │"
        )
        rows.append(mark + "".join(cell(column - row) for column in columns))
    return Text("\n".join(rows), style="green", no_wrap=True)


def means(values: Sequence[float], count: int) -> list[float]:
    """Return the means of ``count`` equal parts of ``values``, which may be fewer."""
    if not values:
        return []
    bounds = [len(values) * i // count for i in range(count + 1)]
    parts = [values[a : max(b, a + 1)] for a, b in pairwise(bounds)]
    return [sum(part) / len(part) for part in parts]


def cell(filled: float) -> str:
    """Return the character of a cell of which the share ``filled`` is full."""
    eighths = round(min(max(filled, 0.0), 1.0) * len(BARS))
    return BARS[eighths - 1] if eighths else " "


def texts(console: Console, report: dict[str, Any]) -> RenderableType:
    """Return what the model wrote, before and after each phase."""
    return Group(
        beside(
            console,
            [
                Panel(Text(report["untrained_text"]), title="Untrained", style="dim"),
                Panel(Text(report["trained_text"]), title="Trained on the sonnets"),
            ],
        ),
        beside(
            console,
            [
                Panel(Text(report["unadapted_text"]), title="Before LoRA"),
                Panel(Text(report["adapted_text"]), title="Adapted to Jabberwocky"),
            ],
        ),
    )


def numbers(report: dict[str, Any]) -> RenderableType:
    """Return the sizes of the model and what quantizing changed."""
    table = Table(box=box.SIMPLE, show_header=False)
    table.add_row("parameters", f"{report['parameters']:,}")
    share = report["adapter_parameters"] / report["parameters"]
    table.add_row("trained by LoRA", f"{report['adapter_parameters']:,} ({share:.0%})")
    before, after = report["kilobytes"], report["quantized_kilobytes"]
    table.add_row("weights in int8", f"{before:,} kB → {after:,} kB")
    change, largest = report["logit_difference"], report["largest_logit"]
    table.add_row("logits in int8", f"up to {largest:.1f} change by {change:.1f}")
    table.add_row("loss in int8", fall(report, "adapted", "quantized"))
    return table


def closing(python: Path) -> RenderableType:
    return Text.assemble(
        ("Next: ", "bold cyan"),
        f"read {shown_path(python)}, let it train longer with ",
        (f"lisptorch run {shown_path(SCRIPT)} 1000 --bar", "bold"),
        ", or compile a script of yours: ",
        ("lisptorch compile FILE.lsp", "bold"),
    )


if __name__ == "__main__":
    sys.exit(main())
