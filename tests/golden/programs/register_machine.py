"""Compiled from register_machine.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Instance,
    LispError,
    List,
    Symbol,
    higher_order,
    kinds,
    lists,
    println,
    same,
    text,
    truth,
)


# A machine with registers and a stack, and two programs for it
class machine(Instance):
    def __init__(self, registers, code, pc=0, stack=UNSET, flag=None, steps=0):
        self.registers = registers
        self.code = code
        self.pc = pc
        self.stack = List() if stack is UNSET else stack
        self.flag = flag
        self.steps = steps

    def value(self, e):
        match text(lists.first(e)):
            case "const":
                return lists.second(e)
            case "reg":
                return self.registers[text(lists.second(e))]
            case _:
                raise LispError(f"bad operand {text(e)}")

    def find_label(self, l):
        for i in range(len(self.code)):
            if same(self.code[i], l):
                return i
        raise LispError(f"no label {text(l)}")

    def compute(self, e):
        if lists.first(e) == Symbol("op"):
            return higher_order.apply(
                lists.second(e),
                higher_order.map_typed(self.value, lists.follow(e, "dd")),
            )
        return self.value(e)

    def execute(self, ins):
        match text(lists.first(ins)):
            case "assign":
                old_registers = self.registers
                key = text(lists.second(ins))
                old_registers[key] = self.compute(lists.third(ins))
            case "test":
                self.flag = self.compute(lists.second(ins))
            case "branch":
                if truth(self.flag):
                    self.pc = self.find_label(lists.second(ins))
            case "goto":
                target = lists.second(ins)
                if kinds.is_list(target):
                    self.pc = self.find_label(self.value(target))
                else:
                    self.pc = self.find_label(target)
            case "save":
                self.stack.append(self.registers[text(lists.second(ins))])
            case "restore":
                self.registers[text(lists.second(ins))] = lists.last(self.stack)
                return lists.pop(self.stack)
            case _:
                raise LispError("unknown instruction")

    def run(self):
        while self.pc < len(self.code):
            ins = self.code[self.pc]
            self.pc += 1
            if kinds.is_list(ins):
                self.steps += 1
                self.execute(ins)
        return self.registers


gcd_code = List(
    [
        Symbol("loop-start"),
        List(
            [
                Symbol("test"),
                List(
                    [
                        Symbol("op"),
                        Symbol("eq", same),
                        List([Symbol("reg"), Symbol("b")]),
                        List([Symbol("const"), 0]),
                    ]
                ),
            ]
        ),
        List([Symbol("branch"), Symbol("done")]),
        List(
            [
                Symbol("assign"),
                Symbol("t"),
                List(
                    [
                        Symbol("op"),
                        Symbol("%"),
                        List([Symbol("reg"), Symbol("a")]),
                        List([Symbol("reg"), Symbol("b")]),
                    ]
                ),
            ]
        ),
        List([Symbol("assign"), Symbol("a"), List([Symbol("reg"), Symbol("b")])]),
        List([Symbol("assign"), Symbol("b"), List([Symbol("reg"), Symbol("t")])]),
        List([Symbol("goto"), Symbol("loop-start")]),
        Symbol("done"),
    ]
)
m = machine({"a": 206, "b": 40, "t": 0}, gcd_code)
r = m.run()
println(r["a"], m.steps)

fact_code = List(
    [
        List(
            [
                Symbol("assign"),
                Symbol("continue"),
                List([Symbol("const"), Symbol("fact-done")]),
            ]
        ),
        Symbol("fact-loop"),
        List(
            [
                Symbol("test"),
                List(
                    [
                        Symbol("op"),
                        Symbol("="),
                        List([Symbol("reg"), Symbol("n")]),
                        List([Symbol("const"), 1]),
                    ]
                ),
            ]
        ),
        List([Symbol("branch"), Symbol("base-case")]),
        List([Symbol("save"), Symbol("continue")]),
        List([Symbol("save"), Symbol("n")]),
        List(
            [
                Symbol("assign"),
                Symbol("n"),
                List(
                    [
                        Symbol("op"),
                        Symbol("-"),
                        List([Symbol("reg"), Symbol("n")]),
                        List([Symbol("const"), 1]),
                    ]
                ),
            ]
        ),
        List(
            [
                Symbol("assign"),
                Symbol("continue"),
                List([Symbol("const"), Symbol("after-fact")]),
            ]
        ),
        List([Symbol("goto"), Symbol("fact-loop")]),
        Symbol("after-fact"),
        List([Symbol("restore"), Symbol("n")]),
        List([Symbol("restore"), Symbol("continue")]),
        List(
            [
                Symbol("assign"),
                Symbol("val"),
                List(
                    [
                        Symbol("op"),
                        Symbol("*"),
                        List([Symbol("reg"), Symbol("n")]),
                        List([Symbol("reg"), Symbol("val")]),
                    ]
                ),
            ]
        ),
        List([Symbol("goto"), List([Symbol("reg"), Symbol("continue")])]),
        Symbol("base-case"),
        List([Symbol("assign"), Symbol("val"), List([Symbol("const"), 1])]),
        List([Symbol("goto"), List([Symbol("reg"), Symbol("continue")])]),
        Symbol("fact-done"),
    ]
)
f = machine({"n": 6, "val": 0, "continue": None}, fact_code)
println(f.run()["val"], f.steps, f.stack)
