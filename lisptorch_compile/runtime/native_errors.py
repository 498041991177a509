"""LispE's words for what torch and Python say about the arguments of a native call.

Compiled programs call torch directly, without checks before: only once a call has failed is
it looked at what it was given. So a wrong argument costs a right program nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from types import FrameType, ModuleType, TracebackType
from typing import Any

from lisptorch_compile.runtime.described import described
from lisptorch_compile.runtime.failed_calls import failed_call

# --- an object that cannot do what a function asks of it ------------------------------------

#: What has these attributes, that functions of the torch libraries become.
_OWNERS = {
    "an optimizer": "param_groups zero_grad",
    "an optimizer or a scheduler": "step",
    "a scheduler": "get_lr set_lr",
    "a model": "eval train parameters state_dict",
    "a checkpointed module": "enable disable",
    "a LoRA layer": "delta magnitude forward_with_gradients",
    "a tokenizer": "encode decode vocab_size",
    "a tokenizer of tiktoken_create": "add_meta remove_meta list_metas decode_bytes "
    "special_encode token_byte_values",
    "a stream of tiktoken_stream": "push end",
    "a generator": "configure set_params generate greedy top_k top_p beam_search",
    "a TorchScript model": "buffer buffers forward forward_with_lora info methods tensor "
    "tensor_shape tensors to_best unload update_weight register_lora "
    "intermediate_states",
    "a tensor or a model": "to",
}
_EXPECTED = {name: words for words, names in _OWNERS.items() for name in names.split()}


def attribute_error(error: AttributeError) -> str:
    """Return the text for a value without the method that a function becomes.

    ``(torch_optimizer_step 5)`` → ``Error: expected an optimizer, not the number 5``
    """
    if error.name is None or not _is_of_lisp(error.obj):
        return f"Error: {error}"
    expected = _EXPECTED.get(error.name)
    if expected is None and _is_of_tensors(error.name):
        expected = "a tensor"
    if expected is None:
        plain = f"Error: {described(error.obj)} has no '{error.name}'"
        return refused_call(error) or plain
    return f"Error: expected {expected}, not {described(error.obj)}"


def _is_of_lisp(value: object) -> bool:
    """Tell whether a program in LispE made the value, and not some Python package."""
    if isinstance(value, ModuleType | type | BaseException):
        return False
    module = type(value).__module__
    return module == "builtins" or module.startswith((__package__ + ".", "torch"))


def _is_of_tensors(name: str) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and hasattr(torch.Tensor, name)


# --- arguments that torch does not take -----------------------------------------------------

_WORDS = {
    "tuple of ints": "a list of integers",
    "tuple of Tensors": "a list of tensors",
    "Tensor": "a tensor",
    "Number": "a number",
    "NoneType": "nil",
    "bool": "true or nil",
    "int": "an integer",
    "float": "a real number",
    "str": "a text",
    "Symbol": "an atom",
    "dict": "a dictionary",
    "set": "a set",
    "function": "a function",
    **dict.fromkeys(("list", "List", "LinkedList"), "a list"),
    **dict.fromkeys(("Integers", "Shorts"), "a list of integers"),
    **dict.fromkeys(("Numbers", "Floats"), "a list of numbers"),
}

_WRONG_ARGUMENT = (
    r"(?P<function>\w+)\(\): argument '(?P<argument>\w+)' (?:\(position \d+\) )?"
)
_WRONG_KIND = _WRONG_ARGUMENT + r"must be (?P<wanted>[\w ]+), not (?P<found>\w+)"
#: Two texts for one thing: a list whose elements are of a wrong type.
_WRONG_ELEMENTS = (
    _WRONG_ARGUMENT
    + r"must be (?P<wanted>[\w ]+), but found element of type (?P<found>\w+)",
    _WRONG_ARGUMENT
    + r'failed to unpack the object at pos \d+ with error "type must be '
    r"(?P<wanted>[\w ]+), *but got (?P<found>\w+)",
)
_WRONG_ARGUMENTS = (
    r"(?P<function>\w+)\(\) received an invalid combination of arguments - got "
    r"\((?P<found>.*?)\), but expected"
)
#: Sizes that are written one by one may be of any kind; torch then speaks of their number.
_WRONG_SHAPE = (
    r"(zeros|ones|reshape)\(\) takes 1 positional argument but"
    r"|(rand|randn)\(\) received an invalid combination"
)
_NO_TENSORS = (
    r"expected Tensor as element (?P<place>\d+) in argument \d+, but got (?P<found>\w+)"
)
_NO_PATH = r"expected str, bytes or os.PathLike object, not (?P<found>\w+)"


def argument_error(error: TypeError) -> str | None:
    """Return the text for what torch says of an argument's type, None for other errors.

    >>> text = "softmax(): argument 'dim' (position 1) must be int, not str"
    >>> argument_error(TypeError(text))
    "Error: softmax: 'dim' must be an integer, not a text"
    """
    refusal = _refusal(error.__traceback__)
    if refusal is not None and refusal.startswith(_NOT_MADE):
        return f"Error: {refusal}"
    text = str(error)
    found = re.match(_WRONG_KIND, text)
    if found is not None:
        return f"{_start(found)}, not {_in_words(found['found'])}"
    for pattern in _WRONG_ELEMENTS:
        found = re.match(pattern, text)
        if found is not None:
            return f"{_start(found)}: there is {_in_words(found['found'])} in it"
    if re.match(_WRONG_SHAPE, text):
        return "Error: a shape must be a list of integers"
    found = re.match(_WRONG_ARGUMENTS, text)
    if found is not None:
        given = [_in_words(word) for word in found["found"].split(", ") if word]
        return f"Error: {found['function']} does not take {_listed(given)}"
    found = re.match(_NO_TENSORS, text)
    if found is not None:
        word = _in_words(found["found"])
        return f"Error: expected a list of tensors: there is {word} at {found['place']}"
    found = re.match(_NO_PATH, text)
    if found is not None:
        return f"Error: expected a path, not {_in_words(found['found'])}"
    return None


def _start(found: re.Match[str]) -> str:
    wanted = _in_words(found["wanted"])
    return f"Error: {found['function']}: '{found['argument']}' must be {wanted}"


def _in_words(kind: str) -> str:
    """Return LispE's words for a type of Python or torch; ``dim=int`` keeps its name."""
    name, equals, type_name = kind.rpartition("=")
    return name + equals + _WORDS.get(type_name, type_name)


