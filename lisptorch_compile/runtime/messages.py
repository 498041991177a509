"""The text of every error: LispE's own, and LispE's words for what Python and torch say."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from types import FrameType, FunctionType, TracebackType

from lisptorch_compile.runtime import native_errors
from lisptorch_compile.runtime.errors import LispError


def message(error: BaseException) -> str:
    """Return the text of an error as a `maybe` function gets it.

    What LispE says, followed by ``, line: N in: FILE`` for the place of the innermost
    compiled form that failed.

    >>> message(ZeroDivisionError("division by zero"))
    'Error: division by zero'
    """
    return description(error) + _place(error.__traceback__)


def description(error: BaseException) -> str:
    """Return the text of an error without its place."""
    match error:
        case LispError():
            return str(error)
        case ZeroDivisionError():
            return "Error: division by zero"
        case IndexError():
            return native_errors.bounds_error(error)
        case KeyError():
            return "Error: index out of bounds"
        case AttributeError():
            return native_errors.attribute_error(error)
        case RuntimeError() if not isinstance(error, RecursionError):
            return native_errors.runtime_error(error)
        case NameError():
            return f"Error: unknown label: '{_unknown_name(error)}'"
        case RecursionError():
            return "Error: stack overflow"
        case TypeError():
            return _type_error(error)
        case ValueError() if _UNPACKING.match(str(error)):
            return _UNEQUAL_SIZES
        case ValueError() if str(error) == "math domain error":
            return "Error: the function has no value for this number"
        case OverflowError():
            return _OUT_OF_RANGE
        case ValueError() if _is_ours(error.__traceback__) or _is_conversion(error):
            return _conversion_error(error)
        case ModuleNotFoundError(name=str(name)):
            return _missing_module(name)
        case ImportError():
            return f"Error: {_BEHIND_NAME.sub('', str(error))}"
        case OSError():
            return _system_error(error)
        case StopIteration():
            return "Error: no element is left"
        case MemoryError():
            return "Error: out of memory"
        case _:
            shown = str(error) or type(error).__name__
            return shown if shown.startswith("Error: ") else f"Error: {shown}"


def _unknown_name(error: NameError) -> str:
    """Return the name that has no value; of a local variable only the text has it."""
    named = re.search(r"'(\w+)'", str(error))
    return error.name or (named[1] if named else "")


#: Where Python says from which file a module came.
_BEHIND_NAME = re.compile(r" \([^()]*\)$")
_UNPACKING = re.compile(r"(too many|not enough) values to unpack")
_NO_INTEGER = "Error: cannot convert this value into an integer: '{}'"
_OUT_OF_RANGE = "Error: number out of range"
_UNEQUAL_SIZES = "Error: a list of variable should have the same size as its value."

#: Python's texts for operands that an operator does not take, with LispE's operator.
_OPERAND_ERRORS = (
    (re.compile(r"unsupported operand type\(s\) for ([^\s:]+)"), None),
    (re.compile(r"bad operand type for unary ([^\s:]+)"), None),
    (re.compile(r"'([<>=!]+)' not supported between"), None),
    (re.compile(r"can only concatenate|must be str, not|can't concat"), "+"),
    (re.compile(r"can't multiply sequence"), "*"),
    (re.compile(r"string formatting|format requires|a real number is required"), "%"),
)


#: Functions of the runtime that are called for operators, and those.
_OPERATOR_FUNCTIONS = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "remainder": "%",
    "power": "^^",
}
#: Python's texts for a value that should be a number.
_NO_NUMBER = re.compile(
    r"must be real number, not|^(int|float)\(\) argument must be|bad operand type for abs"
    r"|cannot be interpreted as an integer|slice indices must be|indices must be integers"
)
#: Python's texts for a value that should have elements.
_NO_CONTAINER = re.compile(
    r"object is not iterable|has no len\(\)|must support iteration|is not a container"
    r"|not reversible|argument of type '\w+' is not iterable"
)
_UNCALLABLE = re.compile(r"'(\w+)' object is not callable")
#: What `type` gives for values of these Python types.
_KINDS = {
    "Integers": "integers_",
    "List": "list_",
    "NoneType": "nil_",
    "Numbers": "numbers_",
    "Strings": "strings_",
    "Symbol": "atom_",
    "dict": "dictionary_",
    "float": "number_",
    "int": "integer_",
    "list": "list_",
    "set": "set_",
    "str": "string_",
}
_MISSING_ARGUMENT = re.compile(
    r"(?:.*\.)?(?!__init__\b)(<?\w+>?)\(\) (?:missing|takes)"
)


def _type_error(error: TypeError) -> str:
    text = str(error)
    of_torch = native_errors.argument_error(error)
    if of_torch is not None:
        return of_torch
    call = _MISSING_ARGUMENT.match(text)
    if call is not None and call[1] in _OPERATOR_FUNCTIONS:
        return f"Error: cannot apply '{_OPERATOR_FUNCTIONS[call[1]]}' to one element"
    if "__init__() missing" in text:
        return "Error: Missing arguments"
    if "__init__() takes" in text or "__init__() got" in text:
        return "Error: argument list mismatch with the parameter list"
    if call is not None:
        return _wrong_count(call[1], error.__traceback__)
    uncallable = _UNCALLABLE.match(text)
    if uncallable is not None:
        kind = _KINDS.get(uncallable[1], uncallable[1])
        of_torch = native_errors.uncallable(uncallable[1], error.__traceback__)
        return of_torch or f"Error: unknown instruction: '{kind}'"
    plain = _pythons_words(text)
    if plain is None:
        return f"Error: {text}"
    return native_errors.refused_call(error) or plain


def _pythons_words(text: str) -> str | None:
    """Return LispE's text for one that Python has for a value of the wrong kind."""
    for pattern, name in _OPERAND_ERRORS:
        found = pattern.search(text)
        if found is not None:
            operator = name or _lisp_operator(found[1])
            return f"Error: cannot evaluate '{operator}' with these operands"
    if _NO_NUMBER.search(text):
        return "Error: expecting a number"
    if text.startswith("cannot unpack non-iterable"):
        return _UNEQUAL_SIZES
    if _NO_CONTAINER.search(text):
        return "Error: expecting a container as argument"
    if text.startswith("reduce() of empty"):
        return "Error: the list has no elements"
    if text.startswith("unhashable type"):
        return "Error: this value cannot be a key or an element of a set"
    if text.startswith("sequence item"):
        return "Error: expecting a list of strings"
    if "bytes-like object" in text:
        return "Error: expecting a string"
    if "is not subscriptable" in text or "support item assignment" in text:
        return "Error: value cannot be access through index"
    return None


