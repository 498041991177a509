"""Compiled from matrices.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    add,
    apl,
    kinds,
    matrices,
    multiply,
    numbers,
    println,
)

# Matrices and tensors of one kind, and their algebra.
println(
    matrices.integer_matrix(2, 2),
    matrices.integer_matrix(2, 2, 7),
    matrices.number_matrix([List([1, 2.5]), List([3, 4])]),
)
println(
    matrices.short_matrix(1, 2, 3),
    matrices.float_matrix(1, 2, 0.5),
    matrices.text_matrix(1, 2, "a"),
    matrices.number_matrix(1, 2),
)
println(
    matrices.tensor("integer", 2, 1, 2),
    matrices.tensor("number", 1, 1, 2),
    matrices.tensor("number", 1, 1, 1),
    matrices.tensor("short", 1, 1, 2),
)
println(
    matrices.tensor("float", 1, 1, 2),
    matrices.tensor("string", 1, 1, 2),
    matrices.to_tensor(List([List([1, 2]), List([3, 4])])),
    matrices.to_tensor(List([List([1]), List([2])])),
)
a = apl.rho(2, 2, Integers(range(1, 5)))
println(
    matrices.invert(a),
    matrices.invert(a),
    matrices.determinant(a),
    matrices.solve(a, [5, 11]),
)
println(a + a, a * 2, apl.inner(add, multiply, a, a))
println(
    kinds.type_of(matrices.integer_matrix(2, 2)),
    kinds.type_of(matrices.tensor("number", 1, 1, 2)),
)
println(
    numbers.flat_product(
        Integers(range(1, 5)), Integers([2, 2]), Integers(range(1, 5)), Integers([2, 2])
    )
)
