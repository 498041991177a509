"""Running a compiled program in this process, with errors shown at their LispE line."""

from __future__ import annotations

import os
import sys
import sysconfig
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, TracebackType

from lisptorch_compile.api import CompileError
from lisptorch_compile.codegen import KEPT_VALUE
from lisptorch_compile.pipeline import Compiled
from lisptorch_compile.tools.import_hook import install_import_hook
from lisptorch_compile.tools.programs import code_of
from lisptorch_compile.tools.sources import SUFFIXES
from lisptorch_compile.tools.uncaught import show_lisp_line

#: Calls that may be open at once. A call costs CPython at most about 2 KiB of C stack
#: (through ``sorted``, ``map`` or an operator method), and then counts twice or more.
RECURSION_LIMIT = 200_000
STACK_BYTES = 512 * 2**20

INTERRUPTED = 130

_PACKAGE = Path(__file__).parents[1]
_LIBRARIES = ("stdlib", "purelib", "platlib")

#: What the extra ``runtime`` installs.
_RUNTIME_EXTRA = {"torch", "safetensors", "sentencepiece", "tiktoken", "numpy"}


def run_program(
    files: Sequence[Compiled],
    arguments: Sequence[str],
    *,
    module: ModuleSpec | None = None,
) -> int:
    """Run a program that was compiled with its ``tree``, and return its exit status.

    The last of its files is the program, the others are those that it loads.

    The program is ``__main__``: ``arguments``, its own path as it was typed and what
    follows, are its ``sys.argv``; LispE files can be imported, and imports search its folder
    first. A program that was named as a ``module`` finds them where Python found that. The
    value of its last form is printed if it was kept. An error that it does not catch goes to
    the standard error stream; the status is 1.
    """
    *loaded, compiled = files
    code = code_of(compiled)
    filename = compiled.source.filename
    main = ModuleType("__main__")
    place = os.path.abspath(filename)  # as Python gives a script
    main.__dict__.update(__file__=place, __builtins__=__builtins__)
    if module is None:
        sys.path.insert(0, str(Path(filename).resolve().parent))
    else:
        main.__dict__.update(__spec__=module, __package__=module.parent)
    sys.modules["__main__"] = main
    sys.argv = list(arguments)
    install_import_hook().prepare(loaded)

    def work() -> None:
        exec(code, main.__dict__)  # noqa: S102  # the user's own program
        if KEPT_VALUE in main.__dict__:
            _print_value(main.__dict__[KEPT_VALUE])

    return _run(work, filename)


def run_python_module(module: ModuleSpec, arguments: Sequence[str]) -> int:
    """Run a module that is Python as ``python -m`` does, and return its exit status."""
    import runpy

    sys.argv = list(arguments)
    return _run(
        lambda: runpy.run_module(module.name, run_name="__main__", alter_sys=True),
        module.origin or module.name,
    )


def _run(work: Callable[[], object], filename: str) -> int:
    threading.excepthook = _ShowThreadErrors(filename)
    return on_large_stack(lambda: _status_of(work, filename))


def _status_of(work: Callable[[], object], filename: str) -> int:
    try:
        status = _status_of_work(work, filename)
        # here, where an interrupt is caught, and not when the interpreter ends
        _wait_for_threads()
        _flush_output()
        return status
    except KeyboardInterrupt:
        # as the interpreter does, for what runs at exit: nobody waits for threads then
        sys.last_type, sys.last_value, sys.last_traceback = sys.exc_info()
        _flush_output()
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _status_of_work(work: Callable[[], object], filename: str) -> int:
    try:
        work()
        _flush_output()
        return 0
    except SystemExit as stop:
        _flush_output()
        return _status(stop.code)
    except (KeyboardInterrupt, BrokenPipeError):
        # the second: whoever read the output has gone, so there is nobody to tell
        raise
    except BaseException as error:  # noqa: BLE001  # shown, as Python would
        _flush_output()
        show_error(error, filename)
        return 1


def _wait_for_threads() -> None:
    threads = sys.modules.get("lisptorch_compile.runtime.threads")
    if threads is not None:  # else the program has started none
        threads.finish()


def _print_value(value: object) -> None:
    from lisptorch_compile.runtime import println  # only when there is a value to print

    println(value)


def _status(code: object) -> int:
    """Return the exit status that Python gives for a ``SystemExit``."""
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _flush_output() -> None:
    with suppress(ValueError):  # the program may have closed it
        sys.stdout.flush()


