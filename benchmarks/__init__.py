"""Speed as ratios, ours against hand-written Python and against other compilers."""