#: Python's texts for what is no number, with LispE's.
_CONVERSIONS = (
    (re.compile(r"^Indices for islice|^Stop argument for islice"), _OUT_OF_RANGE),
    (
        re.compile(r"(?:invalid literal|could not convert)[^:]*: (.*)", re.DOTALL),
        "Error: cannot convert this value into a number: {}",
    ),
    (re.compile(r"cannot convert float (NaN) to integer"), _NO_INTEGER),
    (re.compile("Overflow when unpacking"), "Error: a tensor's integers have 64 bits"),
    (re.compile(r"not in range|out of range|negative shift count"), _OUT_OF_RANGE),
)


def _is_conversion(error: ValueError) -> bool:
    """Tell whether a native call could not make the number of something that it needs."""
    return str(error).startswith(("could not convert string", "Overflow when unpack"))


def _conversion_error(error: Exception) -> str:
    """Return the text for what a function of the runtime could not make a number of."""
    for pattern, answer in _CONVERSIONS:
        found = pattern.search(str(error))
        if found is not None:
            return answer.format(*found.groups())
    return f"Error: {error}"


def _wrong_count(name: str, traceback: TracebackType | None) -> str:
    """Return the text for a call with the wrong number of arguments; the function is
    looked up where it was called, to show its parameters."""
    if name == "<lambda>":
        return "Error: Wrong number of arguments in: '(lambda ...)'"
    found: FunctionType | None = None
    while traceback is not None:
        frame = traceback.tb_frame
        function = frame.f_locals.get(name, frame.f_globals.get(name))
        if isinstance(function, FunctionType):
            found = function
        traceback = traceback.tb_next
    if found is None:
        return f"Error: Wrong number of arguments in call to: '{name}'"
    code = found.__code__
    parameters = " ".join(code.co_varnames[: code.co_argcount])
    return f"Error: Wrong number of arguments in call to: '({name} ({parameters})...)'"


def _lisp_operator(name: str) -> str:
    if len(name) > 1 and name not in ("<=", ">=", "==", "!="):
        name = name.rstrip("=")
    return "^^" if name == "**" else name


#: Modules that are installed under another name.
_DISTRIBUTIONS = {
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "PIL": "pillow",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}


def _missing_module(name: str) -> str:
    top = name.partition(".")[0]
    if top != name and importlib.util.find_spec(top) is not None:
        return f"Error: the Python package '{top}' has no module '{name}'"
    distribution = _DISTRIBUTIONS.get(top, top)
    return (
        f"Error: the Python module '{top}' is not installed: pip install {distribution}"
    )


def _system_error(error: OSError) -> str:
    if error.strerror is None or error.filename is None:
        return f"Error: {error}"
    return f"Error: {error.strerror}: {error.filename}"


# --- the place of an error ------------------------------------------------------------------

#: Where code lies that is no program: this package, Python's library, what is frozen.
_LIBRARIES = (
    os.path.dirname(os.path.dirname(__file__)),
    os.path.dirname(os.__file__),
    "<frozen",
)
_INSTALLED = ("site-packages", "dist-packages")
#: The file of code that a library builds from a text, such as a dataclass's methods.
_MADE_AT_RUN_TIME = "<string>"
_SOURCE_SUFFIXES = (".lsp", ".lisp")


@lru_cache(maxsize=512)
def _is_program(filename: str) -> bool:
    """Tell whether code of this file is the user's: no library, none of ours."""
    if filename == _MADE_AT_RUN_TIME:
        return False
    if filename.endswith(_SOURCE_SUFFIXES):
        return True
    if filename.startswith(_LIBRARIES):
        return False
    return not any(folder in filename for folder in _INSTALLED)


def _is_ours(traceback: TracebackType | None) -> bool:
    """Tell whether an error arose in a function of this package."""
    innermost = ""
    while traceback is not None:
        innermost = traceback.tb_frame.f_code.co_filename
        traceback = traceback.tb_next
    return innermost.startswith(_LIBRARIES[0])


def _place(traceback: TracebackType | None) -> str:
    """Return the innermost line of the program that an error came by, or that called
    the function of ours in which it stayed."""
    if traceback is None:
        return ""
    steps = list(_steps(traceback))
    lines = [(each.tb_frame.f_code.co_filename, each.tb_lineno) for each in steps]
    program = [line for line in lines if _is_program(line[0])]
    filename, number = (program[-1:] or _callers(traceback.tb_frame) or lines)[0]
    return f", line: {number} in: {filename}"


def _steps(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _callers(frame: FrameType | None) -> list[tuple[str, int]]:
    """Return the line of the program that called, however indirectly, a running frame."""
    while frame is not None:
        if _is_program(frame.f_code.co_filename):
            return [(frame.f_code.co_filename, frame.f_lineno)]
        frame = frame.f_back
    return []
