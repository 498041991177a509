"""Threads as LispE has them: they share what they store for one another, and no more.

A thread gets deep copies of its arguments and of the variables of the file. What threads
exchange goes through ``store`` and ``retrieve``, which copy too, or through ``shared``,
whose variables one thread at a time sees.
"""

from __future__ import annotations

import atexit
import functools
import os
import sys
import threading
import weakref
from collections.abc import Callable
from typing import Any, NoReturn, Self

from lisptorch_compile.runtime.copies import full_copy
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import List

# --- starting and joining -------------------------------------------------------------------


#: The exit status of a program that was interrupted.
_INTERRUPTED = 130


class Worker(threading.Thread):
    """A thread that runs one call of a function, on copies made when it is created.

    The program ends when its threads have ended, or wait for what nobody can trigger.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
    ) -> None:
        super().__init__(name=function.__name__, daemon=True)
        self.function = function
        self._arguments = [full_copy(argument) for argument in arguments]
        self._keywords = {name: full_copy(item) for name, item in keywords.items()}
        self.inherited = {each: full_copy(vars(each)) for each in list(_variables)}

    def run(self) -> None:
        """Call the function; an error that it does not catch ends this thread alone."""
        try:
            self.function(*self._arguments, **self._keywords)
        except SystemExit as stop:
            _end_program(stop.code)


def _end_program(status: object) -> NoReturn:
    """``exit`` in a thread, where Python's would end the thread alone."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 0)


class _Started(threading.local):
    """The threads that the current one has started and not joined."""

    def __init__(self) -> None:
        self.workers: list[Worker] = []


_started = _Started()


def in_thread(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function whose calls start a thread each, and return True at once.

    A call by such a thread to the function that it runs is an ordinary call.

    >>> @in_thread
    ... def keep(n):
    ...     store("numbers", n if n < 3 else keep(n - 1))
    >>> keep(2), wait(), retrieve("numbers")
    (True, None, [2])
    """

    @functools.wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        current = threading.current_thread()
        if isinstance(current, Worker) and current.function is function:
            return function(*arguments, **keywords)
        worker = Worker(function, arguments, keywords)
        _started.workers.append(worker)
        _workers.add(worker)
        worker.start()
        return True

    return call


def wait() -> None:
    """Wait for the end of all threads that the current one has started."""
    while _started.workers:
        _started.workers.pop().join()


_workers: weakref.WeakSet[Worker] = weakref.WeakSet()


def finish() -> None:
    """Let all threads end but those that wait for a signal: nobody is left to give it."""
    while busy := [w for w in _workers if w.is_alive() and not _waits(w)]:
        busy[0].join(timeout=0.05)  # it may come to wait, or start others


@atexit.register
def _finish_at_exit() -> None:
    """Do so for a file that Python runs; an interrupt ends the threads, before or now."""
    if getattr(sys, "last_type", None) is KeyboardInterrupt:
        return
    try:
        finish()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        _end_program(_INTERRUPTED)


def _waits(worker: Worker) -> bool:
    return any([worker in signal.waiting for signal in _signals.values()])


# --- variables of the file ----------------------------------------------------------------------

_variables: weakref.WeakSet[Variables] = weakref.WeakSet()


class Variables(threading.local):
    """Variables of which each thread has its own, copies of its creator's to begin with.

    >>> own = Variables()
    >>> own.total = 3
    >>> @in_thread
    ... def change():
    ...     own.total = own.total + 1
    ...     store("total", own.total)
    >>> change(), wait(), retrieve("total"), own.total
    (True, None, [4], 3)
    """

    def __init__(self) -> None:
        _variables.add(self)
        current = threading.current_thread()
        if isinstance(current, Worker):
            vars(self).update(current.inherited.pop(self, {}))

    def __getattr__(self, name: str) -> Any:
        raise _unknown(name)


def _unknown(name: str) -> NameError:
    return NameError(f"name '{name}' is not defined", name=name)


# --- locks and signals ----------------------------------------------------------------------------

_tables = threading.Lock()  # guards the three tables below
_locks: dict[str, threading.RLock] = {}
_signals: dict[str, _Signal] = {}
_stored: dict[str, List] = {}


def lock(key: Any) -> threading.RLock:
    """Return the lock of a name; the thread that holds it may take it again."""
    with _tables:
        return _locks.setdefault(text(key), threading.RLock())


class _Signal:
    """What threads wait for under one name."""

    def __init__(self) -> None:
        self.condition = threading.Condition()
        self.waiting: list[threading.Thread] = []
        self.times_given = 0

    def wait(self) -> None:
        with self.condition:
            self.waiting.append(threading.current_thread())
            before = self.times_given
            self.condition.wait_for(lambda: self.times_given > before)

    def give(self) -> bool:
        with self.condition:
            somebody_waits = bool(self.waiting)
            self.waiting = []
            self.times_given += 1
            self.condition.notify_all()
            return somebody_waits


def _signal(key: Any) -> _Signal:
    with _tables:
        return _signals.setdefault(text(key), _Signal())


def wait_on(key: Any) -> None:
    """Wait until another thread triggers the name, from now on."""
    _signal(key).wait()


def trigger(key: Any) -> bool:
    """Wake the threads that wait on a name; tell whether there were any."""
    return _signal(key).give()


# --- stored values ----------------------------------------------------------------------------------


def store(key: Any, value: Any) -> None:
    """Put a copy of a value behind those that are stored under a name."""
    copy = full_copy(value)
    with _tables:
        _stored.setdefault(text(key), List()).append(copy)


def retrieve(key: Any) -> List | None:
    """Return copies of the values stored under a name, None if there never were any."""
    with _tables:
        values = _stored.get(text(key))
        return None if values is None else full_copy(values)


def retrieve_all() -> dict[str, List]:
    """Return copies of the stored values of all names."""
    with _tables:
        return {name: full_copy(values) for name, values in _stored.items()}


def clear(key: Any) -> bool:
    """Forget the values stored under a name; tell whether there ever were any."""
    with _tables:
        values = _stored.get(text(key))
        if values is None:
            return False
        values.clear()
        return True


def clear_all() -> None:
    """Forget all stored values."""
    with _tables:
        _stored.clear()


# --- the shared space ---------------------------------------------------------------------------------


class SharedSpace:
    """Variables of all threads, for the thread that has entered the space.

    >>> with shared:
    ...     shared.total = 1
    ...     shared.total + 1
    2
    >>> shared.total
    Traceback (most recent call last):
    NameError: name 'total' is not defined
    """

    def __enter__(self) -> Self:
        _space.acquire()
        _entered.times += 1
        return self

    def __exit__(self, *_: object) -> None:
        _entered.times -= 1
        _space.release()

    def __getattr__(self, name: str) -> Any:
        if not _entered.times or name not in _shared_values:
            raise _unknown(name)
        return _shared_values[name]

    def __setattr__(self, name: str, value: Any) -> None:
        if not _entered.times:
            raise LispError(
                "Error: this instruction can only be used in a 'threadspace' block"
            )
        _shared_values[name] = value


class _Entered(threading.local):
    """How many times the current thread is inside the shared space."""

    times = 0


_space = threading.RLock()
_entered = _Entered()
_shared_values: dict[str, Any] = {}

shared = SharedSpace()