def _listed(words: list[str]) -> str:
    if not words:
        return "no arguments"
    return ", ".join(words[:-1]) + (" and " if words[:-1] else "") + words[-1]


# --- arguments that functions of the runtime do not take ------------------------------------

_MODULES = frozenset(
    f"{__package__}.{name}"
    for name in (
        *(
            "attention",
            "bpe",
            "chat",
            "checkpoints",
            "devices",
            "generate",
            "hf",
            "jit",
        ),
        *("layers", "lora", "quant", "rope", "samplers", "tensors", "tokenizers"),
        *("training", "tucker", "weight_files"),
    )
)


def refused_call(error: Exception) -> str | None:
    """Return which function of the torch libraries failed on what, None for other errors.

    It is for errors of Python inside of it, which speak of nothing that a program wrote.
    """
    for frame in _frames(error.__traceback__):
        if frame.f_globals.get("__name__") not in _MODULES:
            continue
        code = frame.f_code
        names = code.co_varnames[: code.co_argcount]
        owner = frame.f_locals[names[0]] if names[:1] == ("self",) else None
        values = [frame.f_locals[name] for name in names if name != "self"]
        is_call = code.co_name not in ("__init__", "forward")
        name = code.co_name if is_call else type(owner).__name__
        return f"Error: {name} does not take {_listed([described(v) for v in values])}"
    return None


# --- inputs that do not fit a module --------------------------------------------------------

_NOT_IMPLEMENTED = r"\"(?P<kernel>\w+)\" not implemented for '(?P<dtype>\w+)'"
#: What torch adds to the name of a function when it names its code.
_KERNEL_MARKS = r"(_lastdim|_vml|_kernel|KernelImpl|_impl|_cpu|_cuda)+$"
_IN_TORCHSCRIPT = "The following operation failed in the TorchScript interpreter"
#: Texts of torch by their beginnings, and what tells a program in LispE more.
_PLAIN_WORDS = {
    "Trying to backward through the graph a second time": "a second backward pass "
    "through the same graph; (torch_backward loss true) keeps it",
    "a leaf Variable that requires grad": "a parameter is changed in place; "
    "(torch_set_grad_enabled nil) allows it",
    "a view of a leaf Variable that requires grad": "a parameter is changed in place; "
    "(torch_set_grad_enabled nil) allows it",
}
_DTYPES = {
    "Bool": "bool",
    "Byte": "uint8",
    "Char": "int8",
    "Short": "int16",
    "Int": "int32",
    "Long": "int64",
    "Half": "float16",
    "BFloat16": "bfloat16",
    "Float": "float32",
    "Double": "float64",
}


