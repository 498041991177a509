"""Random numbers: single ones, choices, and what is drawn from a distribution.

A distribution gives a list of the numbers drawn, of one draw the number itself.

All come from Python's shared generator: ``random.seed`` makes a program repeatable. The
parameters are those of the C++ classes that LispE's functions are named for.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Sequence
from typing import Any

from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.containers import elements, like
from lisptorch_compile.runtime.conversions import to_integer
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.values import Integers, List, Numbers, TypedList

#: A list of what was drawn; one draw gives the value itself.
Reals = Numbers | float
WholeNumbers = Integers | int


def below(limit: Any) -> int:
    """Return an integer from 0 to ``limit`` (excluded); 0 if there is only that."""
    return random.randrange(max(1, to_integer(limit)))


def shuffle(items: Any) -> Any:
    """Put the elements of a list in random order, in place; the list."""
    mixed = list(elements(items))
    random.shuffle(mixed)
    if not isinstance(items, list):
        return like(items, mixed)
    items[:] = mixed
    return items


def choice(count: Any, items: Any, _initial: Any = None) -> Any:
    """Return some elements of a list, each drawn from all of them; of one, itself.

    LispE makes weights of its third argument, but all elements get the same.

    Raises:
        LispError: ``items`` is no list, or empty.
    """
    if not is_list(items):
        raise LispError("Error: The second parameter must be a list")
    pool = list(elements(items))
    if not pool:
        raise LispError("Error: no element to choose from")
    drawn = random.choices(pool, k=to_integer(count))
    return drawn[0] if len(drawn) == 1 else like(items, drawn)


# --- distributions --------------------------------------------------------------------------------


def _reals(count: Any, draw: Callable[[], float]) -> Reals:
    """Return a list of what ``draw`` gives; of one draw, the value itself."""
    times = to_integer(count)
    return draw() if times == 1 else Numbers([draw() for _ in range(times)])


def _integers(count: Any, draw: Callable[[], int]) -> WholeNumbers:
    times = to_integer(count)
    return draw() if times == 1 else Integers([draw() for _ in range(times)])


def _positive_uniform() -> float:
    """Return a number between 0 and 1 whose logarithm exists."""
    return 1.0 - random.random()


def uniform(count: Any, low: Any = 0, high: Any = 1) -> Reals:
    """Return reals between two bounds."""
    return _reals(count, lambda: random.uniform(low, high))


def bernoulli(count: Any, probability: Any = 0.5) -> bool | List:
    """Return true with a probability, else nil."""
    times = to_integer(count)
    answers = [random.random() < probability for _ in range(times)]
    return answers[0] if times == 1 else List([answer or None for answer in answers])


def binomial(count: Any, trials: Any = 1, probability: Any = 0.5) -> WholeNumbers:
    """Return how many of some trials succeed."""
    return _integers(
        count, lambda: sum(random.random() < probability for _ in range(trials))
    )


def geometric(count: Any, probability: Any = 0.5) -> WholeNumbers:
    """Return how many trials fail before the first success."""
    return _integers(count, lambda: _failures(probability))


def negative_binomial(
    count: Any, successes: Any = 1, probability: Any = 0.5
) -> WholeNumbers:
    """Return how many trials fail before some successes."""
    return _integers(
        count, lambda: sum(_failures(probability) for _ in range(successes))
    )


def _failures(probability: float) -> int:
    if not 0 < probability <= 1:
        raise LispError(f"Error: a probability of {probability:g} never succeeds")
    if probability == 1:
        return 0
    return math.floor(math.log(_positive_uniform()) / math.log1p(-probability))


def poisson(count: Any, mean: Any = 1) -> WholeNumbers:
    """Return how many events happen where ``mean`` are expected."""
    return _integers(count, lambda: _events(mean))


def _events(mean: float) -> int:
    """Count how many exponential waiting times fit into ``mean``."""
    events, elapsed = -1, 0.0
    while elapsed <= mean:
        elapsed += random.expovariate(1.0)
        events += 1
    return events


def exponential(count: Any, rate: Any) -> Reals:
    """Return waiting times for events of a rate."""
    return _reals(count, lambda: random.expovariate(rate))


def gamma(count: Any, shape: Any, scale: Any) -> Reals:
    """Return reals of the gamma distribution."""
    return _reals(count, lambda: random.gammavariate(shape, scale))


def weibull(count: Any, shape: Any = 1, scale: Any = 1) -> Reals:
    """Return reals of the Weibull distribution."""
    return _reals(count, lambda: random.weibullvariate(scale, shape))


def extreme_value(count: Any, location: Any = 0, scale: Any = 1) -> Reals:
    """Return reals of the Gumbel distribution."""
    return _reals(count, lambda: location - scale * math.log(random.expovariate(1.0)))


def normal(count: Any, mean: Any = 0, deviation: Any = 1) -> Reals:
    """Return normally distributed reals."""
    return _reals(count, lambda: random.gauss(mean, deviation))


def lognormal(count: Any, mean: Any = 0, deviation: Any = 1) -> Reals:
    """Return reals whose logarithms are normally distributed."""
    return _reals(count, lambda: random.lognormvariate(mean, deviation))


def chi_squared(count: Any, freedom: Any) -> Reals:
    """Return sums of ``freedom`` squares of normally distributed reals."""
    return _reals(count, lambda: _chi_squared(freedom))


def _chi_squared(freedom: float) -> float:
    return random.gammavariate(freedom / 2, 2)


def cauchy(count: Any, location: Any = 0, scale: Any = 1) -> Reals:
    """Return reals of the Cauchy distribution."""
    return _reals(
        count, lambda: location + scale * math.tan(math.pi * (random.random() - 0.5))
    )


def fisher(count: Any, numerator: Any = 1, denominator: Any = 1) -> Reals:
    """Return reals of the F distribution with two degrees of freedom."""
    return _reals(
        count,
        lambda: (_chi_squared(numerator) / numerator)
        / (_chi_squared(denominator) / denominator),
    )


def student(count: Any, freedom: Any = 1) -> Reals:
    """Return reals of Student's t distribution."""
    return _reals(
        count,
        lambda: random.gauss(0, 1) / math.sqrt(_chi_squared(freedom) / freedom),
    )


