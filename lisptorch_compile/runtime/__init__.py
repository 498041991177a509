"""What compiled programs import: LispE's values and operators, without torch.

Libraries are modules of this package: ``from lisptorch_compile.runtime import lists``.
Those for tensors import torch, the others and this file never do.
"""

from lisptorch_compile.runtime.arithmetic import (
    add,
    divide,
    multiply,
    power,
    remainder,
    subtract,
)
from lisptorch_compile.runtime.calls import (
    as_error,
    holds,
    no_match,
    options,
    send,
    tail_call,
    tail_recursive,
    throw,
    unknown_key,
)
from lisptorch_compile.runtime.classes import Instance
from lisptorch_compile.runtime.containers import iterate
from lisptorch_compile.runtime.conversions import to_float, to_integer
from lisptorch_compile.runtime.errors import Failure, LispError, Maybe
from lisptorch_compile.runtime.late_names import LateNames, LaterFile, loading_file
from lisptorch_compile.runtime.messages import message
from lisptorch_compile.runtime.operators import (
    at,
    compare,
    different,
    equal,
    equal_each,
    greater,
    greater_equal,
    is_null,
    less,
    less_equal,
    negation,
    same,
    set_at,
    truth,
    unequal,
)
from lisptorch_compile.runtime.printing import println
from lisptorch_compile.runtime.records import Kind, Nested, Record, as_record
from lisptorch_compile.runtime.symbols import EMPTY, UNSET, Symbol, called_by_name
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.updates import Entry, update_at
from lisptorch_compile.runtime.values import (
    ByteStrings,
    Floats,
    Integers,
    LinkedList,
    List,
    Numbers,
    Shorts,
    Strings,
    to_list,
)

__all__ = [
    "EMPTY",
    "UNSET",
    "ByteStrings",
    "Entry",
    "Failure",
    "Floats",
    "Instance",
    "Integers",
    "Kind",
    "LateNames",
    "LaterFile",
    "LinkedList",
    "LispError",
    "List",
    "Maybe",
    "Nested",
    "Numbers",
    "Record",
    "Shorts",
    "Strings",
    "Symbol",
    "add",
    "as_error",
    "as_record",
    "at",
    "called_by_name",
    "compare",
    "different",
    "divide",
    "equal",
    "equal_each",
    "greater",
    "greater_equal",
    "holds",
    "is_null",
    "iterate",
    "less",
    "less_equal",
    "loading_file",
    "message",
    "multiply",
    "negation",
    "no_match",
    "options",
    "power",
    "println",
    "remainder",
    "same",
    "send",
    "set_at",
    "subtract",
    "tail_call",
    "tail_recursive",
    "text",
    "throw",
    "to_float",
    "to_integer",
    "to_list",
    "truth",
    "unequal",
    "unknown_key",
    "update_at",
]
