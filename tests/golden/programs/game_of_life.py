"""Compiled from game_of_life.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    higher_order,
    lists,
    println,
    remainder,
)

# Conway's game of life on a torus.
rows = 6
columns = 6


# A board is a list of rows, a cell 1 or 0.
def make_board(living):
    board = List()
    for r in range(rows):
        board.append(
            Integers([1 if f"{r},{c}" in living else 0 for c in range(columns)])
        )
    return board


def cell(board, r, c):
    return board[remainder(r + rows, rows)][remainder(c + columns, columns)]


# How many of the eight cells around are alive
def neighbours(board, r, c):
    count_of_living = 0
    for dr in [-1, 0, 1]:
        for dc in [-1, 0, 1]:
            if dr != 0 or dc != 0:
                count_of_living += cell(board, r + dr, c + dc)
    return count_of_living


def next_cell(board, r, c):
    around = neighbours(board, r, c)
    if around == 3:
        return 1
    return cell(board, r, c) if around == 2 else 0


def step(board):
    return List(
        [List([next_cell(board, r, c) for c in range(columns)]) for r in range(rows)]
    )


def show(board):
    for row in board:
        print("".join(["#" if x == 1 else "." for x in row]))
    print()


board = make_board(List(["0,1", "1,2", "2,0", "2,1", "2,2"]))
for _ in range(3):
    show(board)
    board = step(board)
println("alive:", lists.sum(higher_order.map_typed(lists.sum, board)))
