"""Compiled from exceptions.lsp by lisptorch-compile."""

import json

from lisptorch_compile.runtime import (
    Failure,
    Maybe,
    as_error,
    at,
    message,
    parts,
    println,
)

# Exceptions of Python: caught with LispE's text, thrown as they are.
try:
    result = json.loads("{")
except Failure as error_2:
    e = message(error_2)
    result = parts.extract(e, "", ", line:")
println(result)
try:
    raise as_error(ValueError("too small"))
except Failure as error_2:
    result = Maybe(message(error_2))
println(isinstance(result, Maybe))
error = ValueError("kept")
value = at(error.args, 0)
try:
    raise as_error(error)
except Failure as error_2:
    e_2 = message(error_2)
    result = parts.extract(e_2, "", ", line:")
println(error, value, result)
try:
    with open("missing.txt") as f:
        result = f.read()
except Failure as error_2:
    e_3 = message(error_2)
    result = parts.extract(e_3, "", ", line:")
println(result)
try:
    result = error.nothing
except Failure as error_2:
    e_4 = message(error_2)
    result = parts.extract(e_4, "", ", line:")
try:
    result_2 = error.nothing()
except Failure as error_2:
    e_5 = message(error_2)
    result_2 = parts.extract(e_5, "", ", line:")
println(result, result_2)
try:
    result = json.dumps(type)
except Failure as error_2:
    e_6 = message(error_2)
    result = parts.extract(e_6, "", ", line:")
println(result)
