"""Compiled from random.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    distributions,
    higher_order,
    lists,
    println,
)

# Numbers that chance gives: how many, of what kind, between what bounds.
println(
    distributions.below(10) < 10,
    len(distributions.shuffle(List([1, 2, 3]))),
    lists.size(distributions.choice(2, List([1, 2, 3]), 7)),
)
draws = List(
    [
        distributions.uniform(3, 0, 1),
        distributions.bernoulli(3, 0.5),
        distributions.binomial(3, 4, 0.5),
        distributions.negative_binomial(3, 2, 0.5),
        distributions.geometric(3, 0.5),
        distributions.poisson(3, 2),
        distributions.poisson(3, 2),
        distributions.exponential(3, 1),
        distributions.gamma(3, 1, 1),
        distributions.weibull(3, 1, 1),
        distributions.extreme_value(3, 0, 1),
        distributions.normal(3, 0, 1),
        distributions.lognormal(3, 0, 1),
        distributions.chi_squared(3, 2),
        distributions.cauchy(3, 0, 1),
        distributions.fisher(3, 1, 1),
        distributions.student(3, 2),
        distributions.discrete(3, List([1, 0, 0])),
        distributions.piecewise_constant(3, List([1, 1]), List([0, 1, 2])),
        distributions.piecewise_linear(3, List([0, 1, 2]), List([1, 1, 1])),
    ]
)
println(Integers([lists.size(draw) for draw in draws]))
println(
    higher_order.filter_list(
        lambda u: u < 0 or u >= 1, distributions.uniform(100, 0, 1)
    )
)
