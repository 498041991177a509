"""The declared targets of training and text functions fit what they call."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
import torch

from lisptorch_compile.catalogue import torch_later, torch_text, torch_training
from lisptorch_compile.catalogue.imports import IMPORTS
from lisptorch_compile.catalogue.model import (
    ROLES,
    Builtin,
    Overload,
    Parameter,
    parse_parameters,
)
from lisptorch_compile.runtime import generate, lora, tokenizers, training

BUILTINS = (*torch_training.BUILTINS, *torch_text.BUILTINS)
NAMES = {name for builtin in BUILTINS for name in (builtin.name, *builtin.aliases)}
LATER = {builtin.name for builtin in torch_later.BUILTINS}

#: The classes of the parameters whose methods targets call.
CLASSES: dict[str, type] = {
    "generator": generate.Generator,
    "lora_layer": lora.LoRALinear,
    "loss": torch.Tensor,
    "optimizer": torch.optim.Optimizer,
    "quantized_tensor": torch.Tensor,
    "scheduler": training.LRScheduler,
    "tensor": torch.Tensor,
    "tokenizer": tokenizers.SentencePieceTokenizer,
}

SPELLINGS = """
torch_lora_linear torch_lora_linear_create torch_lora_forward torch_lora_linear_forward
torch_lora_apply_to_linear torch_lora_merge_weights torch_lora_unmerge_weights
torch_lora_trainable_params torch_lora_get_trainable_params torch_lora_save_adapters
torch_lora_load_adapters torch_lora_compute_delta torch_lora_get_adaptation_magnitude
torch_lora_forward_with_gradients

torch_optimizer torch_optimizer_create torch_adam_optimizer torch_adamw_optimizer
torch_adamw_optimizer_create torch_sgd_optimizer torch_optimizer_add_params
torch_optimizer_step torch_optimizer_zero_grad torch_clip_grad_norm torch_mse_loss
torch_loss_mse torch_crossentropy_loss torch_cross_entropy torch_loss_crossentropy
torch_cross_entropy_loss torch_backward torch_set_grad_enabled torch_manual_seed
torch_lr_scheduler torch_lr_scheduler_create torch_scheduler_step torch_lr_scheduler_step
torch_scheduler_get_lr torch_lr_scheduler_get_lr torch_scheduler_set_lr
torch_lr_scheduler_set_lr torch_lr_scheduler_linear_warmup_cosine
torch_lr_scheduler_cosine torch_lr_scheduler_exponential torch_lr_scheduler_step_decay
torch_lr_scheduler_linear

torch_simple_tokenizer torch_tokenizer_create torch_tokenizer_simple_create torch_encode
torch_tokenizer_encode tokenizer_encode torch_decode torch_tokenizer_decode
tokenizer_decode torch_vocab_size torch_tokenizer_get_vocab_size
torch_tokenizer_vocab_size torch_vocabulary_size torch_sentencepiece_tokenizer
torch_tokenizer_sentencepiece_create torch_train_sentencepiece
torch_tokenizer_sentencepiece_train torch_pad_sequences torch_pad_sequence
torch_attention_mask torch_create_attention_mask

torch_quantize_dynamic torch_quantize_static torch_quantize_linear
torch_quantize_per_channel torch_quantize_int8 torch_quantize_fp16 torch_dequantize
torch_tensor_to_int8 torch_tensor_to_fp16 torch_model_quantize_dynamic
torch_model_quantize_static

torch_save_model torch_load_model torch_state_dict torch_model_state_dict
torch_load_state_dict torch_save_checkpoint torch_load_checkpoint

torch_generator_create torch_generator_config torch_generator_configure
torch_set_generation_params torch_generate torch_generator_generate
torch_generator_greedy torch_generator_top_k torch_generator_top_p
torch_generator_beam_search torch_generator_set_device
"""


def overloads() -> Iterator[Any]:
    for builtin in BUILTINS:
        for index, overload in enumerate(builtin.overloads):
            yield pytest.param(overload, id=f"{builtin.name}-{index}")


def resolve(node: ast.expr, parameters: dict[str, Parameter]) -> Any:
    """Return the Python object that an expression of a target stands for, or its class."""
    if isinstance(node, ast.Attribute):
        return inspect.getattr_static(resolve(node.value, parameters), node.attr)
    if isinstance(node, ast.Name) and node.id in parameters:
        return CLASSES[node.id]  # only a method of it, or its forward, is called
    if isinstance(node, ast.Name):
        source = IMPORTS[node.id]
        if source.name is None:
            return importlib.import_module(source.module)
        try:
            return importlib.import_module(f"{source.module}.{source.name}")
        except ModuleNotFoundError:
            return getattr(importlib.import_module(source.module), source.name)
    raise NotImplementedError(ast.dump(node))


def signature_of(function: Any, *, bound: bool) -> inspect.Signature | None:
    """Return the signature of a call, None where torch's C code has none."""
    if isinstance(function, staticmethod | classmethod):
        function = function.__func__
    try:
        signature = inspect.signature(function)
    except ValueError:
        return None
    if not bound:
        return signature
    return signature.replace(parameters=list(signature.parameters.values())[1:])


@pytest.mark.parametrize("overload", list(overloads()))
def test_target_fits_the_signature_it_calls(overload: Overload) -> None:
    assert overload.target is not None
    parameters = {p.name: p for p in parse_parameters(overload.parameters)}
    assert all(parameter.role in ROLES for parameter in parameters.values())
    tree = ast.parse(overload.target, mode="eval")
    for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(owner, ast.Compare):
            assert overload.target == "(sequences != pad_token).float()"
            continue
        bound = isinstance(owner, ast.Name) and owner.id in parameters
        function = resolve(call.func, parameters)
        if isinstance(call.func, ast.Name) and call.func.id in parameters:
            function, bound = function.forward, True
        signature = signature_of(function, bound=bound)
        if signature is None:
            continue
        keywords = {keyword.arg or "": keyword.value for keyword in call.keywords}
        arguments = signature.bind(*call.args, **keywords).arguments
        for name, value in arguments.items():
            parameter = (
                parameters.get(value.id) if isinstance(value, ast.Name) else None
            )
            if parameter is not None and parameter.default is not None:
                declared = ast.literal_eval(parameter.default)
                assert declared == signature.parameters[name].default, name


@pytest.mark.parametrize("builtin", BUILTINS, ids=lambda builtin: builtin.name)
def test_value_and_attribute_targets_exist(builtin: Builtin) -> None:
    if builtin.value is not None:
        assert callable(resolve(ast.parse(builtin.value, mode="eval").body, {}))
    assert builtin.doc.endswith(".")


def test_vocab_size_is_a_property_of_both_tokenizers() -> None:
    for cls in (tokenizers.SimpleTokenizer, tokenizers.SentencePieceTokenizer):
        assert isinstance(inspect.getattr_static(cls, "vocab_size"), property)


def test_every_spelling_is_declared_once() -> None:
    assert set(SPELLINGS.split()) == NAMES
    spelled = [n for builtin in BUILTINS for n in (builtin.name, *builtin.aliases)]
    assert len(spelled) == len(NAMES)


def test_functions_that_lispe_only_declares_give_a_reason() -> None:
    assert len(LATER) == len(torch_later.BUILTINS) == 4
    assert all(builtin.unsupported for builtin in torch_later.BUILTINS)
    assert not LATER & NAMES
