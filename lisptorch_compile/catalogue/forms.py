"""Special forms, whose arguments are not simply evaluated, and predefined variables.

The parameter lists serve the analyzer's arity check and the help lines of its messages,
and the documentation; the analyzer has one handler for each form.
"""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    BOOL,
    FLOAT,
    NOTHING,
    STRINGS,
    TEXT,
    UNKNOWN,
    Builtin,
    Fact,
    declare,
    declare_form,
    declare_unsupported,
)

_BINDING = (
    declare_form(
        "setq",
        "variable, value",
        "Set a variable of the function (of the file, outside functions); a list of "
        "variables takes a list apart. Yields true.",
    ),
    declare_form("setqv", "variable, value", "Like setq, but yields the value."),
    declare_form("label", "variable, value", "Like setqv."),
    declare_form("setg", "variable, value", "Set a variable of the file."),
    declare_form(
        "setq=",
        "variable, value",
        "Set a variable where it lives: in the function, else in the file.",
    ),
    declare_form("setconst", "variable, value", "Define a constant of the file."),
    declare_form(
        "let",
        "bindings, *body",
        "Variables of their own for the body: (let ((a 1) (b 2)) …).",
    ),
    declare_form("?", "name, value", "Name an argument of a call."),
)

#: The plain operator of each assigning operator.
UPDATE_OPERATORS: dict[str, str] = {
    "+=": "+",
    "-=": "-",
    "*=": "*",
    "/=": "/",
    "%=": "%",
    "^^=": "^^",
    "**=": "^^",
    "&=": "&",
    "|=": "|",
    "^=": "^",
    "&~=": "&~",
    "<<=": "<<",
    ">>=": ">>",
}

_UPDATES = tuple(
    declare_form(
        name,
        "target, value, *values",
        f"Apply {operator} to a variable, or an element (@ container key …), and the "
        "values, and store the result there.",
    )
    for name, operator in UPDATE_OPERATORS.items()
)

_CHOICE = (
    declare_form(
        "if",
        "condition, then, otherwise=None",
        "The second argument when the condition is true, else the third.",
    ),
    declare_form(
        "ife", "condition, then, *otherwise", "Like if, with any number of else forms."
    ),
    declare_form(
        "cond",
        "clause, *clauses",
        "The body of the first clause (condition body …) whose condition is true.",
    ),
    declare_form("check", "condition, *body", "The body when the condition is true."),
    declare_form(
        "ncheck",
        "condition, otherwise, *body",
        "The second argument when the condition is false, else the body.",
    ),
    declare_form(
        "switch",
        "value, clause, *clauses",
        "The body of the clause (key body …) whose key prints like the value; the key "
        "true takes any other.",
    ),
    declare_form("select", "value, *values", "The first value that is true."),
    declare_form("and", "value, other, *values", "True when all values are true."),
    declare_form("or", "value, other, *values", "True when a value is true."),
    declare_form(
        "andvalue",
        "value, other, *values",
        "The first value that is false, else the last value.",
    ),
    declare_form(
        "xor", "value, other, *values", "True when the truth of neighbours differs."
    ),
    declare_form("not", "value", "True when the value is false.", aliases=("¬",)),
)

_LOOPS = (
    declare_form("block", "*body", "The forms in order; yields the last value."),
    declare_form("while", "condition, *body", "Repeat while the condition is true."),
    declare_form(
        "loop",
        "variable, container, *body",
        "Run the body for each element of a container.",
    ),
    declare_form(
        "lloop",
        "variables, container, *containers_and_body",
        "Walk several containers in parallel, to the end of the shortest.",
    ),
    declare_form(
        "mloop",
        "variables, container, *containers_and_body",
        "Walk several containers in parallel by their keys.",
        aliases=("multiloop", "polyloop"),
    ),
    declare_form(
        "loopcount",
        "count, *counter_and_body",
        "Run the body a number of times; a name after the count is the counter.",
        aliases=("dotimes",),
    ),
    declare_form(
        "whilein",
        "variable, container, condition, *body",
        "Run the body for each element until the condition is false.",
    ),
    declare_form(
        "for",
        "variable, items, value, condition=None",
        "The list of the value for each item for which the condition is true.",
    ),
    declare_form("break", "", "Leave the innermost loop."),
    declare_form("return", "value=None", "Leave the function with a value."),
)

