; Numbers that chance gives: how many, of what kind, between what bounds.
(println (< (random 10) 10) (size (shuffle '(1 2 3))) (size (random_choice 2 '(1 2 3) 7)))
(setq draws
  (list (uniform_distribution 3 0 1) (bernoulli_distribution 3 0.5) (binomial_distribution 3 4 0.5)
    (negative_binomial_distribution 3 2 0.5) (geometric_distribution 3 0.5) (poisson_distribution 3 2)
    (fish_distribution 3 2) (exponential_distribution 3 1) (gamma_distribution 3 1 1)
    (weibull_distribution 3 1 1) (extreme_value_distribution 3 0 1) (normal_distribution 3 0 1)
    (lognormal_distribution 3 0 1) (chi_squared_distribution 3 2) (cauchy_distribution 3 0 1)
    (fisher_distribution 3 1 1) (student_distribution 3 2) (discrete_distribution 3 '(1 0 0))
    (piecewise_constant_distribution 3 '(1 1) '(0 1 2))
    (piecewise_linear_distribution 3 '(0 1 2) '(1 1 1))))
(println (maplist 'size draws))
(println (filterlist (\(u) (or (< u 0) (>= u 1))) (uniform_distribution 100 0 1)))