def runtime_error(error: RuntimeError) -> str:
    """Return torch's text, after the module that it was about and what this was given.

    ``Error: Linear(in_features=3, out_features=2, bias=True) does not take a tensor of
    shape [4] and dtype float32: mat1 and mat2 shapes cannot be multiplied (1x4 and 3x2)``
    """
    text = (str(error) or type(error).__name__).removeprefix("Error: ")
    for beginning, words in _PLAIN_WORDS.items():
        if text.startswith(beginning):
            return f"Error: {words}"
    if text.startswith(_IN_TORCHSCRIPT):
        text = text.strip().rpartition("RuntimeError: ")[2]
    found = re.match(_NOT_IMPLEMENTED, text)
    if found is not None:
        dtype = _DTYPES.get(found["dtype"], found["dtype"])
        function = re.sub(_KERNEL_MARKS, "", found["kernel"]).lower()
        text = f"{function} takes no tensors of dtype {dtype}"
    if found is not None or "must have the same dtype" in text:
        text += "; torch_to_dtype converts"
    if re.search(_MISFIT, text):
        text = _of_attention(error.__traceback__) + text
    refusal = _refusal(error.__traceback__)
    return f"Error: {text}" if refusal is None else f"Error: {refusal}: {text}"


#: What torch says of shapes that do not go together.
_MISFIT = r"Expected size for|The size of tensor a|shapes cannot be multiplied"
_ATTENTION = re.compile(r"(torch_flash|scaled_dot_product)_attention")
_FIT = "query […, T, D], key […, S, D] and value […, S, Dv] are expected"


def _of_attention(traceback: TracebackType | None) -> str:
    """Return what stands before torch's words for attention without a module: its name,
    the shapes that it was given, and those that it takes."""
    call = failed_call(traceback)
    if call is None or not _ATTENTION.search(call.function):
        return ""
    shapes = [str(list(v.shape)) for v in call.values if hasattr(v, "shape")]
    given = f", not {_listed(shapes)}" if shapes else ""
    return f"{call.function}: {_FIT}{given}: "


def uncallable(kind: str, traceback: TracebackType | None) -> str | None:
    """Return the text for a call of what is no module, by a function of the torch
    libraries; None for other calls.

    ``(torch_forward 5 x)`` → ``Error: torch_forward: expected a model or layer, not …``
    """
    call = failed_call(traceback)
    if call is None or not call.function.startswith("torch_"):
        return None
    found = described(call.values[0]) if call.values else _in_words(kind)
    return f"Error: {call.function}: expected a model or layer, not {found}"


#: Python's own texts, which say less than LispE's.
_PLAIN_BOUNDS = (
    r"(list|tuple|string|array|range object|bytearray|bytes|pop|deque)\b.* out of range$"
    r"|pop from|index out of range$"
)


def bounds_error(error: IndexError) -> str:
    """Return LispE's text, and what torch says beyond it."""
    text = str(error)
    if text == "index out of range in self":
        text = _foreign_ids(error.__traceback__) or "there is no such id"
    if not text or re.match(_PLAIN_BOUNDS, text):
        return "Error: index out of bounds"
    return f"Error: index out of bounds: {text}"


def _foreign_ids(traceback: TracebackType | None) -> str | None:
    """Return what an embedding, which torch's text does not name, was asked for."""
    for frame in _frames(traceback):
        embedding = _module_of(frame)
        if embedding is not None and hasattr(embedding, "num_embeddings"):
            ids = frame.f_locals["input"]
            asked = ids[(ids < 0) | (ids >= embedding.num_embeddings)].flatten()
            return f"{embedding} has no id {asked[0].item()}"
    return None


_NOT_MADE = "no "


def _refusal(traceback: TracebackType | None) -> str | None:
    """Return which of torch's modules an error left first, and with what arguments."""
    refusal = None
    for frame in _frames(traceback):
        module = _module_of(frame)
        if module is None:
            continue
        names = frame.f_code.co_varnames[1 : frame.f_code.co_argcount]
        given = [described(frame.f_locals[name]) for name in names]
        if frame.f_code.co_name == "forward":
            refusal = f"{module} does not take {_listed(given)}"
        else:
            name = type(module).__name__
            refusal = f"{_NOT_MADE}{name} can be made of {_listed(given[:2])}"
    return refusal


def _frames(traceback: TracebackType | None) -> Iterator[FrameType]:
    while traceback is not None:
        yield traceback.tb_frame
        traceback = traceback.tb_next


def _module_of(frame: FrameType) -> Any:  # of any class
    """Return the module of torch that a frame calls or makes, None for other frames."""
    if not frame.f_globals.get("__name__", "").startswith("torch.nn.modules."):
        return None
    tells_arguments = frame.f_code.co_name in ("__init__", "forward")
    return frame.f_locals.get("self") if tells_arguments else None
