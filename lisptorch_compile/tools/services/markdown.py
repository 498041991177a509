"""Descriptions as Markdown, for editors and notebooks."""

from __future__ import annotations

from lisptorch_compile.tools.services.description import Description


def as_markdown(found: Description, python: str = "") -> str:
    """Return a description: how it is called, what it does, and the Python of its call.

    ``python``: what the statement that was asked about becomes.
    """
    parts = [_code("lispe", "\n".join(found.signatures or (found.name,)))]
    if found.doc:
        parts.append(found.doc)
    if found.unsupported is not None:
        parts.append(f"**Not supported:** {found.unsupported}")
    if found.synonyms:
        parts.append("Also " + ", ".join(f"`{name}`" for name in found.synonyms))
    if python:
        parts.append("Compiles to\n" + _code("python", python))
    elif found.python:
        parts.append("Python\n" + _code("python", "\n".join(found.python)))
    return "\n\n".join(parts)


def _code(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"
