"""Mathematics and random numbers."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisptorch_compile.runtime import (
    Integers,
    LinkedList,
    LispError,
    List,
    Numbers,
    Strings,
    distributions,
    numbers,
    text,
)


@pytest.mark.parametrize(
    ("result", "printed"),
    [
        (numbers.floor(2.7), "2"),
        (numbers.floor(1234567.8), "1.23457e+06"),
        (numbers.ceiling(2.1), "3"),
        (numbers.trunc(-2.7), "-2"),
        (numbers.sqrt(2), "1.41421"),
        (numbers.sqrt(List([4, 9, List([16])])), "(2 3 (4))"),
        (numbers.sqrt("16 apples"), "4"),
        (numbers.sqrt(-1 + 0j), "0,i"),
        (numbers.cbrt(27), "3"),
        (numbers.round(2.5), "3"),
        (numbers.round(-2.5), "-3"),
        (numbers.round(0.49999999999999994), "0"),
        (numbers.round(31415.9, 10000), "3.1416"),
        (numbers.round(List([1.5, 2.4])), "(2 2)"),
        (numbers.nearest(2.5), "2"),
        (numbers.logb(9), "3"),
        (numbers.logb(0), "-inf"),
        (numbers.floor(math.inf), "inf"),
        (numbers.exp2(10), "1024"),
        (numbers.tgamma(5), "24"),
        (numbers.radian(180), "3.14159"),
        (numbers.degree(math.pi), "180"),
        (numbers.fabs(-3), "3"),
        (numbers.iabs(-3.9), "3"),
        (numbers.abs(-3), "3"),
        (numbers.negative(5), "-5"),
        (numbers.negative(List([1, -2])), "(-1 2)"),
        (numbers.factorial(5), "120"),
        (numbers.factorial(List([3, 4])), "(6 24)"),
        (numbers.gcd(12, 18), "6"),
        (numbers.clear_bits(10, 2), "8"),
        (numbers.real_part(12 + 3j), "12"),
        (numbers.imaginary_part(12 + 3j), "3"),
        (numbers.imaginary_part(5), "0"),
        (numbers.to_complex(1, -1), "1,-i"),
        (numbers.to_short("12"), "12"),
    ],
)
def test_mathematics_prints_what_lispe_prints(result: Any, printed: str) -> None:
    assert text(result) == printed


@pytest.mark.parametrize(
    ("items", "kind"),
    [(Integers([4]), Numbers), (List([4]), List), (LinkedList([4]), LinkedList)],
)
def test_functions_map_over_lists(items: Any, kind: type) -> None:
    roots = numbers.sqrt(items)

    assert roots == [2.0]
    assert type(roots) is kind


@given(st.floats(-1e6, 1e6))
def test_functions_give_reals(value: float) -> None:
    for function in (numbers.floor, numbers.ceiling, numbers.trunc, numbers.round):
        assert type(function(value)) is float
    assert numbers.floor(value) <= value <= numbers.ceiling(value)
    assert abs(numbers.round(value) - value) <= 0.5


def test_outside_of_the_domain_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"math domain error|nonnegative"):
        numbers.sqrt(-1)


def test_impossible_factorials_and_shorts_are_errors() -> None:
    with pytest.raises(LispError, match="factorial of a negative number"):
        numbers.factorial(-1)
    with pytest.raises(LispError, match="out of range in 'short'"):
        numbers.to_short(40000)


def test_cosine_is_one_for_vectors_of_one_direction() -> None:
    assert numbers.cosine([1, 2], [2, 4]) == pytest.approx(1)
    assert numbers.cosine(List([1, 0]), Integers([0, 1])) == 0
    with pytest.raises(LispError, match="same size"):
        numbers.cosine([1], [1, 2])


def test_flat_matrices_are_multiplied() -> None:
    product = numbers.flat_product(
        Integers(range(1, 7)), Integers([2, 3]), Integers(range(6)), [3, 2]
    )

    assert text(product) == "((2 2) (16 22 34 49))"
    with pytest.raises(LispError, match="do not fit"):
        numbers.flat_product([1], [1, 1], [1, 2], [2, 1])


# --- random numbers ------------------------------------------------------------------------------


def test_random_is_below_its_limit() -> None:
    random.seed(1)
    drawn = [distributions.below(3) for _ in range(1000)]

    assert sorted(set(drawn)) == [0, 1, 2]
    assert distributions.below(0) == 0


def test_shuffle_changes_the_order_in_place() -> None:
    random.seed(1)
    items, typed = List(range(20)), Integers(range(20))
    mixed = distributions.shuffle(typed)

    assert distributions.shuffle(items) is items
    assert items != List(range(20))
    assert sorted(items) == sorted(mixed) == list(range(20))
    assert type(mixed) is Integers


def test_a_choice_draws_from_all_elements_each_time() -> None:
    random.seed(1)
    names = Strings("ab")
    drawn = distributions.choice(99, names, 10)

    assert type(drawn) is Strings
    assert len(drawn) == 99
    assert set(drawn) == {"a", "b"}
    assert distributions.choice(1, names, 10) in names
    with pytest.raises(LispError, match="The second parameter must be a list"):
        distributions.choice(1, 5, 10)


def test_one_draw_is_the_value_itself() -> None:
    assert isinstance(distributions.uniform(1), float)
    assert isinstance(distributions.poisson(1), int)
    assert distributions.bernoulli(1, 1) is True
    assert distributions.bernoulli(2, 0) == [None, None]
    assert distributions.discrete(1, [0, 3]) == 3


_AMOUNT = 4000
#: The mean and the standard deviation of each distribution, from its definition.
_MOMENTS: list[tuple[Callable[..., Any], tuple[Any, ...], float, float]] = [
    (distributions.uniform, (2, 4), 3, 2 / math.sqrt(12)),
    (distributions.uniform, (), 0.5, 1 / math.sqrt(12)),
    (distributions.binomial, (1, 0.25), 0.25, math.sqrt(0.25 * 0.75)),
    (distributions.binomial, (10, 0.3), 3, math.sqrt(2.1)),
    (distributions.geometric, (0.25,), 3, math.sqrt(0.75) / 0.25),
    (distributions.negative_binomial, (4, 0.5), 4, math.sqrt(8)),
    (distributions.poisson, (6,), 6, math.sqrt(6)),
    (distributions.exponential, (2,), 0.5, 0.5),
    (distributions.gamma, (4, 0.5), 2, 1),
    (distributions.weibull, (1, 2), 2, 2),
    (
        distributions.extreme_value,
        (1, 2),
        1 + 2 * 0.5772157,
        2 * math.pi / math.sqrt(6),
    ),
    (distributions.normal, (5, 2), 5, 2),
    (
        distributions.lognormal,
        (0, 0.5),
        math.exp(0.125),
        math.sqrt((math.exp(0.25) - 1) * math.exp(0.25)),
    ),
    (distributions.chi_squared, (8,), 8, 4),
    (distributions.student, (10,), 0, math.sqrt(10 / 8)),
    (distributions.fisher, (4, 20), 20 / 18, math.sqrt(2 * 400 * 22 / (4 * 324 * 16))),
    (distributions.discrete, ([1, 0, 3],), 2.5, math.sqrt(0.75)),
    (distributions.piecewise_constant, ([0, 1, 3], [1, 1]), 1.25, 0.9013878),
    (distributions.piecewise_linear, ([0, 3], [0, 1]), 2, math.sqrt(0.5)),
]


@pytest.mark.parametrize(("draw", "parameters", "mean", "deviation"), _MOMENTS)
def test_distributions_have_their_moments(
    draw: Callable[..., Any],
    parameters: tuple[float, ...],
    mean: float,
    deviation: float,
) -> None:
    random.seed(7)
    drawn = draw(_AMOUNT, *parameters)

    assert len(drawn) == _AMOUNT
    # Six times the standard error: the seed is fixed, and so is the outcome.
    assert statistics.fmean(drawn) == pytest.approx(
        mean, abs=6 * deviation / math.sqrt(_AMOUNT)
    )
    assert statistics.pstdev(drawn) == pytest.approx(deviation, rel=0.15)


def test_cauchy_has_its_median_and_quartiles() -> None:
    random.seed(7)
    low, median, high = statistics.quantiles(distributions.cauchy(_AMOUNT, 2, 3))

    assert median == pytest.approx(2, abs=0.3)
    assert (low, high) == (pytest.approx(-1, abs=0.4), pytest.approx(5, abs=0.4))


def test_the_weights_of_intervals_may_come_first() -> None:
    random.seed(7)
    drawn = distributions.piecewise_constant(500, [0, 1], [5, 6, 7])

    assert isinstance(drawn, Numbers)
    assert 6 <= min(drawn) <= max(drawn) <= 7


def test_wrong_parameters_are_errors() -> None:
    with pytest.raises(LispError, match="never succeeds"):
        distributions.geometric(1, 0)
    with pytest.raises(LispError, match=r"n weights need n \+ 1 bounds"):
        distributions.piecewise_constant(1, [1], [1])
    with pytest.raises(LispError, match="weights are positive numbers"):
        distributions.discrete(1, [0, 0])
    with pytest.raises(LispError, match="each of two or more bounds"):
        distributions.piecewise_linear(1, [1, 2], [1, 2, 3])