class _ShowThreadErrors:
    """Shows errors that end a thread like those that end the program."""

    def __init__(self, filename: str) -> None:
        self.filename = filename
        self.lock = threading.Lock()  # one error after the other

    def __call__(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value
        if error is not None and not isinstance(error, SystemExit):
            with self.lock:
                _flush_output()
                show_error(error, self.filename)


def show_error(error: BaseException, filename: str) -> None:
    """Write an uncaught error to the standard error stream.

    First LispE's line for it and the source line, then Python's traceback from the
    program's first frame on. What the runtime raises on purpose says all in its message:
    neither its own frames are shown, nor the error that made it do so::

        Error: index out of bounds, line: 3 in: model.lsp
            3 | (println (@ row 10))

        Traceback (most recent call last):
          …
    """
    frames = _from_program_on(error.__traceback__, filename)
    by_runtime = _raised_by_runtime(frames)
    if by_runtime:
        _end_with_program(frames)
    error = error.with_traceback(frames)
    if isinstance(error, CompileError):  # of a file that the program loads
        print(error, file=sys.stderr)
        return
    if isinstance(error, ModuleNotFoundError) and error.name in _RUNTIME_EXTRA:
        print(
            f"this program needs {error.name}: "
            'pip install "lisptorch-compile[runtime]"',
            file=sys.stderr,
        )
        return
    show_lisp_line(error, frames)
    traceback.print_exception(type(error), error, frames, chain=not by_runtime)


def _from_program_on(
    frames: TracebackType | None, filename: str
) -> TracebackType | None:
    """Leave out the frames of this module: they say nothing about the program."""
    first = frames
    while first is not None:
        if first.tb_frame.f_code.co_filename == filename:
            return first
        first = first.tb_next
    return frames


def _raised_by_runtime(frames: TracebackType | None) -> bool:
    """Tell whether a function of the runtime has raised an error on purpose.

    Any other error out of it may be a bug of ours, of which all is worth seeing.
    """
    modules = [str(f.f_globals.get("__name__")) for f, _ in traceback.walk_tb(frames)]
    if not modules or not modules[-1].startswith("lisptorch_compile.runtime."):
        return False
    (innermost,) = traceback.extract_tb(frames, limit=-1)
    return (innermost.line or "").startswith("raise ")


def _end_with_program(frames: TracebackType | None) -> None:
    """Cut off the frames of the runtime and of libraries that the program has called."""
    last, frame = frames, frames
    while frame is not None:
        if _is_of_program(frame.tb_frame.f_code.co_filename):
            last = frame
        frame = frame.tb_next
    if last is not None:
        last.tb_next = None


def _is_of_program(filename: str) -> bool:
    path = Path(os.path.abspath(filename))
    libraries = [Path(sysconfig.get_path(kind)) for kind in _LIBRARIES]
    in_library = any([path.is_relative_to(each) for each in (_PACKAGE, *libraries)])
    return filename.endswith(SUFFIXES) or not in_library


# --- deep recursion -------------------------------------------------------------------


def on_large_stack(work: Callable[[], int]) -> int:
    """Run ``work`` where Lisp's deep recursion neither stops nor kills the process."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION_LIMIT))
    threading.stack_size(STACK_BYTES)  # of the threads that the program starts, too
    if _main_stack_grows():
        return work()
    return _in_thread(work)


@contextmanager
def deep_calls() -> Iterator[None]:
    """Let calls of this thread go as deep as those of a program, if its stack can grow."""
    before = sys.getrecursionlimit()
    if _main_stack_grows():
        sys.setrecursionlimit(max(before, RECURSION_LIMIT))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _main_stack_grows() -> bool:
    """Raise the limit of the main thread's stack; only Linux lets a running one grow."""
    if sys.platform != "linux":
        return False
    if threading.current_thread() is not threading.main_thread():
        return False
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    if soft == resource.RLIM_INFINITY:
        return True
    wanted = STACK_BYTES if hard == resource.RLIM_INFINITY else min(STACK_BYTES, hard)
    if wanted > soft:
        resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))
    return wanted >= STACK_BYTES


def _in_thread(work: Callable[[], int]) -> int:
    outcome: list[int | BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001  # handed to the caller
            outcome.append(error)

    thread = threading.Thread(target=run, name="program", daemon=True)
    thread.start()
    thread.join()
    result = outcome[0]
    if isinstance(result, BaseException):
        raise result
    return result