_FUNCTIONS = (
    declare_form(
        "defun",
        "name, parameters, *body",
        "Define a function. Parameters: x, (x default), (x) for nil, (() rest).",
    ),
    declare_form(
        "lambda",
        "parameters, *body",
        "A function without a name.",
        aliases=("λ", "\\"),
    ),
    declare_form("self", "*arguments", "Call the function or lambda being run."),
    declare_form(
        "defpat",
        "name, patterns, *body",
        "Define a rule of a function: it applies when the arguments match the patterns.",
    ),
    declare_form(
        "defpred",
        "name, patterns, *body",
        "A rule whose body must be true, form by form; else the next rule is tried.",
    ),
    declare_form(
        "defprol",
        "name, patterns, *body",
        "Like defpred, but all rules are tried: the list of their values.",
    ),
    declare_form("cut_", "", "In a defprol rule: try no further rule."),
    declare_form("bodies", "name", "The list of the rules of a pattern function."),
)

_CLASSES = (
    declare_form(
        "data@",
        "descriptor, *descriptors",
        "Define types of records: (data@ [Point integer_ _] …), with a name first for a "
        "group of them.",
        aliases=("data",),
    ),
    declare_form(
        "class@",
        "name, *fields_and_methods",
        "Define a class: (class@ Name (field (field default)) (from@ Parent) methods…).",
        aliases=("defclass",),
    ),
    declare_form(
        "from@",
        "parent, *calls",
        "In a class: what it derives from. In a method: the parent's versions.",
    ),
    declare_form("this", "", "The instance whose method runs."),
    declare_form(
        "setqi", "field, value", "Set a field of the instance, or give it a new one."
    ),
    declare_form(
        "withclass", "name, *body", "Run the body, in which instances are of a class."
    ),
    declare_form(
        "toclean", "method", "Call a method when the instance is no longer used."
    ),
)

_ERRORS = (
    declare_form("catch", "*body", "Run the body; an error becomes a maybe value."),
    declare_form(
        "maybe",
        "value, *values_and_handler",
        "Run the forms before the last; on an error the last one, the handler. With "
        "one argument it is maybe?.",
    ),
    declare(
        "maybe?",
        "value",
        "isinstance(value, Maybe)",
        Fact(BOOL),
        "True when the value is what catch gives for an error.",
        pure=True,
    ),
)

_OTHERS = (
    declare_form("quote", "datum", "The argument as it is written."),
    declare_form("elapse", "*body", "The milliseconds that the body takes."),
    declare_form("f_", "text", "Fill {name} and {call …} into a text."),
    declare_form(
        "infix",
        "*expression",
        "Calculate an expression written as in mathematics.",
        aliases=("•", "§", "/\\"),
    ),
    declare_form(
        "trace",
        "on=None",
        "Accepted, and does nothing: debuggers and breakpoints work on LispE files.",
    ),
    declare_form("use", "library, space=None", "Make a library's functions available."),
    declare_form(
        "load",
        "path, space=None",
        "Import the definitions of another file, its functions into a name space.",
    ),
    declare_form(
        "defspace",
        "name, *definitions",
        "Define functions in a name space; functions of one name can be in several.",
    ),
    declare_form(
        "space",
        "name, expression, *body",
        "Run the body with the functions of a name space before those of the file; "
        "mainspace_ is the file's own.",
    ),
    declare_form(
        "defmacro",
        "name, parameters, body",
        "Define what stands for other code: replaced before the program is compiled.",
    ),
    declare_form(
        "link",
        "name, target",
        'From here on, read one name as another: (link "→" \'setq).',
    ),
    declare_form(
        "pyimport",
        "module, names=None",
        "Import a Python module under a name, or some of its members.",
    ),
    declare_form(
        "with",
        "contexts, *body",
        "Run a body within Python's context managers, as ((name context) …).",
    ),
)

