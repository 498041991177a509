"""The hooks of MkDocs: pages made of the catalogue, and links that leave the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import command_page
import diagnostic_pages
import function_pages
import runtime_page
from mkdocs.structure.files import File, Files

#: A link that leads up.
_UPWARD = re.compile(r"\[([^\]]+)\]\(((?:\.\./)+)[^)]*\)")


def on_config(config: Any) -> Any:
    """Write out the entries of the navigation that stand for all pages of a folder."""
    config.nav = [_entry(entry) for entry in config.nav]
    return config


def _entry(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {
        title: _listed(below) if isinstance(below, list) else below
        for title, below in entry.items()
    }


def _listed(entries: list[Any]) -> list[Any]:
    result: list[Any] = []
    for entry in entries:
        if isinstance(entry, str) and entry.endswith("/*"):
            folder = entry.removesuffix("*")
            below = [p for p in pages() if p.startswith(folder) and p not in entries]
            result += [_titled(path) for path in below]
        else:
            result.append(entry)
    return result


def _titled(path: str) -> str | dict[str, str]:
    """Return an entry; a diagnostic is found by its code alone."""
    return {Path(path).stem: path} if path.startswith("diagnostics/") else path


def pages() -> dict[str, str]:
    """Return the generated pages: Markdown by path."""
    return {
        **function_pages.pages(),
        **diagnostic_pages.pages(),
        "runtime.md": runtime_page.page(),
    }


def on_files(files: Files, config: Any) -> Files:
    """Add the generated pages."""
    for path, text in pages().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Add the commands to their page; show files of the repository by their names.

    The site does not hold these files.
    """
    if page.file.src_uri == "cli.md":
        markdown += command_page.sections()
    depth = page.file.src_uri.count("/")

    def shown(link: re.Match[str]) -> str:
        outside = link[2].count("/") > depth
        return f"`{link[1].strip('`')}`" if outside else link[0]

    return _UPWARD.sub(shown, markdown)
