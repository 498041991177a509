"""Pieces of Markdown that the generated pages share."""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = re.compile(r"([\\*_<>\[\]|])")
_CODE = re.compile(r"(`[^`]*`)")


def fenced(code: str, language: str) -> str:
    """Return a code block."""
    return f"```{language}\n{code.strip(chr(10))}\n```\n"


def example(*blocks: tuple[str, str, str]) -> str:
    """Return blocks ``(title, language, code)`` as one framed example."""
    shown = [
        f'<div class="part" markdown><span class="label">{title}</span>\n\n'
        f"{fenced(code, language)}\n</div>\n"
        for title, language, code in blocks
    ]
    return '<div class="example" markdown>\n\n' + "\n".join(shown) + "\n</div>\n"


def plain(text: str) -> str:
    """Return text whose signs mean nothing to Markdown, but for code between backticks."""
    pieces = _CODE.split(text)
    return "".join(p if p[:1] == "`" else _SPECIAL.sub(r"\\\1", p) for p in pieces)


def code(text: str) -> str:
    """Return a name as inline code."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def cell(text: str) -> str:
    """Return inline Markdown for a cell of a table."""
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def anchor(name: str) -> str:
    """Return the anchor of a function.

    >>> anchor("torch_zeros"), anchor("+=")
    ('torch_zeros', 'plus-sign-equals-sign')
    """
    plain_name = name.lstrip("_")  # Markdown would take __x__ for emphasis
    if re.fullmatch(r"[A-Za-z0-9_-]*[A-Za-z0-9][A-Za-z0-9_-]*", plain_name):
        return plain_name
    words = [c if c.isascii() and c.isalnum() else _words(c) for c in name]
    return "-".join(words)


def _words(char: str) -> str:
    return unicodedata.name(char).lower().replace(" ", "-")