_EVALUATION = (
    declare(
        "eval",
        "code",
        None,
        UNKNOWN,
        "The value of a list as code, or of the last form of a text.",
        value="lambda code: evaluate(code, globals())",
    ),
    declare(
        "loadcode",
        "text, space=None",
        None,
        UNKNOWN,
        "The value of the last form of a text.",
        value="lambda text: evaluate(text, globals())",
    ),
)
#: Forms that LispE does not have: a program may have functions of these names.
ADDED_FORMS = frozenset(("pyimport", "with"))

#: Forms whose names a program may give to its own variables and functions: those that
#: LispE does not have, what it has forgotten, and what is more often a name than a form.
FREE_FORMS = ADDED_FORMS | {"data", "label"}

#: ``(infix x)`` of a value: a list that is an expression, written as in mathematics.
INFIX_OF_VALUE = declare(
    "infix",
    "expression",
    "infix.calculate(expression)",
    UNKNOWN,
    "Calculate the expression that a list holds.",
)

_REAL = Fact(FLOAT)

#: Variables that every program has: used without parentheses, so no arguments.
PREDEFINED: tuple[Builtin, ...] = (
    declare(
        "_args",
        "",
        "Strings(sys.argv)",
        Fact(STRINGS, TEXT),
        "The path of the script, then its arguments.",
    ),
    declare(
        "_current",
        "",
        'os.path.join(os.path.dirname(os.path.abspath(__file__)), "")',
        Fact(TEXT, NOTHING),
        "The folder of the running file, with a final slash.",
    ),
    declare("_pi", "", "math.pi", _REAL, "π", aliases=("π",), pure=True),
    declare("_tau", "", "math.tau", _REAL, "2π", aliases=("τ",), pure=True),
    declare(
        "_e",
        "",
        "math.e",
        _REAL,
        "The base of the logarithm.",
        aliases=("ℯ",),
        pure=True,
    ),
    declare(
        "_phi",
        "",
        "1.618033988749895",
        _REAL,
        "The golden ratio.",
        aliases=("ϕ",),
        pure=True,
    ),
)

_UNSUPPORTED = (
    *(
        declare_unsupported(name, "native functions cannot be defined")
        for name in ("deflib", "deflibpat")
    ),
    *(
        declare_unsupported(name, "it belongs to the inside of the interpreter")
        for name in ("setfast", "getfast", "root", "__root__", "addr_", "atoms")
    ),
)

BUILTINS: tuple[Builtin, ...] = (
    *_BINDING,
    *_UPDATES,
    *_CHOICE,
    *_LOOPS,
    *_FUNCTIONS,
    *_CLASSES,
    *_ERRORS,
    *_OTHERS,
    *_EVALUATION,
    *PREDEFINED,
    *_UNSUPPORTED,
)

_INSTRUCTION_NAMES = """
atomp consp cyclicp emptyp nullp numberp signp stringp zerop mark resetmark in eq neq
sign max min minmax sum product atom string stringbyte integer float number short real
imaginary bytes type complex stringf list llist shorts integers floats numbers strings
stringbytes heap set sets seti setn nconc nconcn cons consb car cdr last at nth
atshape setshape extract setrange push pushtrue pushfirst pushlast pop popfirst
poplast insert extend swap sort unique flatten reverse rotate size tally find rfind
findall count replaceall join zip zipwith slice cutlist shift takenb replicate range
rangein irange irangein enum to_list to_llist to_tensor clone dictionary dictionaryi
dictionaryn dictionarytree dictionarytreei dictionarytreen throw trace sleep apply
over flip map filter take drop takewhile dropwhile foldl foldr foldl1 foldr1 scanl
scanr scanl1 scanr1 repeat cycle maplist mapcar filterlist droplist takelist filtercar
dropcar takecar scanlist reduce backreduce scan backscan iota iota0 rho outer inner
transpose member concatenate invert solve determinant ludcmp lubksb print println
printerr printerrln prettify getchar pipe fread bread fwrite fappend bwrite bappend
fopen fclose fsize fseek ftell fgetchars fputchars
"""

#: The instructions of the language itself; a variable of such a name is doubtful.
INSTRUCTIONS: frozenset[str] = frozenset(_INSTRUCTION_NAMES.split())
