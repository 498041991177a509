"""What a project says of itself, in the table ``[tool.lisptorch]`` of ``pyproject.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

_FILE = "pyproject.toml"
_TABLE = "tool.lisptorch"


class ProjectError(Exception):
    """A project that cannot be built as it is described; the message says why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The table, with what it leaves out.

    ``sources`` and ``exclude`` are files, folders and globs; ``output`` is a folder, None
    being beside each source; the others are options of the compiler.
    """

    sources: tuple[str, ...] = (".",)
    exclude: tuple[str, ...] = ()
    output: str | None = None
    format: bool = True
    fast: bool = False
    numbers: str = "python"
    warnings_as_errors: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its folder, and what it says of itself.

    ``given`` are the keys that its ``file`` has; the others have their defaults.
    """

    folder: Path
    settings: Settings
    file: Path
    given: frozenset[str] = frozenset()

    def values(self) -> dict[str, object]:
        """Return the values of all keys, as the file writes them; None is no value."""
        return {key: getattr(self.settings, key.replace("-", "_")) for key in _KEYS}


def read_project(path: Path | None) -> Project:
    """Return the project of a folder or a ``pyproject.toml``.

    Without a path it is the nearest one at or above the current folder.

    Raises:
        ProjectError: there is none, or what it says makes no sense.
    """
    file = _nearest_file() if path is None else path / _FILE if path.is_dir() else path
    try:
        with file.open("rb") as stream:
            content = tomllib.load(stream)
    except OSError as error:
        raise ProjectError(f"cannot read {file}: {error.strerror}") from error
    except ValueError as error:  # not TOML, or not UTF-8
        raise ProjectError(f"{file} is not TOML: {error}") from error
    table = content.get("tool", {}).get("lisptorch")
    if not isinstance(table, dict):
        raise ProjectError(f"{file} has no table [{_TABLE}]: add one with `sources`")
    return Project(file.parent, _settings(table, file), file, frozenset(table))


def has_settings(folder: Path) -> bool:
    """Whether a folder holds a project that speaks of us, or that nobody can read."""
    try:
        content = tomllib.loads((folder / _FILE).read_text(encoding="utf-8"))
    except OSError:
        return False
    except ValueError:
        return True
    return "lisptorch" in content.get("tool", {})


def _nearest_file() -> Path:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if has_settings(folder):
            return Path(_FILE) if folder == here else folder / _FILE
    raise ProjectError(
        f"no {_FILE} with a table [{_TABLE}] here or above: write the table, or begin a "
        "project with `lisptorch new NAME`"
    )


# --- values ---------------------------------------------------------------------------


def _settings(table: dict[str, Any], file: Path) -> Settings:
    values = {}
    for key, value in table.items():
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            hint = f": did you mean `{near[0]}`?" if near else f": {', '.join(_KEYS)}"
            raise ProjectError(f"{file}: [{_TABLE}] knows no `{key}`{hint}")
        read, wanted = _KEYS[key]
        try:
            values[key.replace("-", "_")] = read(value)
        except TypeError:
            raise ProjectError(
                f"{file}: `{key}` of [{_TABLE}] is {wanted}, not {value!r}"
            ) from None
    return Settings(**values)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple([_text(item) for item in value])


def _text(value: object) -> str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise TypeError
    return value


def _meaning(value: object) -> str:
    if value not in ("python", "lispe"):
        raise TypeError
    return _text(value)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


#: The keys of the table: how each is read, and what it is.
_KEYS: dict[str, tuple[Callable[[object], Any], str]] = {
    "sources": (_texts, "a list of files, folders and globs"),
    "exclude": (_texts, "a list of files, folders and globs"),
    "output": (_text, "the name of a folder"),
    "format": (_switch, "true or false"),
    "fast": (_switch, "true or false"),
    "numbers": (_meaning, '"python" or "lispe"'),
    "warnings-as-errors": (_switch, "true or false"),
}
