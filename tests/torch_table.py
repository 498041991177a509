"""The page of the torch functions, made from the catalogue and the table of calls."""

from __future__ import annotations

from itertools import groupby

from programs import ROOT
from torch_api import Function, functions

from lisptorch_compile import catalogue

PAGE = ROOT / "docs" / "torch.md"

_HEADER = """\
# The torch functions

Every function of LispE's torch libraries with all its spellings, and the Python that its calls become. `make coverage`
writes this page from the catalogue and from `tests/data/torch_api.toml`, whose calls `tests/test_torch_api.py` compiles
and runs under each spelling. In a call, `FN` stands for any of the spellings. *(ours)*: LispE's library has it not.
"""


def page() -> str:
    """Return the page."""
    parts = [_HEADER]
    for area, members in groupby(functions(), key=lambda function: function.area):
        lines = [f"## {area}", "", "| function | what it does | call | Python |"]
        lines.append("| --- | --- | --- | --- |")
        lines.extend(_row(function) for function in members)
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _row(function: Function) -> str:
    builtin = catalogue.lookup(function.names[0])
    assert builtin is not None
    names = " ".join(f"`{name}`" for name in function.names)
    doc = f"{builtin.doc} *(ours)*" if function.ours else builtin.doc
    calls = "<br>".join(_code(case.call) for case in function.cases)
    python = "<br>".join(_code(case.python) for case in function.cases)
    return f"| {names} | {doc.replace('|', chr(92) + '|')} | {calls} | {python} |"


def _code(text: str) -> str:
    text = " ".join(text.split()).replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
