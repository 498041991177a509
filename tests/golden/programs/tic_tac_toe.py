"""Compiled from tic_tac_toe.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Strings, lists, parts, println, set_at

# tic tac toe with minimax
wins = List(
    [
        List([0, 1, 2]),
        List([3, 4, 5]),
        List([6, 7, 8]),
        List([0, 3, 6]),
        List([1, 4, 7]),
        List([2, 5, 8]),
        List([0, 4, 8]),
        List([2, 4, 6]),
    ]
)


def winner(b):
    for w in wins:
        i, j, k = w
        if b[i] != "_" and b[i] == b[j] and b[j] == b[k]:
            return b[i]
    return None if "_" in b else "draw"


def minimax(b, player):
    w = winner(b)
    if w == "X":
        return 1
    if w == "O":
        return -1
    if w == "draw":
        return 0
    best = -2 if player == "X" else 2
    for i in range(9):
        if b[i] == "_":
            set_at(b, i, player)
            s = minimax(b, "O" if player == "X" else "X")
            set_at(b, i, "_")
            best = max(best, s) if player == "X" else min(best, s)
    return best


def best_move(b, player):
    best = None
    score = None
    for i in range(9):
        if b[i] == "_":
            c = lists.clone(b)
            set_at(c, i, player)
            s = minimax(c, "O" if player == "X" else "X")
            if score is None or (s > score if player == "X" else s < score):
                score = s
                best = i
    return best


def show(b):
    for r in range(3):
        print(" ".join(parts.extract(b, r * 3, 3 + r * 3)))


board = Strings("X_O_X___O")
show(board)
m = best_move(board, "X")
println(m)
set_at(board, m, "X")
println(winner(board))
print(minimax(Strings("XO_______"), "X"))
