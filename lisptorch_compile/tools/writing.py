"""Compiling files, and writing what they become."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lisptorch_compile.api import CompileError
from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.pipeline import Compiled, Options, compile_files, compile_text
from lisptorch_compile.program_files import SourceFile
from lisptorch_compile.tools.loading import source_file
from lisptorch_compile.tools.outputs import (
    OutputRefused,
    holds,
    map_path,
    refuse_foreign,
    refuse_special_files,
    text_hash,
    write_atomically,
)
from lisptorch_compile.tools.sources import python_name, refuse_python


@dataclass(frozen=True, slots=True)
class Output:
    """The files that a compiled source becomes."""

    python_path: Path
    python: bytes
    map_path: Path
    map: bytes

    @property
    def is_stale(self) -> bool:
        """Whether a file on disk is missing or differs from what it should be."""
        return not (
            holds(self.python_path, self.python) and holds(self.map_path, self.map)
        )


def compile_file(
    path: str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    *,
    format: bool = True,
    self_check: bool = True,
    force: bool = False,
    numbers: str = "python",
) -> Path:
    """Compile a LispE file and return the Python file it was written to.

    Args:
        path: the source.
        output: the Python file to write, or an existing folder to write it to;
            ``my-file.lsp`` becomes ``my_file.py`` beside the source when left out.
        format: let black lay out the result.
        self_check: read the result back and compare it with what was meant.
        force: also replace a file that was not made by us.
        numbers: ``"lispe"`` lets an integer cut a real on its right, as in LispE.

    Raises:
        CompileError: the source has errors; nothing is written.
        SourceError: the source cannot be read.
        OutputRefused: the output is not ours, or a symbolic link.
        OSError: writing failed; an older output stays as it was.
    """
    source = Path(path)
    meaning = Arithmetic(numbers)
    options = Options(format=format, self_check=self_check, numbers=meaning)
    compiled = compile_path(source, options)
    result = output_of(compiled, output_path(source, output))
    write_output(result, force=force)
    return result.python_path


def compile_path(source: Path, options: Options, *, tree: bool = False) -> Compiled:
    """Compile the file ``source``, with the names of the files that it loads.

    Raises:
        SourceError: the source cannot be read.
    """
    return compile_alone(source_file(source), options, tree=tree)


def compile_alone(
    file: SourceFile, options: Options, *, tree: bool = False
) -> Compiled:
    """Compile a file with the names of the files that it loads, but without their Python."""
    return compile_text(
        file.source.text,
        filename=file.source.filename,
        options=options,
        find=file.find,
        tree=tree,
    )


def compile_paths(
    sources: Sequence[Path],
    options: Options,
    *,
    tree: bool = False,
    folder: Path | None = None,
) -> tuple[Compiled, ...]:
    """Compile files and all that they load as one program, loaded files first.

    Modules are imported from ``folder``, or as Python imports parts of packages.

    Raises:
        SourceError: a source cannot be read.
    """
    files = [source_file(path, folder) for path in shallow_first(sources)]
    return compile_files(files, options=options, tree=tree)


def shallow_first(sources: Iterable[Path]) -> list[Path]:
    """Return sources in the order in which a program is read: modules are named from the
    folder of the first file."""
    return sorted(sources, key=lambda path: len(path.parts))


def output_path(source: Path, output: str | os.PathLike[str] | None) -> Path:
    """Return the Python file for ``source``; ``output`` is a file, a folder or None.

    Raises:
        OutputRefused: it is the source itself.
        SourceError: the source holds Python.
    """
    refuse_python(source)
    target = source.with_name(python_name(source)) if output is None else Path(output)
    if target.is_dir():
        target = target / python_name(source)
    if os.path.realpath(target) == os.path.realpath(source):
        raise OutputRefused(f"{target} is the source: use -o to write another file")
    return target


def output_of(compiled: Compiled, python_path: Path) -> Output:
    """Return the files of a compilation, with their contents.

    Raises:
        CompileError: it has errors.
    """
    if compiled.python is None:
        raise CompileError(compiled.source, compiled.diagnostics)
    return Output(
        python_path,
        compiled.python.encode(),
        map_path(python_path),
        _map_content(compiled, python_path),
    )


def _map_content(compiled: Compiled, python_path: Path) -> bytes:
    """Return the side file; the source is named as it is found from its folder."""
    source = compiled.source
    mapping = dict(compiled.mapping or {})
    mapping["source"] = _relative(source.filename, python_path.parent)
    mapping["source_sha256"] = text_hash(source.text)
    if compiled.joined:
        mapping["joined"] = {
            _relative(other.filename, python_path.parent): text_hash(other.text)
            for other in compiled.joined
        }
    text = json.dumps(mapping, ensure_ascii=False, separators=(",", ":"))
    return (text + "\n").encode()


def _relative(filename: str, folder: Path) -> str:
    if filename.startswith("<"):
        return filename
    try:
        return Path(os.path.relpath(filename, folder)).as_posix()
    except ValueError:  # on another drive
        return Path(filename).name


def write_output(output: Output, *, force: bool = False) -> None:
    """Write both files of ``output``, each complete or not at all.

    Equal contents are not written again, so that file times and build tools stay quiet.

    Raises:
        OutputRefused: a file there is not ours (and not ``force``), or a symbolic link.
        OSError: writing failed; the older files stay as they were.
    """
    refuse_special_files(output.python_path, output.map_path)
    if not force:
        refuse_foreign(output.python_path)
    output.python_path.parent.mkdir(parents=True, exist_ok=True)
    for path, content in (
        (output.map_path, output.map),
        (output.python_path, output.python),
    ):
        if not holds(path, content):
            write_atomically(path, content)
