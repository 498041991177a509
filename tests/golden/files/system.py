"""Compiled from system.lsp by lisptorch-compile."""

import os
import sys

from lisptorch_compile.runtime import (
    Strings,
    dates,
    greater_equal,
    kinds,
    printing,
    println,
    system,
    text,
)

# The machine, the clock and the environment.
system.set_environment("LISPTORCH_GREETING", "hello")
print(
    os.environ.get("LISPTORCH_GREETING", ""),
    len(os.environ.get("LISPTORCH_UNSET_NAME", "")),
)
println(Strings.of([word.strip() for word in system.run_command("echo one; echo two")]))
println(
    system.operating_system() in ["LINUX", "MACOS", "WINDOWS"],
    kinds.is_number(system.free_memory()),
    kinds.is_number(system.total_memory()),
)
system.sleep(1)
println(greater_equal(dates.chrono() - dates.chrono(), -1), len(text(dates.now())))
day_of_birth = dates.date_of(1999, 12, 31, 23, 59, 58)
println(
    day_of_birth,
    dates.year(day_of_birth),
    dates.month(day_of_birth),
    dates.day(day_of_birth),
)
print(dates.hour(day_of_birth), dates.minute(day_of_birth), dates.second(day_of_birth))
print(dates.day_of_year(day_of_birth), dates.day_of_week(day_of_birth))
println(
    kinds.type_of(Strings(sys.argv)),
    os.path.join(os.path.dirname(os.path.abspath(__file__)), "").endswith("/"),
)
printing.printerr("to stderr")
sys.exit(0)
print("never reached")
