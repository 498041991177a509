"""Compiled from functions_with_bodies.lsp by lisptorch-compile."""


# A function prints with its body where the program shows which one it is
def twice(x, y=2):
    # a comment is no part of it
    return x * y if x > 0 else "none"


print('(defun twice (x (y 2)) (if (> x 0) (* x y) "none"))', "(λ (x) (+ x 1))")
print("(λ (l) (map (λ (x) (* x 'x)) l))\n", end="")
print('(defun twice (x (y 2)) (if (> x 0) (* x y) "none"))')
print(len("(λ (x) x)"))
print(twice(4))
