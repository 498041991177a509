"""TorchScript models, and what torch.export makes of modules, which is its successor."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import Builtin, declare, declare_statement
from lisptorch_compile.catalogue.torch_yields import A_TENSOR, TENSORS
from lisptorch_compile.catalogue.yields import (
    A_DICTIONARY,
    A_TEXT,
    AN_OBJECT,
    TEXTS,
    WHOLE_NUMBERS,
)

_LIFE = (
    declare(
        "torch_jit_load",
        'model_path, device="cpu"',
        "jit.JitModel(model_path, device)",
        AN_OBJECT,
        "The TorchScript model of a file.",
    ),
    declare_statement(
        "torch_jit_unload",
        "model",
        "model.unload()",
        "Give the weights of a model free.",
    ),
    declare_statement(
        "torch_jit_model_to_device",
        'model, device="cpu"',
        "model.to(device)",
        "Move a model to a device.",
    ),
    declare_statement(
        "torch_jit_model_to_mps",
        "model",
        'model.to("mps")',
        "Move a model to MPS, or to the best device there is, with a warning.",
    ),
    declare_statement(
        "torch_jit_model_to_best_device",
        "model",
        "model.to_best()",
        "Move a model to CUDA, else to MPS, else to the CPU.",
    ),
    declare(
        "torch_jit_model_info",
        "model",
        "model.info()",
        A_DICTIONARY,
        "Whether a model is loaded, its device, and its size.",
    ),
)

_PARTS = (
    declare(
        "torch_jit_model_get_buffer",
        "model, buffername",
        "model.buffer(buffername)",
        A_TENSOR,
        "A buffer of a model by name.",
    ),
    declare(
        "torch_jit_model_get_tensor",
        "model, tensorname",
        "model.tensor(tensorname)",
        A_TENSOR,
        "A parameter of a model by name.",
    ),
    declare(
        "torch_jit_model_get_tensor_shape",
        "model, tensorname",
        "model.tensor_shape(tensorname)",
        WHOLE_NUMBERS,
        "The shape of a parameter or buffer of a model.",
    ),
    declare(
        "torch_jit_model_list_methods",
        "model",
        "model.methods()",
        TEXTS,
        "The names of a model's methods.",
    ),
    declare(
        "torch_jit_model_list_buffers",
        "model",
        "model.buffers()",
        TEXTS,
        "The names of a model's buffers.",
    ),
    declare(
        "torch_jit_model_list_parameter_names",
        "model",
        "model.parameters()",
        TEXTS,
        "The names of a model's parameters.",
    ),
    declare(
        "torch_jit_model_list_tensor_names",
        "model",
        "model.tensors()",
        TEXTS,
        "The names of a model's parameters and buffers.",
    ),
    declare_statement(
        "torch_jit_model_update_weight",
        "model, param_name, new_weight: tensor",
        "model.update_weight(param_name, new_weight)",
        "Copy a tensor into a parameter of a model.",
    ),
)

_RUNNING = (
    declare(
        "torch_jit_model_forward",
        "model, tensor: tensor",
        "model.forward(tensor)",
        A_TENSOR,
        "What a model makes of a tensor.",
    ),
    declare_statement(
        "torch_jit_model_register_lora_hook",
        "model, layer_name, lora_layer",
        "model.register_lora(layer_name, lora_layer)",
        "Add the correction of a LoRA layer to a weight, in forward_with_lora.",
    ),
    declare(
        "torch_jit_model_forward_with_lora",
        "model, input: tensor",
        "model.forward_with_lora(input)",
        A_TENSOR,
        "What a model makes of a tensor with the corrections of its LoRA layers.",
    ),
    declare(
        "torch_jit_model_get_intermediate_states",
        "model, input: tensor, layer_names: list",
        "model.intermediate_states(input, layer_names)",
        TENSORS,
        "The input and the output of a model.",
    ),
)

_EXPORT = (
    declare(
        "torch_export_save",
        "model: module, inputs, path, varying: list=None",
        "export.save(model, inputs, path, varying)",
        A_TEXT,
        "Write what a module makes of inputs like these; varying: dimensions of any size.",
    ),
    declare(
        "torch_export_load",
        "path",
        "export.load(path)",
        AN_OBJECT,
        "The module of a file that torch_export_save or torch.export.save wrote.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (*_LIFE, *_PARTS, *_RUNNING, *_EXPORT)
