"""The page of the runtime: the modules that compiled programs import, from their docstrings."""

from __future__ import annotations

from lisptorch_compile.catalogue.imports import RUNTIME_MODULES

_HEAD = """\
# The runtime

What compiled programs call where neither Python nor torch has the function: `lisptorch_compile.runtime`, and its modules.
Programs in Python may call it, too. Those modules that concern tensors import torch; the others and the package itself
do not.

## Values and operators

::: lisptorch_compile.runtime
    options:
      show_root_heading: false
      show_root_toc_entry: false
      heading_level: 3
      members: [List, LinkedList, Integers, Numbers, Floats, Shorts, Strings, LispError, Maybe]
"""


def page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for name in sorted(RUNTIME_MODULES):
        parts.append(
            f"## `{name}` {{ #{name} }}\n\n"
            f"::: lisptorch_compile.runtime.{name}\n"
            "    options:\n"
            "      show_root_heading: false\n"
            "      show_root_toc_entry: false\n"
            "      heading_level: 3\n"
            "      show_if_no_docstring: false\n"
        )
    return "\n".join(parts)
