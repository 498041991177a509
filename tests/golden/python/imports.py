"""Compiled from imports.lsp by lisptorch-compile."""

import math
import statistics as stats
from os.path import basename

from lisptorch_compile.runtime import println

println(math.gcd(12, 18), basename("/tmp/notes.txt"), stats.median([3, 1, 2]))
