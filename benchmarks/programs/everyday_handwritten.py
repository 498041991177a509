"""The everyday loops of everyday.lsp as a Python programmer writes them."""

from array import array


def count_words(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def build_text(n):
    text = ""
    for i in range(n):
        text += "x" + str(i)
    return text


def join_texts(n):
    parts = []
    for i in range(n):
        parts.append(f"item{i}")
    return ",".join(parts)


def push_squares(n):
    items = []
    for i in range(n):
        items.append(i * i)
    return items


def push_while(n):
    items = []
    i = 0
    while i < n:
        items.append(i)
        i += 1
    return items


def push_in_front(n):
    items = []
    for i in range(n):
        items.insert(0, i)
    return items


def drain(n):
    stack = []
    for i in range(n):
        stack.append(i)  # noqa: PERF402 (what is timed)
    total = 0
    while stack:
        total += stack[-1]
        stack.pop()
    return total


def index_sum(items):
    total = 0
    i = 0
    n = len(items)
    while i < n:
        total += items[i]
        i += 1
    return total


def set_all(items):
    for i in range(len(items)):
        items[i] = 2 * items[i]
    return items


def sieve(n):
    flags = [1] * n
    primes = []
    for i in range(2, n):
        if flags[i] == 1:
            primes.append(i)
            j = i * i
            while j < n:
                flags[j] = 0
                j += i
    return primes


def read_numbers(text):
    total = 0
    for line in text.split("\n"):
        parts = line.split(" ")
        total += int(parts[0]) * int(parts[1])
    return total


def grid_sum(rows):
    total = 0
    for row in rows:
        for cell in row:
            if cell > 3:
                total += cell
    return total


def neighbours(grid):
    h = len(grid)
    w = len(grid[0])
    found = 0
    for y in range(1, h - 1):
        for x in range(1, w - 1):
            c = grid[y][x]
            if (
                c > grid[y - 1][x]
                and c > grid[y + 1][x]
                and c > grid[y][x - 1]
                and c > grid[y][x + 1]
            ):
                found += 1
    return found


def scan_text(text):
    depth = 0
    deepest = 0
    for char in text:
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        deepest = max(deepest, depth)
    return deepest


memo = {}


def collatz(n):
    if n == 1:
        return 1
    known = memo.get(n)
    if known:
        return known
    length = 1 + (collatz(n // 2) if n % 2 == 0 else collatz(3 * n + 1))
    memo[n] = length
    return length


def longest_chain(n):
    best = 0
    for i in range(1, n):
        length = collatz(i)
        best = max(best, length)
    return best


def bfs(graph, start):
    seen = {start: 0}
    queue = [start]
    i = 0
    while i < len(queue):
        node = queue[i]
        i += 1
        for following in graph[node]:
            if following not in seen:
                seen[following] = seen[node] + 1
                queue.append(following)
    return seen


def matmul(a, b):
    n = len(a)
    result = []
    for i in range(n):
        row = []
        for j in range(n):
            total = 0
            for k in range(n):
                total += a[i][k] * b[k][j]
            row.append(total)
        result.append(row)
    return result


def bubble(items):
    n = len(items)
    for i in range(n):
        for j in range(n - i - 1):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items


def chain(values):
    return [x * 3 for x in values if x % 2 == 0]


def folded(values):
    total = 0
    for x in values:
        total += x * x
    return total


def scanned(values):
    results = [0]
    total = 0
    for x in values:
        total += x
        results.append(total)
    return results


def taken(values):
    results = []
    for x in values:
        if not x < 900_000:
            break
        results.append(x)
    return results


def zipped(first, second):
    """`zipwith` makes a list of 64-bit integers, which is more than the comprehension."""
    return array("q", [a * b for a, b in zip(first, second, strict=True)])


def zipped_texts(first, second):
    return [a + b for a, b in zip(first, second, strict=True)]


def mapped_texts(words):
    return [word.upper() for word in words]
