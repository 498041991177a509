"""The analyzer's diagnostics: shape of forms, names, arguments, support, doubts."""

from __future__ import annotations

from lisptorch_compile.diagnostics import CODES, Code, Severity

_WARNING = Severity.WARNING

CODES.update(
    {
        # shape of forms
        "LT0201": Code(
            "`{name}` needs {missing}",
            "write {expected}",
            lispe="Error: Wrong number of arguments for: '{name}'",
        ),
        "LT0202": Code(
            "`{name}` takes {count}, {given} given",
            "write {expected}",
            lispe="Error: Wrong number of arguments for: '{name}'",
        ),
        "LT0203": Code("`{name}` needs {expected} here, not `{found}`"),
        "LT0204": Code(
            "`{name}` names an instruction and cannot be bound",
            "choose another name",
            lispe="Error: Invalid variable name: '{name}' (keyword)",
        ),
        "LT0205": Code("a clause of `{name}` is a list ({shape})"),
        "LT0206": Code("`{found}` cannot be called", "only functions can stand first"),
        "LT0207": Code("`{name}` stands outside a {place}"),
        "LT0208": Code(
            "a parameter is a name, (name default), (name) or (() rest), not `{found}`"
        ),
        "LT0209": Code("{kind} parameter cannot follow {previous} one"),
        "LT0210": Code(
            "`(? name value)` can only be an argument of a call",
            "put it into the call whose parameter it names",
        ),
        "LT0211": Code("`{name}` is bound twice here", "choose another name"),
        "LT0212": Code(
            "the code between the braces of this text cannot be read",
            "write {{name}} or {{call argument …}}, and %{{ for a brace",
        ),
        "LT0213": Code(
            "the expression of `infix` is malformed at {found}",
            lispe="Error: Infix expression is malformed",
        ),
        "LT0214": Code(
            "`{name}` is a special form and has no value of its own",
            "write it first in brackets: ({name} …)",
        ),
        "LT0215": Code("parameters are a list, not `{found}`", "write ({found})"),
        "LT0216": Code(
            "the {kind} `{name}` stands inside another form", "define it outside of all"
        ),
        "LT0217": Code("the class `{name}` derives from itself"),
        "LT0219": Code(
            "a field is a name, (name default) or (name), not the rest of the arguments"
        ),
        "LT0220": Code(
            "`{name}` is a group of data types, not one itself",
            "write one of its types",
        ),
        "LT0218": Code(
            "setqi can only be used within an instance",
            "outside, write (set@ instance 'field value)",
        ),
        "LT0230": Code(
            "`$` stands before the last element of a pattern",
            "write [a b $ rest], or `$ _` for a rest of no interest",
        ),
        "LT0231": Code("`{name}` has {count} fields, the pattern {given}"),
        "LT0232": Code(
            "this condition is about no variable",
            'write the variable last: (< limit x), or flip: (flip (in x "abc")); quote '
            "the atom that a list begins with: ['+ a b]",
        ),
        "LT0233": Code(
            "no element follows this optional one, so nothing tells whether it is there",
            "write one behind it, or say what it is: (< x 10)%",
        ),
        "LT0234": Code(
            "only a variable, a constant or a condition can be repeated",
            "write a+, or a condition about one variable: (< x 10)+",
        ),
        "LT0235": Code(
            "`$` gives no list of the fields of `{name}`",
            "name the fields one by one; `$ _` stands for those of no interest",
        ),
        "LT0221": Code(
            "`{name}` stands inside another form",
            "move it to the top level of the file",
        ),
        # names
        "LT0301": Code("unknown name `{name}`", lispe="Error: unknown label: '{name}'"),
        "LT0302": Code(
            "unknown function `{name}`", lispe="Error: unknown instruction: '{name}'"
        ),
        "LT0303": Code(
            "`{name}` is a constant and cannot be set",
            lispe="Error: '{name}' is a constant value",
        ),
        "LT0307": Code(
            "this file is loaded again, at {place}, by what it loads here",
            "move what both files need into a third one",
        ),
        "LT0304": Code(
            "there is no file `{path}` to load", lispe="Unknown file: {path}"
        ),
        "LT0305": Code("unknown class `{name}`"),
        "LT0306": Code("unknown name space `{name}`"),
        # arguments
        "LT0401": Code(
            "`{name}` takes {count}, {given} given",
            "write {signature}",
            lispe="Error: Wrong number of arguments for: '{name}'",
        ),
        "LT0402": Code("`{name}` has no parameter `{parameter}`"),
        "LT0403": Code("the parameter `{parameter}` of `{name}` is given twice"),
        "LT0404": Code(
            "`{found}` is not a function",
            "write a quoted name, an operator, a lambda or a template like '(< 10)",
        ),
        "LT0405": Code(
            "this template leaves no place for the element",
            "start or end it with an operator or function, or mark the place by _",
            lispe="Error: missing operator",
        ),
        # not supported
        "LT0501": Code("`{name}` cannot be compiled: {reason}"),
        "LT0503": Code(
            "the library `{library}` is not supported",
            "the torch functions need no more than (use 'lispe_torch)",
        ),
        # doubtful code
        "LT0601": Code(
            "`{name}` is also the name of an instruction",
            "choose another name: unless a function is bound to it, ({name} …) means "
            "the instruction",
            _WARNING,
        ),
        "LT0602": Code(
            "`{name}` is defined twice, the last definition counts",
            None,
            _WARNING,
            lispe="Error: Function '{name}' already declared",
        ),
        "LT0605": Code(
            "`{method}` is no function: taken for a method of `{receiver}`",
            None,
            _WARNING,
        ),
        "LT0606": Code(
            "`{name}` is not defined in this file: it is looked up when it is reached",
            None,
            _WARNING,
        ),
        "LT0610": Code(
            "`{name}` takes {count}, {given} given: the call fails with `{text}`",
            "write {signature}",
            _WARNING,
        ),
        "LT0611": Code(
            "`{name}` is a variable of its own, not the attribute of `{owner}`",
            "to set the attribute, write (set@ {owner} '{attribute} value)",
            _WARNING,
        ),
        "LT0612": Code(
            "`{operator}` has an integer before a real, which LispE cuts to an integer",
            "write a real first, or compile with --lispe-numbers",
            _WARNING,
        ),
        "LT0613": Code(
            "`{name}` goes no round over a number",
            "write (iota0 {count}), or (loopcount {count} …)",
            _WARNING,
        ),
        "LT0604": Code(
            "`{dots}` stands for items that are left out", "write them all", _WARNING
        ),
        "LT0603": Code(
            "`{operator}` changes only the parameter `{name}`, not the caller's variable",
            "return the new value, or pass a container",
            _WARNING,
        ),
        "LT0608": Code(
            "`trace` does nothing",
            "set a breakpoint in a debugger: it stops at the lines of this file",
            _WARNING,
        ),
        "LT0607": Code(
            "`{name}` is a variable of the file: each thread has a copy of its own",
            "pass it as an argument; threads exchange values by threadstore and "
            "threadspace",
            _WARNING,
        ),
    }
)
