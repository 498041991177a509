"""``%load_ext lisptorch_compile``: cells and lines of LispE in a notebook of Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from IPython.core.completer import CompletionContext, SimpleCompletion, context_matcher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import (
    Magics,
    line_cell_magic,
    line_magic,
    magics_class,
    no_var_expand,
)
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.tools.notebook.cells import CellOptions, Cells
from lisptorch_compile.tools.notebook.keyboard import KeyboardOfNotebook
from lisptorch_compile.tools.notebook.names import completed
from lisptorch_compile.tools.notebook.plots import heatmap, plot
from lisptorch_compile.tools.notebook.reloading import Reloading
from lisptorch_compile.tools.notebook.tensors import tensor_html

_MAGIC, _RELOADING = "lispe", "lispe_autoreload"
#: What cells may call without importing it.
_FUNCTIONS: dict[str, Callable[..., None]] = {"plot": plot, "heatmap": heatmap}
_TENSOR = ("torch", "Tensor")


@magics_class
class LispEMagics(Magics):
    """The magic of the extension."""

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self.cells = Cells(shell)
        self.reloading = Reloading(shell)

    @magic_arguments()
    @argument("--show", action="store_true", help="Show the Python of the cell.")
    @argument("--compile-only", action="store_true", help="Compile, do not run.")
    @argument("--time", action="store_true", help="Say how long it took.")
    @argument(
        "--lispe-numbers",
        action="store_true",
        help="An integer cuts a real on its right, as in LispE.",
    )
    @no_var_expand
    @line_cell_magic
    def lispe(self, line: str, cell: str | None = None) -> Any:
        """Evaluate LispE in the variables of the notebook.

        %%lispe shows the value of the last form of the cell; %lispe FORM has the value of
        FORM, so that value = %lispe FORM keeps it.
        """
        if cell is None:
            return self.cells.value(line)
        asked = parse_argstring(self.lispe, line)
        numbers = Arithmetic.LISPE if asked.lispe_numbers else Arithmetic.PYTHON
        options = CellOptions(asked.show, not asked.compile_only, asked.time, numbers)
        self.cells.run(f"\n{cell}", options)  # the magic is the first line of the cell
        return None

    @line_magic
    def lispe_autoreload(self, line: str) -> None:
        """Import modules of LispE again when their files change.

        %lispe_autoreload looks for changes before each cell, %lispe_autoreload off no more.
        """
        if line.strip() == "off":
            self.reloading.stop()
        else:
            self.reloading.start()


class Extension:
    """What the extension adds to a shell, and how to take it away again."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.magics = LispEMagics(shell)
        self.cells = self.magics.cells
        shell.register_magics(self.magics)
        self._matcher = _matcher(self.cells)
        shell.Completer.custom_matchers.append(self._matcher)
        html = shell.display_formatter.formatters["text/html"]
        self._html_before = html.for_type_by_name(*_TENSOR, tensor_html)
        new = {n: f for n, f in _FUNCTIONS.items() if n not in shell.user_ns}
        shell.push(new, interactive=False)
        if not shell.custom_exceptions:  # else somebody shows errors already
            shell.set_custom_exc((Exception,), self.cells.show_error)
        self._input = KeyboardOfNotebook(shell)

    def remove(self) -> None:
        """Undo everything; variables that cells have set stay."""
        self.magics.reloading.stop()
        for magics in self.shell.magics_manager.magics.values():
            for name in (_MAGIC, _RELOADING):
                magics.pop(name, None)
        self.shell.Completer.custom_matchers.remove(self._matcher)
        html = self.shell.display_formatter.formatters["text/html"]
        html.pop(".".join(_TENSOR), None)
        if self._html_before is not None:
            html.for_type_by_name(*_TENSOR, self._html_before)
        self.shell.drop_by_id(_FUNCTIONS)
        if self.shell.custom_exceptions == (Exception,):
            self.shell.set_custom_exc((), None)
        self._input.remove()


def _matcher(cells: Cells) -> Callable[[CompletionContext], Any]:
    @context_matcher()
    def lispe_matcher(context: CompletionContext) -> Any:
        """Complete names in cells of LispE."""
        text = context.full_text
        head, _, _ = text.partition("\n")
        offset = _offset(context)
        inside = head.startswith(f"%%{_MAGIC}") and offset > len(head)
        start = _start_of_line_magic(text, offset)
        if not inside and start is None:
            return {"completions": []}
        start = len(head) if start is None else start
        found = completed(cells, text[start:], offset - start)
        items = [SimpleCompletion(item.name, type=item.kind) for item in found]
        fragment = text[start + found[0].span.start : offset] if found else ""
        return {"completions": items, "matched_fragment": fragment, "suppress": True}

    matcher: Callable[[CompletionContext], Any] = lispe_matcher
    return matcher


def _offset(context: CompletionContext) -> int:
    lines = context.full_text.split("\n")[: context.cursor_line]
    before: int = sum(len(line) + 1 for line in lines)
    return before + int(context.cursor_position)


def _start_of_line_magic(text: str, offset: int) -> int | None:
    """Return where the LispE of ``%lispe`` begins, if the line up to ``offset`` has any."""
    line = text.rfind("\n", 0, offset) + 1
    at = text.find(f"%{_MAGIC} ", line, offset)
    is_cell = at > 0 and text[at - 1] == "%"
    return None if at < 0 or is_cell else at + len(_MAGIC) + 2


# --- what IPython calls --------------------------------------------------------------------

_loaded: dict[InteractiveShell, Extension] = {}


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Add the extension to a shell: what ``%load_ext`` calls."""
    if shell not in _loaded:
        _loaded[shell] = Extension(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take the extension away: what ``%unload_ext`` calls."""
    extension = _loaded.pop(shell, None)
    if extension is not None:
        extension.remove()
