"""Devices and tensors: creation, reading, arithmetic, shape, selection, sampling.

What torch has is written as torch; ``tensors`` and ``devices`` of the runtime stand for the
rest. A tensor function has three spellings, ``torch_STEM``, ``tensor_STEM`` and
``torch_tensor_STEM``, made from its stem.
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    INT,
    INTEGERS,
    NIL,
    Builtin,
    Fact,
    Yields,
    declare,
    declare_overloads,
    declare_unsupported,
    first_argument,
)
from lisptorch_compile.catalogue.torch_yields import (
    A_TENSOR,
    ELEMENTS,
    REAL_TENSOR,
    TENSORS,
    TRUTH_TENSOR,
    WHOLE_TENSOR,
    chosen,
    element_of_tensor,
    only_element,
    promoted,
    same_elements,
    spellings,
    totals,
)
from lisptorch_compile.catalogue.yields import (
    A_TEXT,
    A_TRUE,
    A_TRUTH,
    AN_INTEGER,
    AN_OBJECT,
)

_SHAPE = Fact(INTEGERS, INT)


def _function(
    stem: str,
    parameters: str,
    target: str,
    doc: str,
    *,
    yields: Yields = A_TENSOR,
    aliases: tuple[str, ...] = (),
    value: str | None = None,
    pure: bool = True,
) -> Builtin:
    """Declare a tensor function with one way to call it."""
    return _overloaded(
        stem,
        [(parameters, target)],
        doc,
        yields=yields,
        aliases=aliases,
        value=value,
        pure=pure,
    )


def _overloaded(
    stem: str,
    overloads: Sequence[tuple[str, str]],
    doc: str,
    *,
    yields: Yields = A_TENSOR,
    aliases: tuple[str, ...] = (),
    value: str | None = None,
    pure: bool = True,
) -> Builtin:
    """Declare a tensor function whose Python depends on its arguments."""
    return declare_overloads(
        f"torch_{stem}",
        overloads,
        yields,
        doc,
        aliases=(*spellings(stem), *aliases),
        value=value,
        pure=pure,
    )


# --- devices ------------------------------------------------------------------------------

_DEVICES = (
    declare(
        "torch_get_best_device",
        "",
        "devices.best_device()",
        A_TEXT,
        'The name of the best device present: "mps", "cuda" or "cpu".',
        pure=True,
    ),
    declare(
        "torch_cuda_is_available",
        "",
        "torch.cuda.is_available()",
        A_TRUTH,
        "Tell whether there is a CUDA device.",
        aliases=("torch_cuda_available",),
        pure=True,
    ),
    declare(
        "torch_cuda_device_count",
        "",
        "torch.cuda.device_count()",
        AN_INTEGER,
        "The number of CUDA devices.",
        pure=True,
    ),
    declare(
        "torch_mps_is_available",
        "",
        "torch.backends.mps.is_available()",
        A_TRUTH,
        "Tell whether Apple's GPU can be used.",
        aliases=("torch_mps_available",),
        pure=True,
    ),
    declare(
        "torch_set_device",
        "device",
        "devices.set_device(device)",
        A_TRUE,
        "Make a CUDA device, given by its index or name, the current one.",
    ),
    _function(
        "to_cuda",
        "tensor: tensor, device=None",
        "devices.to_cuda(tensor, device)",
        "The tensor on a CUDA device; on the best device present when there is none.",
        yields=same_elements,
    ),
    _function(
        "to_mps",
        "tensor: tensor",
        "devices.to_mps(tensor)",
        "The tensor on Apple's GPU; on the best device present when there is none.",
        yields=same_elements,
    ),
    _function(
        "to_cpu",
        "tensor: tensor",
        "tensor.cpu()",
        "The tensor in main memory.",
        yields=same_elements,
    ),
    _function(
        "to_device",
        "tensor, device: device",
        "tensor.to(device)",
        "The tensor, or the module itself, on a device given by name.",
        yields=first_argument,
        aliases=("torch_to",),
    ),
    _function(
        "on_mps",
        "tensor: tensor",
        "tensor.is_mps",
        "Tell whether the tensor is on Apple's GPU.",
        yields=A_TRUTH,
        aliases=("torch_is_mps",),
    ),
    _function(
        "device",
        "tensor: tensor",
        "str(tensor.device)",
        'The name of the tensor\'s device, such as "cpu".',
        yields=A_TEXT,
    ),
    declare(
        "torch_synchronize",
        "safemode=None",
        "devices.synchronize(safemode)",
        A_TRUTH,
        "Wait until the accelerator has done its work; nothing to do without one.",
        aliases=("torch_mps_synchronize", "torch_cuda_synchronize"),
    ),
    declare(
        "torch_cuda_memory_allocated",
        "",
        "devices.memory_allocated()",
        AN_INTEGER,
        "The bytes in use on the current CUDA device, 0 without CUDA.",
    ),
    declare(
        "torch_cuda_memory_total",
        "",
        "devices.memory_total()",
        AN_INTEGER,
        "The bytes of the current CUDA device, 0 without CUDA.",
    ),
    declare(
        "torch_cuda_empty_cache",
        "",
        "devices.empty_cache()",
        A_TRUE,
        "Give cached memory back to the CUDA driver.",
    ),
    _function(
        "in_memory",
        "",
        "tensors.live_count()",
        "The number of tensors alive.",
        yields=AN_INTEGER,
        pure=False,
    ),
)

# --- creation -----------------------------------------------------------------------------

_CREATION = (
    declare_overloads(
        "torch_tensor",
        [
            ("thedata: number", "torch.tensor(thedata)"),
            ("thedata: tensor", "thedata"),
            ("thedata", "tensors.tensor(thedata)"),
        ],
        same_elements,
        "A tensor of a number, a list, a typed list or lists of equal length.",
        aliases=("tensor_tensor", "tensor_create", "torch_tensor_create"),
        pure=True,
        value="tensors.tensor",
    ),
    _function(
        "zeros",
        "shape: shape",
        "torch.zeros(*shape)",
        "A tensor of zeros, float32.",
        yields=REAL_TENSOR,
    ),
    _function(
        "ones",
        "shape: shape",
        "torch.ones(*shape)",
        "A tensor of ones, float32.",
        yields=REAL_TENSOR,
    ),
    _overloaded(
        "full",
        [
            ("shape: shape, value: real", "torch.full([*shape], value)"),
            ("shape: shape, value", "torch.full([*shape], float(value))"),
        ],
        "A tensor of one number, float32.",
        yields=REAL_TENSOR,
    ),
    _function(
        "full_like",
        "tensor: tensor, fill_value",
        "torch.full_like(tensor, fill_value)",
        "A tensor of one number, in the shape, dtype and device of another.",
        yields=same_elements,
    ),
    _function(
        "rand",
        "shape: shape",
        "torch.rand(*shape)",
        "Random numbers between 0 and 1 (excluded), float32.",
        pure=False,
        yields=REAL_TENSOR,
    ),
    _function(
        "randn",
        "shape: shape",
        "torch.randn(*shape)",
        "Random numbers of the standard normal distribution, float32.",
        pure=False,
        yields=REAL_TENSOR,
    ),
    _function(
        "randint",
        "low, high, shape: shape",
        "torch.randint(low, high, [*shape])",
        "Random integers from low to high (excluded), int64.",
        pure=False,
        yields=WHOLE_TENSOR,
    ),
    _function(
        "arange",
        "*bounds",
        "torch.arange(*bounds)",
        "The numbers from a start to an end (excluded) by a step.",
        yields=promoted,
    ),
    _function(
        "eye",
        "rows, *columns",
        "torch.eye(rows, *columns)",
        "A matrix of zeros with ones on its diagonal.",
        yields=REAL_TENSOR,
    ),
    _function(
        "triu",
        "tensor: tensor, diagonal=0",
        "tensor.triu(diagonal)",
        "The upper triangle; zeros below it.",
        yields=same_elements,
    ),
    _function(
        "tril",
        "tensor: tensor, diagonal=0",
        "tensor.tril(diagonal)",
        "The lower triangle; zeros above it.",
        yields=same_elements,
    ),
)

# --- reading and conversion ---------------------------------------------------------------

_DTYPE_NAMES = (
    *("float16", "bfloat16", "float32", "float64"),
    *("int8", "uint8", "int16", "int32", "int64", "bool"),
)

_READING = (
    _function(
        "to_list",
        "tensor: tensor",
        "tensors.to_list(tensor)",
        "The elements: a number, a typed list, or a list of such lists.",
        yields=ELEMENTS,
        aliases=("torch_to_lispe", *spellings("to_lispe")),
    ),
    _function(
        "shape",
        "tensor: tensor",
        "Integers(tensor.shape)",
        "The sizes of the dimensions.",
        yields=_SHAPE,
        aliases=("torch_size", *spellings("size")),
    ),
    _function(
        "numel",
        "tensor: tensor",
        "tensor.numel()",
        "The number of elements.",
        yields=AN_INTEGER,
    ),
    _function(
        "item",
        "tensor: tensor",
        "tensor.item()",
        "The only element, as a number.",
        yields=only_element,
    ),
    _function(
        "dtype",
        "tensor: tensor",
        'str(tensor.dtype).removeprefix("torch.")',
        'The name of the element type, such as "float32".',
        yields=A_TEXT,
    ),
    declare(
        "torch_tensor_at",
        "tensor: tensor, index",
        "at(tensor, index)",
        element_of_tensor,
        "The element at an index into the flattened tensor, as a number.",
        pure=True,
    ),
    _function(
        "to_dtype",
        "tensor: tensor, dtype: dtype",
        "tensor.to(dtype)",
        "The tensor with elements of another type, given by name.",
    ),
    *[
        declare(
            f"torch_{name}",
            "",
            f"torch.{name}",
            AN_OBJECT,
            f"The element type {name}.",
            pure=True,
        )
        for name in _DTYPE_NAMES
    ],
    _function(
        "set_item",
        "tensor: tensor, indices: list, value",
        "tensors.set_item(tensor, indices, value)",
        "A copy with the element at the indices replaced.",
        yields=same_elements,
    ),
    _function(
        "index_put_",
        "tensor: tensor, indices: list, value",
        "tensors.put_item(tensor, indices, value)",
        "Replace the element at the indices, in place; the tensor.",
        pure=False,
        yields=same_elements,
    ),
    _function(
        "clone",
        "tensor: tensor",
        "tensor.clone()",
        "A copy of the tensor.",
        yields=same_elements,
    ),
    _function(
        "detach",
        "tensor: tensor",
        "tensor.detach()",
        "The same elements without their history: gradients stop here.",
        yields=same_elements,
    ),
    _function(
        "requires_grad",
        "tensor: tensor, flag: flag=True",
        "tensor.requires_grad_(flag)",
        "Say whether gradients are wanted for the tensor; the tensor.",
        pure=False,
        yields=same_elements,
    ),
    _function(
        "grad",
        "tensor: tensor",
        "tensor.grad",
        "The gradient that backward passes have left; nil if there is none.",
        yields=Fact(A_TENSOR.kinds | NIL, A_TENSOR.elements),
    ),
)

# --- arithmetic and comparison ------------------------------------------------------------


#: What the operators yield that do not simply promote.
_OPERATOR_YIELDS = dict.fromkeys((">=", ">", "<=", "<", "==", "!="), TRUTH_TENSOR)
_OPERATOR_YIELDS["/"] = REAL_TENSOR


def _operator(
    stem: str, sign: str, value: str, doc: str, left: str = "a", right: str = "b"
) -> Builtin:
    return _function(
        stem,
        f"{left}: operand, {right}: operand",
        f"{left} {sign} {right}",
        doc,
        yields=_OPERATOR_YIELDS.get(sign, promoted),
        value=f"operator.{value}",
    )


_ARITHMETIC = (
    *[
        _operator(stem, sign, value, doc, "tensor1", "tensor2")
        for stem, sign, value, doc in (
            ("add", "+", "add", "The sum of two tensors, or a tensor and a number."),
            ("sub", "-", "sub", "The difference of two tensors or numbers."),
            ("mul", "*", "mul", "The product, element by element."),
            ("div", "/", "truediv", "The quotient, element by element."),
        )
    ],
    *[
        _operator(stem, sign, value, doc, "tensor", "scalar")
        for stem, sign, value, doc in (
            ("add_scalar", "+", "add", "The tensor plus a number."),
            ("mul_scalar", "*", "mul", "The tensor times a number."),
            ("div_scalar", "/", "truediv", "The tensor divided by a number."),
        )
    ],
    _operator(
        "pow", "**", "pow", "The elements raised to a power.", "tensor", "exponent"
    ),
    _operator("ge", ">=", "ge", "Where the left side is greater or equal: bool."),
    _operator("gt", ">", "gt", "Where the left side is greater: bool."),
    _operator("le", "<=", "le", "Where the left side is less or equal: bool."),
    _operator("lt", "<", "lt", "Where the left side is less: bool."),
    _operator("eq", "==", "eq", "Where both sides are equal: bool."),
    _operator("ne", "!=", "ne", "Where both sides differ: bool."),
    _function(
        "matmul",
        "tensor1: tensor, tensor2: tensor",
        "tensor1 @ tensor2",
        "The matrix product.",
        value="torch.matmul",
        yields=promoted,
    ),
    declare(
        "tensor_linear",
        "tensor1: tensor, tensor2: tensor",
        "F.linear(tensor1, tensor2)",
        promoted,
        "The product with a transposed weight of shape [out, in].",
        aliases=("torch_tensor_linear",),
        pure=True,
        value="F.linear",
    ),
    _function(
        "einsum",
        "indices, tensors: tensors",
        "torch.einsum(indices, tensors)",
        "The sum of products that an equation over the dimensions describes.",
    ),
    _overloaded(
        "rms_norm",
        [
            (
                "input: tensor, weight: tensor, eps",
                "F.rms_norm(input, weight.shape, weight, eps)",
            ),
            (
                "input: tensor, weight: tensor",
                "F.rms_norm(input, weight.shape, weight, 1e-6)",
            ),
        ],
        "The tensor divided by the root mean square of its last dimension, times weight.",
        yields=REAL_TENSOR,
    ),
)

# --- reductions ---------------------------------------------------------------------------


def _reduction(stem: str, doc: str, yields: Yields) -> Builtin:
    return _function(
        stem,
        "tensor: tensor",
        f"tensor.{stem}()",
        doc,
        yields=yields,
        value=f"torch.{stem}",
    )


def _average(stem: str, target: str, doc: str, others: str = "") -> Builtin:
    """Declare a reduction for which integers and truth values become reals."""
    return _overloaded(
        stem,
        [
            (f"tensor: reals{others}", target.format("tensor")),
            (f"tensor: counts{others}", target.format("tensor.float()")),
            (f"tensor: tensor{others}", target.format("tensors.as_real(tensor)")),
        ],
        doc,
        yields=REAL_TENSOR,
    )


_REDUCTIONS = (
    _reduction("sum", "The sum of all elements, a tensor without dimensions.", totals),
    _average(
        "mean", "{}.mean()", "The mean of all elements, a tensor without dimensions."
    ),
    _average("std", "{}.std()", "The standard deviation of all elements (unbiased)."),
    _reduction(
        "max", "The greatest element, a tensor without dimensions.", same_elements
    ),
    _reduction(
        "min", "The smallest element, a tensor without dimensions.", same_elements
    ),
    _average(
        "norm",
        "torch.linalg.vector_norm({})",
        "The Euclidean norm of all elements.",
    ),
    _average(
        "mean_dim",
        "{}.mean(dim)",
        "The mean along a dimension, which is removed.",
        ", dim",
    ),
    _overloaded(
        "argmax",
        [
            ("tensor: tensor", "tensor.argmax()"),
            ("tensor, dim: integer", "tensor.argmax(dim, keepdim=True)"),
            (
                "tensor, dim: integer, keepdim: flag",
                "tensor.argmax(dim, keepdim=keepdim)",
            ),
            (
                "tensor, dim, keepdim: flag=True",
                "tensors.argmax(tensor, dim, keepdim)",
            ),
        ],
        "The place of the greatest element; along a dimension, that stays as size 1.",
        value="torch.argmax",
        yields=WHOLE_TENSOR,
    ),
    _function(
        "cumsum",
        "tensor: tensor, dim",
        "tensor.cumsum(dim)",
        "The sums up to each element along a dimension.",
        yields=totals,
    ),
)

# --- functions of each element ------------------------------------------------------------

_MAPS = {
    "relu": "max(0, x)",
    "sigmoid": "1 / (1 + exp(-x))",
    "tanh": "The hyperbolic tangent",
    "gelu": "x · Φ(x) with the exact normal distribution",
    "silu": "x · sigmoid(x)",
    "abs": "The absolute value",
    "exp": "The exponential",
    "sqrt": "The square root",
    "rsqrt": "1 / sqrt(x)",
    "log": "The natural logarithm",
    "log10": "The decimal logarithm",
    "log2": "The binary logarithm",
    "sin": "The sine",
    "cos": "The cosine",
    "tan": "The tangent",
    "asin": "The inverse sine",
    "acos": "The inverse cosine",
    "atan": "The inverse tangent",
    "sinh": "The hyperbolic sine",
    "cosh": "The hyperbolic cosine",
    "floor": "The greatest integer not above x",
    "ceil": "The smallest integer not below x",
    "round": "The nearest integer (the even one of two)",
    "reciprocal": "1 / x",
}

#: Written as functions, as network code has them; the others are methods.
_ACTIVATIONS = {
    "relu": "F.relu",
    "gelu": "F.gelu",
    "silu": "F.silu",
    "sigmoid": "torch.sigmoid",
    "tanh": "torch.tanh",
}


#: Integers stay integers.
_KEEPING = frozenset(("relu", "abs", "floor", "ceil", "round"))


def _map(stem: str, meaning: str) -> Builtin:
    function = _ACTIVATIONS.get(stem)
    return _function(
        stem,
        "tensor: tensor",
        f"{function}(tensor)" if function else f"tensor.{stem}()",
        f"{meaning}, element by element.",
        yields=same_elements if stem in _KEEPING else REAL_TENSOR,
        value=function or f"torch.{stem}",
    )


_ELEMENTWISE = (
    *[_map(stem, meaning) for stem, meaning in _MAPS.items()],
    _function(
        "neg",
        "tensor: tensor",
        "-tensor",
        "-x, element by element.",
        value="torch.neg",
        yields=same_elements,
    ),
    _overloaded(
        "softmax",
        [
            ("tensor: tensor, dim", "tensor.softmax(dim)"),
            ("tensor: tensor", "tensor.softmax(-1)"),
        ],
        "Positive numbers that sum to 1 along a dimension (the last one).",
        yields=REAL_TENSOR,
    ),
    _overloaded(
        "log_softmax",
        [
            ("tensor: tensor, dim", "tensor.log_softmax(dim)"),
            ("tensor: tensor", "tensor.log_softmax(-1)"),
        ],
        "The logarithm of the softmax along a dimension (the last one).",
        yields=REAL_TENSOR,
    ),
    _function(
        "clamp",
        "tensor: tensor, min_val=None, max_val=None",
        "tensor.clamp(min=min_val, max=max_val)",
        "The elements kept between two bounds; nil leaves a side open.",
        yields=same_elements,
    ),
    _overloaded(
        "masked_fill",
        [
            (
                "tensor: tensor, mask: tensor, value: number",
                "tensor.masked_fill(mask.bool(), value)",
            ),
            (
                "tensor: tensor, mask: tensor, value",
                "tensors.masked_fill(tensor, mask, value)",
            ),
        ],
        "A copy with a number wherever a mask is not 0.",
        yields=same_elements,
    ),
    _overloaded(
        "masked_fill_",
        [
            (
                "tensor: tensor, mask: tensor, value: number",
                "tensor.masked_fill_(mask.bool(), value)",
            ),
            (
                "tensor: tensor, mask: tensor, value",
                "tensors.masked_fill_in_place(tensor, mask, value)",
            ),
        ],
        "Write a number wherever a mask is not 0, in place; the tensor.",
        pure=False,
        yields=same_elements,
    ),
    _function(
        "where",
        "condition: tensor, then: operand, otherwise: operand",
        "torch.where(condition.bool(), then, otherwise)",
        "Elements of one tensor or number where a condition holds, of another elsewhere.",
        yields=chosen,
    ),
)

# --- shape, selection, sorting, sampling --------------------------------------------------

_SHAPES = (
    _function(
        "reshape",
        "tensor: tensor, shape: shape",
        "tensor.reshape(*shape)",
        "The same elements in another shape; one size may be -1.",
        yields=same_elements,
    ),
    _function(
        "transpose",
        "tensor: tensor, dim0, dim1",
        "tensor.transpose(dim0, dim1)",
        "The tensor with two dimensions exchanged.",
        yields=same_elements,
    ),
    _function(
        "contiguous",
        "tensor: tensor",
        "tensor.contiguous()",
        "The tensor with its elements in order in memory.",
        yields=same_elements,
    ),
    _function(
        "unsqueeze",
        "tensor: tensor, dim",
        "tensor.unsqueeze(dim)",
        "The tensor with a dimension of size 1 inserted.",
        yields=same_elements,
    ),
    _overloaded(
        "squeeze",
        [
            ("tensor, dim: nil", "tensor.squeeze()"),
            ("tensor: tensor, dim", "tensor.squeeze(dim)"),
            ("tensor: tensor", "tensor.squeeze()"),
        ],
        "The tensor without one, or all, of its dimensions of size 1.",
        yields=same_elements,
    ),
    _overloaded(
        "slice",
        [
            (
                "tensor: tensor, start, end",
                "tensors.slice_dim(tensor, -1, start, end)",
            ),
            (
                "tensor: tensor, dim, start, end",
                "tensors.slice_dim(tensor, dim, start, end)",
            ),
        ],
        "The part of a dimension (the last one) from start to end (excluded).",
        yields=same_elements,
    ),
    _function(
        "select",
        "tensor: tensor, dim, index",
        "tensor.select(dim, index)",
        "The part at one index of a dimension, which is removed.",
        yields=same_elements,
    ),
    _function(
        "cat",
        "tensors: tensors, dim=0",
        "torch.cat(tensors, dim)",
        "The tensors of a list, one behind the other along a dimension.",
    ),
    _function(
        "stack",
        "tensors: tensors, dim=0",
        "torch.stack(tensors, dim)",
        "The tensors of a list, of one shape, along a new dimension.",
    ),
    _function(
        "gather",
        "input: tensor, dim, index: tensor",
        "input.gather(dim, index)",
        "The elements that a tensor of indices picks along a dimension.",
        yields=same_elements,
    ),
    _function(
        "topk",
        "tensor: tensor, k, dim=-1, largest: flag=True",
        "List(tensor.topk(k, dim, largest))",
        "The k greatest elements along a dimension, and their indices.",
        yields=TENSORS,
    ),
    _overloaded(
        "sort",
        [
            ("tensor, descending: flag", "List(tensor.sort(descending=descending))"),
            ("tensor, dim: integer", "List(tensor.sort(dim))"),
            ("tensor, order", "tensors.sort(tensor, order)"),
            (
                "tensor, dim, descending: flag",
                "List(tensor.sort(dim, descending=descending))",
            ),
            ("tensor: tensor", "List(tensor.sort())"),
        ],
        "The sorted elements along a dimension, and their indices.",
        yields=TENSORS,
    ),
    _function(
        "multinomial",
        "probs: tensor, num_samples, replacement: flag=False",
        "torch.multinomial(probs, num_samples, replacement)",
        "Indices drawn with the probabilities of each row.",
        pure=False,
        yields=WHOLE_TENSOR,
    ),
)

# --- names that only guides mention -------------------------------------------------------

_GUIDES = tuple(
    [
        declare_unsupported(
            f"torch_{stem}", "a guide names this function, but LispE's library has none"
        )
        for stem in (
            *("memory_usage", "peak_memory", "standard_attention", "set_autocast"),
            *("set_checkpoint", "memory_map", "enable_fusion", "adaptive_precision"),
            *("optimize_memory_pools", "enable_autotuning"),
        )
    ]
)

BUILTINS: tuple[Builtin, ...] = (
    *_DEVICES,
    *_CREATION,
    *_READING,
    *_ARITHMETIC,
    *_REDUCTIONS,
    *_ELEMENTWISE,
    *_SHAPES,
    *_GUIDES,
)
