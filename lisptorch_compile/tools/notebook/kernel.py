"""The kernel of Jupyter: notebooks whose cells are LispE. ``python -m …`` runs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.display import display

from lisptorch_compile import __version__
from lisptorch_compile.tools.help_pages import unknown
from lisptorch_compile.tools.notebook.extension import Extension
from lisptorch_compile.tools.notebook.names import completed, inspected
from lisptorch_compile.tools.services import is_complete

_PYTHON = "%%python"
#: What is left to IPython: its magics, and commands of the shell.
_MAGICS = ("%", "!")
_QUESTION = re.compile(r"""\s*(?:\?([^\s()'"?]+)|([^\s()'"?]+)\?)\s*""")


class LispEKernel(IPythonKernel):
    """IPython's kernel, with cells of LispE where it has Python.

    Cells that begin with a magic are IPython's; ``%%python`` begins a cell of Python.
    """

    implementation = "lisptorch"
    implementation_version = __version__
    banner = f"LispE, compiled to Python by lisptorch-compile {__version__}"
    help_links: ClassVar[Any] = []
    language_info: ClassVar[Any] = {
        "name": "lispe",
        "version": __version__,
        "mimetype": "text/x-common-lisp",
        # the nearest language that JupyterLab knows, by a type that it finds
        "codemirror_mode": "text/x-common-lisp",
        "pygments_lexer": "lispe",
        "file_extension": ".lsp",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.cells = Extension(self.shell).cells
        self.shell.input_transformers_cleanup.insert(0, as_python)

    def run_lispe(self, text: str) -> None:
        """Evaluate a cell and display its value: what cells become."""
        self.cells.run(text)

    def show_help(self, name: str) -> None:
        """Display what is known of a name: what ``name?`` becomes."""
        found = inspected(self.cells, name, 0)
        if found is None:
            print(unknown(name).removeprefix("lisptorch: "))
        else:
            bundle = {"text/markdown": found.markdown, "text/plain": found.plain}
            display(bundle, raw=True)

    def do_complete(self, code: str, cursor_pos: int) -> dict[str, Any]:
        """Return the names that may be written at the cursor, and what they hold."""
        if _is_of_ipython(code):
            found: dict[str, Any] = super().do_complete(code, cursor_pos)
            return found
        items = completed(self.cells, code, cursor_pos)
        start = items[0].span.start if items else cursor_pos
        types = [
            {
                "text": item.name,
                "type": item.kind,
                "signature": item.signature,
                "start": start,
                "end": cursor_pos,
            }
            for item in items
        ]
        return {
            "status": "ok",
            "matches": [item.name for item in items],
            "cursor_start": start,
            "cursor_end": cursor_pos,
            "metadata": {"_jupyter_types_experimental": types},
        }

    def do_inspect(
        self,
        code: str,
        cursor_pos: int,
        detail_level: int = 0,
        omit_sections: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Return what is known of the name at the cursor."""
        if _is_of_ipython(code):
            shown: dict[str, Any] = super().do_inspect(
                code, cursor_pos, detail_level, omit_sections
            )
            return shown
        found = inspected(self.cells, code, cursor_pos)
        data = {}
        if found is not None:
            data = {"text/markdown": found.markdown, "text/plain": found.plain}
        return {
            "status": "ok",
            "found": found is not None,
            "data": data,
            "metadata": {},
        }

    def do_is_complete(self, code: str) -> dict[str, Any]:
        """Tell whether a cell can be evaluated as it is."""
        if _is_of_ipython(code):
            status: dict[str, Any] = super().do_is_complete(code)
            return status
        found = is_complete(code)
        return {"status": found.status.value, "indent": found.indent}


def _is_of_ipython(code: str) -> bool:
    return code.lstrip().startswith(_MAGICS)


def as_python(lines: list[str]) -> list[str]:
    """Return the lines of Python that run a cell.

    >>> as_python(["%matplotlib inline\\n", "(f 1)"])
    ['%matplotlib inline\\n', "get_ipython().kernel.run_lispe('\\\\n(f 1)')\\n"]
    """
    first = lines[0] if lines else ""
    if first.strip() == _PYTHON:
        return ["\n", *lines[1:]]
    if first.startswith("%%") or not "".join(lines).strip():
        return lines
    question = _QUESTION.fullmatch("".join(lines))
    if question is not None:
        name = question[1] or question[2]
        return [f"get_ipython().kernel.show_help({name!r})\n"]
    heads = 0
    while heads < len(lines) and (
        not lines[heads].strip() or lines[heads].startswith(_MAGICS)
    ):
        heads += 1
    text = "\n" * heads + "".join(lines[heads:])
    if not text.strip():
        return lines
    return [*lines[:heads], f"get_ipython().kernel.run_lispe({text!r})\n"]


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=LispEKernel)
