"""Numbers: arithmetic, comparison, mathematics, conversions, random numbers."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    BOOL,
    FLOAT,
    INT,
    INTEGERS,
    LIST,
    LISTS,
    NIL,
    NUMBERS,
    SCALARS,
    TENSOR,
    TEXT,
    UNKNOWN,
    Builtin,
    Fact,
    Overload,
    Yields,
    declare,
    declare_overloads,
    first_argument,
)
from lisptorch_compile.catalogue.yields import (
    A_COMPLEX,
    A_FLOAT,
    A_LIST,
    A_TRUTH,
    AN_INTEGER,
    like,
)

# --- what they yield --------------------------------------------------------------------------

_SCALAR = INT | FLOAT | BOOL | TEXT | NIL


def _real(arguments: Sequence[Fact]) -> Fact:
    """A real of a number or text, a tensor of a tensor."""
    if any([argument.may_be(LISTS) for argument in arguments[1:]]):
        return UNKNOWN  # the result is divided by it
    if arguments and arguments[0].only(_SCALAR):
        return A_FLOAT
    if arguments and arguments[0].only(TENSOR):
        return arguments[0]
    return UNKNOWN


def _integer(arguments: Sequence[Fact]) -> Fact:
    """An integer of integers."""
    if arguments and all(argument.only(INT | BOOL) for argument in arguments):
        return AN_INTEGER
    return UNKNOWN


def _whole(arguments: Sequence[Fact]) -> Fact:
    """An integer of a number or text, lists and tensors of such."""
    if arguments and arguments[0].only(_SCALAR):
        return AN_INTEGER
    return UNKNOWN


def _magnitude(arguments: Sequence[Fact]) -> Fact:
    """The kind of a real number or tensor."""
    if arguments and arguments[0].only(INT | FLOAT | TENSOR):
        return arguments[0]
    return UNKNOWN


def _truth(arguments: Sequence[Fact]) -> Fact:
    """A truth value; beside a tensor, a tensor of them."""
    for argument in arguments:
        if argument.only(TENSOR):
            return argument
    return A_TRUTH


def _equality(arguments: Sequence[Fact]) -> Fact:
    """1 or 0 for single values, a list or tensor of answers for others."""
    single = all(fact.only(SCALARS | NIL) for fact in arguments)
    return AN_INTEGER if single else UNKNOWN


def _negated(arguments: Sequence[Fact]) -> Fact:
    """The kind of the argument; a text gives a real."""
    if arguments and arguments[0].may_be(TEXT | BOOL):
        return UNKNOWN
    return first_argument(arguments)


# --- operators: the code generator has functions of its own for those without target -----------


def _operator(
    name: str, value: str, yields: Yields, doc: str, *, aliases: tuple[str, ...] = ()
) -> Builtin:
    """Declare an operator on one list or several operands."""
    ways = (Overload("operand, *operands", None),)
    return Builtin(name, aliases, ways, yields, doc, pure=True, value=value)


_ARITHMETIC = (
    _operator(
        "+",
        "add",
        UNKNOWN,
        "The sum, or a text followed by the texts of the others; one list is summed up.",
    ),
    _operator("-", "subtract", UNKNOWN, "The first operand less all the others."),
    _operator("*", "multiply", UNKNOWN, "The product; one list is multiplied."),
    _operator(
        "/", "divide", UNKNOWN, "The first operand divided by the others, a real."
    ),
    _operator(
        "%", "remainder", UNKNOWN, "The remainder, with the sign of the first operand."
    ),
    _operator(
        "^^",
        "power",
        UNKNOWN,
        "The first operand to the power of the next; a real, but for the exponent 2.",
        aliases=("**",),
    ),
    _operator("&", "operator.and_", _integer, "The bits that all operands have."),
    _operator("|", "operator.or_", _integer, "The bits that one of the operands has."),
    _operator(
        "^", "operator.xor", _integer, "The bits that only one of two operands has."
    ),
    _operator("&~", "numbers.clear_bits", _integer, "The bits that the second lacks."),
    _operator("<<", "operator.lshift", _integer, "The bits moved to the left."),
    _operator(">>", "operator.rshift", _integer, "The bits moved to the right."),
    declare(
        "~",
        "operand",
        "~operand",
        _integer,
        "The bits turned.",
        pure=True,
        value="operator.invert",
    ),
)


def _comparison(name: str, value: str, doc: str, yields: Yields = A_TRUTH) -> Builtin:
    ways = (Overload("first, second, *others", None),)
    return Builtin(name, (), ways, yields, doc, pure=True, value=value)


_COMPARISON = (
    _comparison(
        "=", "equal", "Tell whether all are equal; containers by their elements."
    ),
    _comparison("!=", "unequal", "Tell whether two values are not equal."),
    _comparison(
        "eq", "same", "Tell whether all are the first: the same, or equal scalars."
    ),
    _comparison("neq", "different", "Tell whether none of the others is the first."),
    _comparison("<", "less", "Tell whether each is smaller than the next.", _truth),
    _comparison(
        "<=", "less_equal", "Tell whether none is greater than the next.", _truth
    ),
    _comparison(">", "greater", "Tell whether each is greater than the next.", _truth),
    _comparison(
        ">=", "greater_equal", "Tell whether none is smaller than the next.", _truth
    ),
    declare(
        ">=<",
        "left, right",
        "compare(left, right)",
        AN_INTEGER,
        "-1, 0 or 1 as the first is smaller than, equal to or greater than the second.",
        pure=True,
    ),
    Builtin(
        "==",
        (),
        (Overload("left, right", None),),
        _equality,
        "1 for equal values, 0 for others; element by element on lists.",
        pure=True,
        value="equal_each",
    ),
)


# --- mathematics -----------------------------------------------------------------------------------


def _function(
    name: str,
    native: str,
    doc: str,
    *,
    tensor: str | None = None,
    runtime: str | None = None,
    aliases: tuple[str, ...] = (),
) -> Builtin:
    """Declare a function of one number, which maps over lists; ``native`` is on x."""
    function = f"numbers.{runtime or name}"
    overloads = [("x: number", native)]
    if tensor is not None:
        overloads.append(("x: tensor", f"x.{tensor}()"))
    overloads.append(("x", f"{function}(x)"))
    return declare_overloads(
        name, overloads, _real, doc, aliases=aliases, pure=True, value=function
    )


#: Functions that `math` and tensors have under the same name.
_COMMON = {
    "acos": "The arc cosine, in radians.",
    "acosh": "The inverse hyperbolic cosine.",
    "asin": "The arc sine, in radians.",
    "asinh": "The inverse hyperbolic sine.",
    "atan": "The arc tangent, in radians.",
    "atanh": "The inverse hyperbolic tangent.",
    "cos": "The cosine of an angle in radians.",
    "cosh": "The hyperbolic cosine.",
    "erf": "The error function.",
    "erfc": "One less the error function.",
    "exp": "The exponential function.",
    "exp2": "Two to the power of a number.",
    "expm1": "The exponential function less one.",
    "lgamma": "The logarithm of the gamma function.",
    "log": "The natural logarithm.",
    "log10": "The logarithm in base 10.",
    "log1p": "The natural logarithm of one plus a number.",
    "log2": "The logarithm in base 2.",
    "sin": "The sine of an angle in radians.",
    "sinh": "The hyperbolic sine.",
    "tan": "The tangent of an angle in radians.",
    "tanh": "The hyperbolic tangent.",
}

_MATHEMATICS = (
    *(
        _function(name, f"math.{name}(x)", doc, tensor=name)
        for name, doc in _COMMON.items()
    ),
    _function(
        "sqrt", "math.sqrt(x)", "The square root.", tensor="sqrt", aliases=("√",)
    ),
    _function("cbrt", "math.cbrt(x)", "The cube root.", aliases=("∛",)),
    _function("tgamma", "math.gamma(x)", "The gamma function."),
    _function("fabs", "math.fabs(x)", "The absolute value, as a real.", tensor="abs"),
    _function("floor", "float(math.floor(x))", "The next lower whole number."),
    _function("ceiling", "float(math.ceil(x))", "The next higher whole number."),
    _function("trunc", "float(math.trunc(x))", "The whole part of a number."),
    _function(
        "rint",
        "float(round(x))",
        "The nearest whole number, the even one of two.",
        runtime="nearest",
        aliases=("nearbyint",),
    ),
    _function(
        "logb", "numbers.logb(x)", "The exponent of the power of two below a number."
    ),
    _function("radian", "math.radians(x)", "Degrees in radians.", tensor="deg2rad"),
    _function("degree", "math.degrees(x)", "Radians in degrees.", tensor="rad2deg"),
    declare(
        "round",
        "value, divisor=None",
        "numbers.round(value, divisor)",
        _real,
        "The nearest whole number, a half away from zero; divided by a second argument.",
        pure=True,
    ),
    declare_overloads(
        "abs",
        [("x: number", "abs(x)"), ("x", "numbers.abs(x)")],
        _magnitude,
        "The absolute value.",
        pure=True,
    ),
    declare_overloads(
        "iabs",
        [("x: integer", "abs(x)"), ("x", "numbers.iabs(x)")],
        _whole,
        "The absolute value, as an integer.",
        pure=True,
    ),
    declare_overloads(
        "sign",
        [("x: number", "-x"), ("x", "numbers.negative(x)")],
        _negated,
        "A number with the other sign.",
        pure=True,
        value="numbers.negative",
    ),
    declare(
        "signp",
        "value",
        "kinds.sign(value)",
        _whole,
        "-1, 0 or 1 as a number is below, at or above 0.",
        aliases=("sign?",),
        pure=True,
    ),
    declare_overloads(
        "gcd",
        [
            ("left: integer, right: integer", "math.gcd(left, right)"),
            ("left, right", "numbers.gcd(left, right)"),
        ],
        AN_INTEGER,
        "The greatest common divisor.",
        aliases=("hcf",),
        pure=True,
        value="numbers.gcd",
    ),
    declare(
        "!",
        "value",
        "numbers.factorial(value)",
        _whole,
        "The factorial of an integer, or of each of a list.",
        pure=True,
    ),
    declare(
        "cosine",
        "left, right",
        "numbers.cosine(left, right)",
        A_FLOAT,
        "The cosine of the angle between two vectors.",
        pure=True,
    ),
    declare(
        "+*",
        "left, left_shape, right, right_shape",
        "numbers.flat_product(left, left_shape, right, right_shape)",
        A_LIST,
        "The shape and the elements of the product of two flat matrices.",
        pure=True,
    ),
)

# --- conversions -----------------------------------------------------------------------------------

_CONVERSIONS = (
    declare_overloads(
        "integer",
        [
            ("value: integer", "value"),
            ("value: number", "int(value)"),
            ("value", "to_integer(value)"),
        ],
        AN_INTEGER,
        "A number without its decimals; the integer that a text starts with, or 0.",
        pure=True,
        value="to_integer",
    ),
    declare_overloads(
        "number",
        [
            ("value: real", "value"),
            ("value: number", "float(value)"),
            ("value", "to_float(value)"),
        ],
        A_FLOAT,
        "A value as a real number; the one that a text starts with, or 0.",
        aliases=("float",),
        pure=True,
        value="to_float",
    ),
    declare(
        "short",
        "value",
        "numbers.to_short(value)",
        AN_INTEGER,
        "A value as an integer of 16 bits.",
        aliases=("int16_t",),
        pure=True,
    ),
    declare_overloads(
        "complex",
        [
            ("real: number, imaginary: number", "complex(real, imaginary)"),
            ("real, imaginary=0", "numbers.to_complex(real, imaginary)"),
        ],
        A_COMPLEX,
        "The complex number of a real and an imaginary part.",
        pure=True,
        value="numbers.to_complex",
    ),
    declare(
        "real",
        "value",
        "numbers.real_part(value)",
        A_FLOAT,
        "The real part of a number.",
        pure=True,
    ),
    declare(
        "imaginary",
        "value",
        "numbers.imaginary_part(value)",
        A_FLOAT,
        "The imaginary part of a number.",
        pure=True,
    ),
)

# --- random numbers ---------------------------------------------------------------------------------


#: What is drawn: a list, or of one draw the number.
SOME_REALS = Fact(NUMBERS | FLOAT, FLOAT)
SOME_INTEGERS = Fact(INTEGERS | INT, INT)


def _distribution(
    name: str,
    parameters: str,
    yields: Fact,
    doc: str,
    *,
    aliases: tuple[str, ...] = (),
) -> Builtin:
    """Declare ``NAME_distribution``: its first parameter says how many to draw."""
    names = [part.partition("=")[0].strip() for part in parameters.split(",")]
    arguments = ", ".join(["amount", *names])
    return declare(
        f"{name}_distribution",
        f"amount, {parameters}",
        f"distributions.{name}({arguments})",
        yields,
        doc,
        aliases=aliases,
    )


_RANDOM = (
    declare(
        "random",
        "limit",
        "distributions.below(limit)",
        AN_INTEGER,
        "A random integer from 0 to a limit (excluded).",
    ),
    declare(
        "shuffle",
        "items",
        "distributions.shuffle(items)",
        like(0),
        "Put the elements of a list in random order; the list.",
    ),
    declare(
        "random_choice",
        "amount, items, initial=None",
        "distributions.choice(amount, items, initial)",
        UNKNOWN,
        "Elements drawn from a list, again and again from all; of one draw, itself.",
    ),
    _distribution("uniform", "low=0, high=1", SOME_REALS, "Reals between two bounds."),
    _distribution(
        "bernoulli",
        "probability=0.5",
        Fact(LIST | BOOL, BOOL | NIL),
        "True with a probability, else nil.",
    ),
    _distribution(
        "binomial",
        "trials=1, probability=0.5",
        SOME_INTEGERS,
        "How many of some trials succeed.",
    ),
    _distribution(
        "negative_binomial",
        "successes=1, probability=0.5",
        SOME_INTEGERS,
        "How many trials fail before some successes.",
    ),
    _distribution(
        "geometric",
        "probability=0.5",
        SOME_INTEGERS,
        "How many trials fail before the first success.",
    ),
    _distribution(
        "poisson",
        "mean=1",
        SOME_INTEGERS,
        "How many events happen where some are expected.",
        aliases=("fish_distribution",),
    ),
    _distribution(
        "exponential", "rate", SOME_REALS, "Waiting times for events of a rate."
    ),
    _distribution(
        "gamma", "shape, scale", SOME_REALS, "Reals of the gamma distribution."
    ),
    _distribution(
        "weibull", "shape=1, scale=1", SOME_REALS, "Reals of the Weibull distribution."
    ),
    _distribution(
        "extreme_value",
        "location=0, scale=1",
        SOME_REALS,
        "Reals of the Gumbel distribution.",
    ),
    _distribution(
        "normal", "mean=0, deviation=1", SOME_REALS, "Normally distributed reals."
    ),
    _distribution(
        "lognormal",
        "mean=0, deviation=1",
        SOME_REALS,
        "Reals whose logarithms are normally distributed.",
    ),
    _distribution(
        "chi_squared",
        "freedom",
        SOME_REALS,
        "Sums of squares of normally distributed reals.",
    ),
    _distribution(
        "cauchy", "location=0, scale=1", SOME_REALS, "Reals of the Cauchy distribution."
    ),
    _distribution(
        "fisher",
        "numerator=1, denominator=1",
        SOME_REALS,
        "Reals of the F distribution with two degrees of freedom.",
    ),
    _distribution(
        "student", "freedom=1", SOME_REALS, "Reals of Student's t distribution."
    ),
    _distribution(
        "discrete", "weights", UNKNOWN, "Weights, each as often as it says itself."
    ),
    _distribution(
        "piecewise_constant",
        "bounds, weights",
        SOME_REALS,
        "Reals from intervals, as often as the weights say.",
    ),
    _distribution(
        "piecewise_linear",
        "bounds, densities",
        SOME_REALS,
        "Reals whose density at each bound is given.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (
    *_ARITHMETIC,
    *_COMPARISON,
    *_MATHEMATICS,
    *_CONVERSIONS,
    *_RANDOM,
)
