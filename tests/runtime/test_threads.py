"""Threads: what they share, and what they do not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from lisptorch_compile.runtime import LispError, List, message, threads
from lisptorch_compile.runtime.threads import Variables, in_thread, shared
from tests.programs import run_python

LONG = 30  # seconds: no test waits so long unless it fails


@pytest.fixture(autouse=True)
def _nothing_stored() -> Iterator[None]:
    threads.clear_all()
    yield
    threads.wait()
    threads.clear_all()


def test_threads_run_at_the_same_time() -> None:
    meeting = threading.Barrier(3)

    @in_thread
    def meet(name: str) -> None:
        meeting.wait(LONG)
        threads.store("met", name)

    assert meet("a") is True and meet("b") is True
    assert threads.retrieve("met") is None  # both wait for the third
    meeting.wait(LONG)
    threads.wait()
    assert sorted(threads.retrieve("met") or ()) == ["a", "b"]


def test_arguments_are_deep_copies_made_at_the_call() -> None:
    go = threading.Event()
    seen: list[Any] = []

    @in_thread
    def change(items: Any, table: Any) -> None:
        go.wait(LONG)
        seen.append((List(items), dict(table)))
        items[0].append(9)
        table["list"].append(9)

    inner = List([1])
    items, table = List([inner, 2]), {"list": List([3])}
    change(items, table)
    inner.append(5)
    table["list"].append(5)
    go.set()
    threads.wait()
    assert seen == [([[1, 9], 2], {"list": [3, 9]})]
    assert items == [[1, 5], 2] and table == {"list": [3, 5]}


def test_one_list_given_twice_is_still_one_list_each() -> None:
    cyclic = List([1])
    cyclic.append(cyclic)
    sizes: list[bool] = []

    @in_thread
    def look(items: Any) -> None:
        sizes.append(items[1] is items and items is not cyclic)

    look(cyclic)
    threads.wait()
    assert sizes == [True]


def test_calls_by_the_thread_itself_are_plain_calls() -> None:
    names: list[str] = []

    @in_thread
    def factorial(n: int) -> Any:
        names.append(threading.current_thread().name)
        result = 1 if n == 0 else n * factorial(n - 1)
        if n == 5:
            threads.store("factorial", result)
        return result

    assert factorial(5) is True
    threads.wait()
    assert threads.retrieve("factorial") == [120]
    assert names == ["factorial"] * 6


def test_two_thread_functions_start_threads_for_each_other() -> None:
    found: list[bool] = []

    @in_thread
    def inner() -> None:
        found.append(threading.current_thread().name == "inner")

    @in_thread
    def outer() -> None:
        found.append(inner() is True)
        threads.wait()

    outer()
    threads.wait()
    assert found == [True, True]


def test_each_thread_has_its_own_variables() -> None:
    own = Variables()
    own.total = 1
    own.items = List([1])
    started, change = threading.Event(), threading.Event()

    @in_thread
    def work() -> None:
        started.set()
        change.wait(LONG)
        own.total = own.total + 10
        own.items.append(2)
        threads.store("seen", List([own.total, own.items]))

    work()
    started.wait(LONG)
    own.total = 5  # too late for the thread
    own.items.append(7)
    change.set()
    threads.wait()
    assert threads.retrieve("seen") == [[11, [1, 2]]]
    assert (own.total, own.items) == (5, [1, 7])


def test_a_variable_that_is_not_set_is_an_unknown_label() -> None:
    with pytest.raises(NameError) as caught:
        _ = Variables().missing
    assert message(caught.value).startswith("Error: unknown label: 'missing'")


def test_stored_values_are_copies() -> None:
    kept = List([1])
    threads.store("k", kept)
    kept.append(2)
    first = threads.retrieve("k")
    assert first == [[1]]
    first[0].append(3)
    assert threads.retrieve("k") == [[1]]
    assert threads.retrieve_all() == {"k": [[1]]}
    threads.retrieve_all()["k"].append(1)
    assert threads.retrieve("k") == [[1]]


def test_clearing() -> None:
    assert threads.clear("k") is False and threads.retrieve("k") is None
    threads.store("k", 1)
    assert threads.clear("k") is True and threads.retrieve("k") == []
    threads.clear_all()
    assert threads.retrieve("k") is None and threads.retrieve_all() == {}


def test_names_are_texts() -> None:
    threads.store(1, "x")
    assert threads.retrieve("1") == ["x"]
    assert threads.lock(1) is threads.lock("1")


def test_a_lock_keeps_others_out_and_lets_its_holder_in() -> None:
    entered, leave = threading.Event(), threading.Event()

    @in_thread
    def hold() -> None:
        with threads.lock("door"), threads.lock("door"):
            entered.set()
            leave.wait(LONG)

    hold()
    entered.wait(LONG)
    assert not threads.lock("door").acquire(blocking=False)
    assert threads.lock("other door").acquire(blocking=False)
    threads.lock("other door").release()
    leave.set()
    threads.wait()
    with threads.lock("door"):
        pass


def test_a_trigger_wakes_all_that_wait_and_is_not_kept() -> None:
    assert threads.trigger("go") is False

    @in_thread
    def listen(name: str) -> None:
        threads.wait_on("go")
        threads.store("woken", name)

    listen("a")
    listen("b")
    woken = 0
    while woken < 2:
        woken = len(threads.retrieve("woken") or ())
        threads.trigger("go")
    threads.wait()
    assert sorted(threads.retrieve("woken") or ()) == ["a", "b"]
    assert threads.trigger("go") is False


def test_the_shared_space_is_for_one_thread_at_a_time() -> None:
    with shared:
        shared.count = 0

    @in_thread
    def count_up() -> None:
        for _ in range(500):
            with shared, shared:
                old = shared.count
                threading.Event().wait(0)  # another thread's turn
                shared.count = old + 1

    for _ in range(4):
        count_up()
    threads.wait()
    with shared:
        assert shared.count == 2000


def test_shared_variables_are_seen_inside_only() -> None:
    with shared:
        shared.inside = 1
    with pytest.raises(NameError):
        _ = shared.inside
    with pytest.raises(LispError, match="can only be used in a 'threadspace' block"):
        shared.inside = 2
    with shared:
        assert shared.inside == 1


def test_the_shared_space_is_left_after_an_error() -> None:
    def fail() -> None:
        with shared:
            raise LispError("inside")

    with pytest.raises(LispError, match="inside"):
        fail()
    free: list[bool] = []

    @in_thread
    def enter() -> None:
        with shared:
            free.append(True)

    enter()
    threads.wait()
    assert free == [True]


def test_wait_is_for_the_threads_of_the_current_one() -> None:
    leave = threading.Event()

    @in_thread
    def stay() -> None:
        leave.wait(LONG)

    @in_thread
    def wait_for_nobody() -> None:
        threads.wait()
        threads.store("waited", True)

    stay()
    wait_for_nobody()
    while threads.retrieve("waited") is None:
        threading.Event().wait(0)
    leave.set()
    threads.wait()


# --- the end of the program ------------------------------------------------------------------

_START = "from lisptorch_compile.runtime import threads\n"


def test_threads_that_nobody_can_wake_do_not_keep_the_program_alive() -> None:
    process = run_python(
        "-c",
        _START + """
@threads.in_thread
def wait():
    threads.wait_on("nobody")
    print("not reached")

@threads.in_thread
def work():
    threads.wait_on("start")
    print(" worked ", end="")

wait()
work()
while not threads.trigger("start"):
    pass
print(" end ", end="")
""",
    )
    assert sorted(process.stdout.split()) == ["end", "worked"]
    assert (process.returncode, process.stderr) == (0, "")


def test_a_thread_can_end_the_program() -> None:
    process = run_python(
        "-c",
        _START + """
import sys

@threads.in_thread
def leave():
    print("leaving")
    sys.exit(3)

leave()
threads.wait()
print("not reached")
""",
    )
    assert (process.stdout, process.returncode) == ("leaving\n", 3)
