"""What compiled functions need around a call: tail calls, guards, errors, options."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import FunctionType, MethodType
from typing import Any, Generic, NoReturn, ParamSpec, TypeVar

from lisptorch_compile.runtime.described import described
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.kinds import is_list
from lisptorch_compile.runtime.named_operators import OPERATORS
from lisptorch_compile.runtime.operators import truth
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.text import text

P = ParamSpec("P")
R = TypeVar("R")


# --- tail calls ---------------------------------------------------------------------------------


class TailCall:
    """A call that the outermost running ``tail_recursive`` function still has to make."""

    __slots__ = ("arguments", "function", "keywords")

    def __init__(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
    ) -> None:
        self.function = function
        self.arguments = arguments
        self.keywords = keywords


class TailRecursive(Generic[P, R]):
    """The type of what ``tail_recursive`` returns."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        raise NotImplementedError

    def tail(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return the call, for the outermost one to run."""
        raise NotImplementedError


def tail_recursive(function: Callable[P, R]) -> TailRecursive[P, R]:
    """Let functions that call each other last do so without growing the stack.

    In their bodies ``return other.tail(x)`` stands for ``return other(x)``: it returns the
    call, and the outermost call runs one after the other.

    >>> @tail_recursive
    ... def is_even(n):
    ...     return True if n == 0 else is_odd.tail(n - 1)
    >>> @tail_recursive
    ... def is_odd(n):
    ...     return None if n == 0 else is_even.tail(n - 1)
    >>> is_even(100_000)
    True
    """

    @functools.wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        result: Any = function(*arguments, **keywords)
        while type(result) is TailCall:
            result = result.function(*result.arguments, **result.keywords)
        return result

    def tail(*arguments: Any, **keywords: Any) -> Any:
        return TailCall(function, arguments, keywords)

    # A plain function with an attribute, so that it still becomes a method in a class.
    decorated: Any = call
    decorated.tail = tail
    result: TailRecursive[P, R] = decorated
    return result


def tail_call(method: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Return ``method(…)`` as a call for the outermost ``tail_recursive`` one to run.

    For methods: which function is meant shows at the call, and need not be one of those.

    >>> class Parity:
    ...     @tail_recursive
    ...     def is_even(self, n):
    ...         return True if n == 0 else tail_call(self.is_odd, n - 1)
    ...     @tail_recursive
    ...     def is_odd(self, n):
    ...         return None if n == 0 else tail_call(self.is_even, n - 1)
    >>> Parity().is_even(100_000)
    True
    """
    call: Any
    if isinstance(method, MethodType) and hasattr(method.__func__, "tail"):
        call = method.__func__.tail(method.__self__, *args, **kwargs)
    else:
        call = TailCall(method, args, kwargs)
    return call  # type: ignore[no-any-return]  # its value, once it has been run


# --- pattern functions ------------------------------------------------------------------------------


def holds(test: Callable[..., Any], *arguments: Any) -> bool:
    """Tell whether a guard is true; a guard that fails is not."""
    try:
        return truth(test(*arguments))
    except Exception:  # noqa: BLE001  # any error of a guard means no match
        return False


def no_match(name: str) -> LispError:
    """Return the error of a pattern function none of whose rules matches."""
    return LispError(f"Error: Could not find a match for function: '{name}'")


def unknown_key(value: Any) -> LispError:
    """Return the error of a `switch` that has no case for ``value``."""
    return LispError(f"Error: Unknown 'switch' key: '{text(value)}'")


def as_error(value: Any) -> Exception:
    """Return the error whose message is the text of ``value``; an exception as it is."""
    return value if isinstance(value, Exception) else LispError(text(value))


def throw(value: Any) -> NoReturn:
    """Raise the error whose message is the text of ``value``, or ``value``, if it is one."""
    raise as_error(value)


# --- calls that are decided at run time ---------------------------------------------------------------

#: ``(setq op (atom "+")) (op 1 2)``: an atom that names an operator can be called.
for _name, _function in OPERATORS.items():
    Symbol(_name, _function)


def send(
    receiver: Any,
    name: str,
    *arguments: Any,
    function: Callable[..., Any] | None = None,
) -> Any:
    """Return ``receiver.name(…)`` of an object, ``receiver(function(…))`` of a function.

    ``(x (g y))`` means the first for an instance ``x``, and calls ``x`` with the value of
    ``(g y)`` otherwise.
    """
    method = (
        None if isinstance(receiver, FunctionType) else getattr(receiver, name, None)
    )
    if callable(method):
        return method(*arguments)
    if function is not None and callable(receiver):
        return receiver(function(*arguments))
    raise LispError(f"Error: unknown instruction: '{name}'")


def options(value: Any) -> dict[str, Any]:
    """Return options as a plain dictionary.

    They are written as a dictionary, as a list of pairs, or as a list of keys and values in
    turn; nil is no option. Keys are texts or atoms.

    >>> options([["top_k", 40], ["seed", 1]]), options(["top_k", 40]), options(None)
    ({'top_k': 40, 'seed': 1}, {'top_k': 40}, {})

    Raises:
        LispError: ``value`` is none of these.
    """
    if value is None or value is False:
        return {}
    if isinstance(value, Mapping):
        return {_option_name(key): item for key, item in value.items()}
    if not is_list(value):
        raise LispError(
            f"Error: options are a dictionary or pairs, not {described(value)}"
        )
    items = list(value)
    if not any(isinstance(item, str | Symbol) for item in items):
        return dict(_option_pair(pair) for pair in items)
    if len(items) % 2:
        raise LispError(f"Error: an option has no value: {text(items[-1])}")
    return {
        _option_name(key): item
        for key, item in zip(items[::2], items[1::2], strict=True)
    }


def _option_pair(pair: Any) -> tuple[str, Any]:
    try:
        key, value = pair
    except (TypeError, ValueError) as error:
        raise LispError(
            f"Error: an option is a key and a value, not {described(pair)}"
        ) from error
    return _option_name(key), value


def _option_name(key: Any) -> str:
    if isinstance(key, str | Symbol):
        return str(key)
    raise LispError(f"Error: the name of an option is a text, not {described(key)}")
