"""What is known of the kinds of values: per variable, per parameter, per expression.

The analysis does not follow the flow of control: a variable has one fact, the join of all
that is assigned to it; a parameter joins the arguments of all calls in the program. A
function that is used as a value may be called by anybody: its parameters are unknown. A
parameter of a function that nobody calls has the fact BOTTOM, and code generation gives
its operators Python's meaning.
"""

from lisptorch_compile.facts.inference import infer
from lisptorch_compile.facts.table import NUMERIC, Facts

__all__ = ["NUMERIC", "Facts", "infer"]
