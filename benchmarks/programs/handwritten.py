"""The kernels as a Python programmer writes them."""


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def sum_to(n):
    total = 0
    i = 0
    while i < n:
        total += i
        i += 1
    return total


def sum_loop(n):
    total = 0
    for i in range(n):
        total += i
    return total


def sum_items(items, start):
    total = start
    for item in items:
        total = total + item
    return total


def squares(numbers):
    return [x * x for x in numbers if x > 10]


def combined(a, b):
    return [x * 2 + y for x, y in zip(a, b, strict=True)]