def discrete(count: Any, weights: Any) -> Any:
    """Return elements of ``weights``, each as often as it says itself."""
    pool = list(elements(weights))
    if not is_list(weights) or not pool:
        raise LispError("Error: expecting a list of weights")
    _check_weights(pool)
    drawn = random.choices(pool, pool, k=to_integer(count))
    if len(drawn) == 1:
        return drawn[0]
    return like(weights, drawn) if isinstance(weights, TypedList) else Numbers(drawn)


def piecewise_constant(count: Any, bounds: Any, weights: Any) -> Reals:
    """Return reals from the intervals between ``bounds``, as often as the weights say.

    Raises:
        LispError: there is not one bound more than there are weights.
    """
    edges, likely = list(elements(bounds)), list(elements(weights))
    if len(likely) == len(edges) + 1:  # the other order, which only sizes can tell
        edges, likely = likely, edges
    if len(edges) != len(likely) + 1:
        raise LispError("Error: n weights need n + 1 bounds")
    _check_weights(likely)
    intervals = list(itertools.pairwise(edges))
    return _reals(count, lambda: random.uniform(*random.choices(intervals, likely)[0]))


def piecewise_linear(count: Any, bounds: Any, densities: Any) -> Reals:
    """Return reals whose density at each of ``bounds`` is given, straight in between.

    Raises:
        LispError: the lists differ in size, or there are fewer than two bounds.
    """
    edges, heights = list(elements(bounds)), list(elements(densities))
    if len(edges) != len(heights) or len(edges) < 2:
        raise LispError("Error: each of two or more bounds needs a density")
    pieces = list(
        zip(itertools.pairwise(edges), itertools.pairwise(heights), strict=True)
    )
    areas = [(high - low) * (a + b) / 2 for (low, high), (a, b) in pieces]
    _check_weights(areas)
    return _reals(count, lambda: _under_line(random.choices(pieces, areas)[0]))


def _check_weights(weights: Sequence[float]) -> None:
    if sum(weights) <= 0 or min(weights) < 0:
        raise LispError("Error: weights are positive numbers, and not all are 0")


def _under_line(piece: tuple[Sequence[float], Sequence[float]]) -> float:
    """Draw from a trapezoid: a triangle at its left or at its right end."""
    (low, high), (left, right) = piece
    u, v = random.random(), random.random()
    falls = random.random() * (left + right) < left
    return low + (high - low) * (min(u, v) if falls else max(u, v))
