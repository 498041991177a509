"""What the last build made of which files, so that the next one leaves alone what holds.

Everything is known by its content: an entry holds as long as its source, all that was
compiled with it, and the files that it became are what they were.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from lisptorch_compile import __version__
from lisptorch_compile.diagnostics import Diagnostic, Fix, Note, Severity, Span
from lisptorch_compile.tools.outputs import map_path, refuse_links, write_atomically
from lisptorch_compile.tools.projects.layout import Target
from lisptorch_compile.tools.projects.settings import Settings

_FOLDER = ".lisptorch"
_FILE = "build.json"

#: Settings on which the content of an output does not depend.
_NO_OPTIONS = frozenset(("sources", "exclude", "output", "warnings_as_errors"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What one source became.

    ``source``, ``python`` and ``map`` are hashes; ``program`` are the other sources that it
    was compiled with; ``searched`` tells of the files that were looked for whether they
    were there; ``warnings`` are those of the source.
    """

    output: str
    source: str
    python: str
    map: str
    program: tuple[str, ...]
    searched: dict[str, bool]
    warnings: tuple[Diagnostic, ...] = ()


def maker(settings: Settings) -> list[object]:
    """Return what decides, besides the sources, on what they become."""
    python = list(sys.version_info[:2])
    black = metadata.version("black") if settings.format else None
    options = {k: v for k, v in asdict(settings).items() if k not in _NO_OPTIONS}
    return [__version__, python, black, options]


def read_record(folder: Path, settings: Settings) -> dict[str, Entry]:
    """Return the entries by source; none if another compiler or other options made them."""
    try:
        content = json.loads((folder / _FOLDER / _FILE).read_bytes())
        if content["maker"] != maker(settings):
            return {}
        return {name: _entry(data) for name, data in content["entries"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def write_record(
    folder: Path, settings: Settings, entries: Mapping[str, Entry]
) -> None:
    """Keep the entries in ``.lisptorch``, which version control passes over.

    Raises:
        OutputRefused: a symbolic link stands there.
    """
    place = folder / _FOLDER
    refuse_links(place, place / _FILE)
    place.mkdir(exist_ok=True)
    ignore = place / ".gitignore"
    if not ignore.exists():
        write_atomically(ignore, b"*\n")
    content = {
        "maker": maker(settings),
        "entries": {name: _data(entries[name]) for name in sorted(entries)},
    }
    write_atomically(place / _FILE, json.dumps(content).encode())


def stale_sources(
    folder: Path, targets: Iterable[Target], entries: Mapping[str, Entry]
) -> set[str]:
    """Return the sources whose outputs may not be what they would become now."""
    wanted = {target.source: target for target in targets}
    stale = {
        source
        for source, target in wanted.items()
        if source not in entries or not _holds(folder, target, entries[source])
    }
    return stale | {
        source
        for source in wanted.keys() - stale
        if any(o in stale or o not in wanted for o in entries[source].program)
    }


def content_hash(path: Path) -> str | None:
    """Return what tells one content from another, None where there is no file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _holds(folder: Path, target: Target, entry: Entry) -> bool:
    python = folder / entry.output
    return (
        target.output == entry.output
        and content_hash(folder / target.source) == entry.source
        and content_hash(python) == entry.python
        and content_hash(map_path(python)) == entry.map
        and all(
            (folder / path).is_file() == there for path, there in entry.searched.items()
        )
    )


# --- as JSON --------------------------------------------------------------------------


def _data(entry: Entry) -> dict[str, Any]:
    data = {key: getattr(entry, key) for key in Entry.__slots__}
    return data | {"warnings": [list(_parts(w)) for w in entry.warnings]}


def _entry(data: dict[str, Any]) -> Entry:
    warnings = tuple([_warning(*parts) for parts in data["warnings"]])
    program = tuple([str(name) for name in data["program"]])
    searched = {str(path): bool(there) for path, there in data["searched"].items()}
    return Entry(
        **(data | {"program": program, "searched": searched, "warnings": warnings})
    )


def _parts(warning: Diagnostic) -> Iterator[object]:
    span = warning.span
    yield from (warning.code, warning.message, span.start, span.end, warning.hint)
    yield [(note.message, note.span.start, note.span.end) for note in warning.notes]
    yield [(f.title, f.span.start, f.span.end, f.text) for f in warning.fixes]


def _warning(
    code: str,
    message: str,
    start: int,
    end: int,
    hint: str | None,
    notes: list[tuple[str, int, int]],
    fixes: list[tuple[str, int, int, str]],
) -> Diagnostic:
    return Diagnostic(
        code,
        Severity.WARNING,
        message,
        Span(start, end),
        hint,
        tuple([Note(text, Span(first, last)) for text, first, last in notes]),
        fixes=tuple(
            [Fix(t, Span(first, last), text) for t, first, last, text in fixes]
        ),
    )
