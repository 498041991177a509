"""Compiled from dates.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, dates, kinds, less, println

# Dates that change when a part of them is set.
day = dates.date_of(2024, 2, 28, 12, 0, 0)
dates.day(day, 29)
println(
    day,
    kinds.type_of(day),
    dates.day_of_week(day),
    dates.day_of_year(day),
    day - dates.date_of(2024, 2, 28, 12, 0, 0),
)
year_result = dates.year(day, 2028)
try:
    result = dates.year("2024")
except Failure:
    result = "no date"
try:
    result_2 = dates.month(day, 99)
except Failure:
    result_2 = "no such month"
println(year_result, result, result_2)
println(kinds.type_of(dates.chrono()), less(dates.date_of(2024), dates.date_of(2025)))
