"""LoRA, optimizers, schedules, losses, gradients, quantization, files of weights.

What torch has as a method or function is written as that. ``checkpoints``, ``lora``,
``quant`` and ``training`` of the runtime hold the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    PLAIN,
    TENSOR,
    Builtin,
    Fact,
    declare,
    declare_overloads,
    declare_statement,
    first_argument,
)
from lisptorch_compile.catalogue.torch_yields import (
    A_LOADED_MODULE,
    A_LORA_LAYER,
    A_TENSOR,
    REAL_TENSOR,
)
from lisptorch_compile.catalogue.yields import (
    A_DICTIONARY,
    A_FLOAT,
    A_TEXT,
    AN_OBJECT,
)

_NEW_TENSORS = Fact(PLAIN, TENSOR)

# --- LoRA -----------------------------------------------------------------------------

_LORA = (
    declare(
        "torch_lora_linear",
        "in_features, out_features, rank=16, alpha=16.0",
        "lora.LoRALinear(in_features, out_features, rank, alpha)",
        A_LORA_LAYER,
        "A frozen linear layer with a trainable low-rank correction.",
        aliases=("torch_lora_linear_create",),
    ),
    declare(
        "torch_lora_forward",
        "lora_layer: lora, input_data: tensor",
        "lora_layer(input_data)",
        REAL_TENSOR,
        "The output of a LoRA layer.",
        aliases=("torch_lora_linear_forward",),
    ),
    declare(
        "torch_lora_apply_to_linear",
        "linear_layer, rank=16, alpha=16.0",
        "lora.from_linear(linear_layer, rank, alpha)",
        A_LORA_LAYER,
        "A LoRA layer on a copy of a linear layer, which stays as it is.",
    ),
    declare(
        "torch_lora_merge_weights",
        "lora_layer",
        "lora.merge_weights(lora_layer)",
        A_TEXT,
        "Add the correction to the frozen weight, for inference without its cost.",
    ),
    declare(
        "torch_lora_unmerge_weights",
        "lora_layer",
        "lora.unmerge_weights(lora_layer)",
        A_TEXT,
        "Take the correction out of the frozen weight again.",
    ),
    declare(
        "torch_lora_trainable_params",
        "model",
        "lora.trainable_params(model)",
        _NEW_TENSORS,
        "The A and B of each LoRA layer of a model, themselves, in a list.",
        aliases=("torch_lora_get_trainable_params",),
    ),
    declare(
        "torch_lora_save_adapters",
        "model, path",
        "lora.save_adapters(model, path)",
        A_TEXT,
        "Write the A and B of each LoRA layer of a model to a file, nothing else.",
    ),
    declare(
        "torch_lora_load_adapters",
        "model, path",
        "lora.load_adapters(model, path)",
        A_TEXT,
        "Fill the A and B of each LoRA layer of a model from a file.",
    ),
    declare(
        "torch_lora_compute_delta",
        "lora_layer",
        "lora_layer.delta()",
        REAL_TENSOR,
        "The correction of the weight: alpha / rank · B · A.",
    ),
    declare(
        "torch_lora_get_adaptation_magnitude",
        "lora_layer",
        "lora_layer.magnitude()",
        A_FLOAT,
        "The Frobenius norm of the correction, 0 for a fresh layer.",
    ),
    declare(
        "torch_lora_forward_with_gradients",
        "lora_layer, input: tensor, retain_graph=None",
        "lora_layer.forward_with_gradients(input)",
        REAL_TENSOR,
        "The output of a LoRA layer with gradients recorded even where they are off.",
    ),
)

# --- optimizers -----------------------------------------------------------------------


_ADAMW = "torch.optim.AdamW(params, lr=learning_rate, weight_decay={})"


def _later_filled(kind: str, title: str, *aliases: str) -> Builtin:
    """Declare the constructor of an optimizer whose parameters may be added later."""
    return declare_overloads(
        f"torch_{kind}_optimizer",
        [
            ("learning_rate", f"training.{kind}(learning_rate)"),
            (
                "learning_rate: number, model: text",
                f"training.{kind}(learning_rate, hf.model(model))",
            ),
            ("learning_rate: number, model", f"training.{kind}(learning_rate, model)"),
            ("model: module, learning_rate", f"training.{kind}(model, learning_rate)"),
        ],
        AN_OBJECT,
        f"{title} of the parameters of a model, or of those added later.",
        aliases=aliases,
        value=f"training.{kind}",
    )


_OPTIMIZERS = (
    declare_overloads(
        "torch_optimizer",
        [
            (
                f"{model}, {others}, config: options=None",
                "training.optimizer(model, learning_rate, type, config)",
            )
            for others in (
                "type: text, learning_rate=0.001",
                'learning_rate=0.001, type="adam"',
            )
            for model in ("model: list", "model: module")
        ],
        AN_OBJECT,
        'An optimizer of a model: "adam", "adamw", "sgd", "rmsprop" and more; its options.',
        aliases=("torch_optimizer_create",),
    ),
    _later_filled("adam", "Adam"),
    _later_filled("adamw", "AdamW", "torch_adamw_optimizer_create"),
    _later_filled("sgd", "Gradient descent"),
    declare_overloads(
        "torch_optimizer_add_params",
        [
            (
                "params: tensors, learning_rate: number",
                _ADAMW.format("0.0"),
            ),
            (
                "params: tensors, learning_rate: number, weight_decay: number",
                _ADAMW.format("weight_decay"),
            ),
            (
                "params: module, learning_rate, weight_decay=0.0",
                "training.add_params(params, learning_rate, weight_decay)",
            ),
        ],
        AN_OBJECT,
        "A new AdamW over tensors; or an optimizer with what it shall train as well.",
    ),
    declare_statement(
        "torch_optimizer_step",
        "optimizer",
        "optimizer.step()",
        "Change the parameters by their gradients.",
    ),
    declare_statement(
        "torch_optimizer_zero_grad",
        "optimizer",
        "optimizer.zero_grad()",
        "Forget the gradients of an optimizer's parameters.",
    ),
    declare(
        "torch_clip_grad_norm",
        "optimizer, max_norm",
        "training.clip_grad_norm(optimizer, max_norm)",
        A_FLOAT,
        "Scale the gradients down to a common norm; the norm before.",
    ),
)

# --- losses and gradients -------------------------------------------------------------

_LOSSES = (
    declare(
        "torch_mse_loss",
        "predictions: tensor, targets: tensor",
        "F.mse_loss(predictions, targets)",
        REAL_TENSOR,
        "The mean of the squared differences.",
        aliases=("torch_loss_mse",),
    ),
    declare(
        "torch_crossentropy_loss",
        "predictions: tensor, targets: tensor",
        "training.cross_entropy(predictions, targets)",
        REAL_TENSOR,
        "The mean cross entropy of logits against class ids or probabilities.",
        aliases=(
            "torch_cross_entropy",
            "torch_loss_crossentropy",
            "torch_cross_entropy_loss",
        ),
    ),
    declare_statement(
        "torch_backward",
        "loss, retain_graph: flag=None, create_graph: flag=False",
        "loss.backward(retain_graph=retain_graph, create_graph=create_graph)",
        "Add the gradients of a loss to what it was computed from.",
    ),
    declare_statement(
        "torch_set_grad_enabled",
        "enabled: flag",
        "torch.set_grad_enabled(enabled)",
        "Record gradients from now on, or not.",
    ),
    declare_statement(
        "torch_manual_seed",
        "seed",
        "torch.manual_seed(seed)",
        "Start torch's random numbers from a seed.",
    ),
)

# --- schedules ------------------------------------------------------------------------


def _shortcut(suffix: str, kind: str) -> Builtin:
    return declare(
        f"torch_lr_scheduler_{suffix}",
        "optimizer, config: options=None",
        f'training.LRScheduler(optimizer, "{kind}", config)',
        AN_OBJECT,
        f'torch_lr_scheduler of the type "{kind}".',
    )


_SCHEDULES = (
    declare(
        "torch_lr_scheduler",
        "optimizer, scheduler_type, config: options=None",
        "training.LRScheduler(optimizer, scheduler_type, config)",
        AN_OBJECT,
        'A schedule of the learning rate: "linear_warmup_cosine", "cosine", "linear", "exponential" '
        'or "step".',
        aliases=("torch_lr_scheduler_create",),
    ),
    _shortcut("linear_warmup_cosine", "linear_warmup_cosine"),
    _shortcut("cosine", "cosine"),
    _shortcut("exponential", "exponential"),
    _shortcut("step_decay", "step"),
    _shortcut("linear", "linear"),
    declare_statement(
        "torch_scheduler_step",
        "scheduler",
        "scheduler.step()",
        "Count a step and set the learning rate that the schedule has for it.",
        aliases=("torch_lr_scheduler_step",),
    ),
    declare(
        "torch_scheduler_get_lr",
        "scheduler",
        "scheduler.get_lr()",
        A_FLOAT,
        "The present learning rate.",
        aliases=("torch_lr_scheduler_get_lr",),
    ),
    declare_statement(
        "torch_scheduler_set_lr",
        "scheduler, learning_rate",
        "scheduler.set_lr(learning_rate)",
        "Set the learning rate until the next step.",
        aliases=("torch_lr_scheduler_set_lr",),
    ),
)

# --- quantization ---------------------------------------------------------------------

_QUANTIZATION = (
    declare_overloads(
        "torch_quantize_dynamic",
        [
            ("tensor: tensor", "quant.quantize_int8(tensor)"),
            ("tensor: tensor, dtype", "quant.quantize_automatic(tensor, dtype)"),
            (
                "tensor: tensor, scale, zero_point",
                "quant.quantize_per_tensor(tensor, scale, zero_point)",
            ),
        ],
        A_TENSOR,
        "A tensor in 8 bits, with a scale and zero point that are found or given.",
        value="quant.quantize_int8",
    ),
    declare(
        "torch_quantize_static",
        'tensor: tensor, scale, zero_point, dtype="int8"',
        "quant.quantize_per_tensor(tensor, scale, zero_point, dtype)",
        A_TENSOR,
        "A tensor in 8 bits with the scale and zero point given.",
    ),
    declare(
        "torch_quantize_linear",
        "tensor: tensor, scale, zero_point",
        "quant.quantize_per_tensor(tensor, scale, zero_point)",
        A_TENSOR,
        "A tensor in signed 8 bits with the scale and zero point given.",
    ),
    declare(
        "torch_quantize_per_channel",
        "tensor: tensor, scales: list, zero_points: list, axis",
        "quant.quantize_per_channel(tensor, scales, zero_points, axis)",
        A_TENSOR,
        "A tensor in signed 8 bits with a scale and zero point for each slice.",
    ),
    declare(
        "torch_quantize_int8",
        "tensor: tensor",
        "quant.quantize_int8(tensor)",
        A_TENSOR,
        "A tensor in signed 8 bits, with the scale that fits its range.",
    ),
    declare(
        "torch_quantize_fp16",
        "tensor: tensor",
        "tensor.half()",
        REAL_TENSOR,
        "A tensor in 16-bit reals.",
        aliases=("torch_tensor_to_fp16",),
    ),
    declare(
        "torch_dequantize",
        "quantized_tensor: tensor",
        "quantized_tensor.dequantize()",
        REAL_TENSOR,
        "A quantized tensor in 32-bit reals again.",
    ),
    declare(
        "torch_tensor_to_int8",
        "tensor: tensor",
        "tensor.to(torch.int8)",
        A_TENSOR,
        "A tensor cast to int8: cut towards 0, wrapped beyond -128..127.",
    ),
    declare(
        "torch_model_quantize_dynamic",
        'model, dtype="qint8"',
        "quant.quantize_model(model, dtype)",
        first_argument,
        "A copy of a model with 8-bit weights; the model stays as it is.",
    ),
    declare(
        "torch_model_quantize_static",
        "model, calibration_data: list",
        "quant.quantize_model_static(model, calibration_data)",
        first_argument,
        "A copy of a model with 8-bit weights and fixed ranges of activations.",
    ),
)

# --- files of weights -----------------------------------------------------------------


def _loaded(arguments: Sequence[Fact]) -> Fact:
    """``torch_load_model``: the model that was built, or a report."""
    return A_LOADED_MODULE if len(arguments) == 1 else A_TEXT


_FILES = (
    declare_overloads(
        "torch_save_model",
        [
            (
                "model: text, path: text",
                "checkpoints.save_model(hf.model(model), path)",
            ),
            ("model, path", "checkpoints.save_model(model, path)"),
        ],
        A_TEXT,
        "Write a model's weights and how to build it to a file.",
    ),
    declare_overloads(
        "torch_load_model",
        [
            ("path", "checkpoints.load_model(path)"),
            (
                "path: text, model: text",
                "checkpoints.load_model(path, hf.model(model))",
            ),
            ("model: module, path", "checkpoints.load_model(model, path)"),
            ("path, model", "checkpoints.load_model(path, model)"),
        ],
        _loaded,
        "Fill a model from a file, or build the model that the file describes.",
        value="checkpoints.load_model",
    ),
    declare(
        "torch_state_dict",
        "model: module",
        "checkpoints.state_dict(model)",
        A_DICTIONARY,
        "Copies of a model's parameters by name.",
        aliases=("torch_model_state_dict",),
    ),
    declare(
        "torch_load_state_dict",
        "model: module, state_dict, strict: flag=True",
        "checkpoints.load_state_dict(model, state_dict, strict=strict)",
        A_TEXT,
        "Fill a model, or an optimizer, from a state dict or a checkpoint.",
    ),
    declare(
        "torch_save_checkpoint",
        "model: module, optimizer, epoch, path, scheduler=None",
        "checkpoints.save_checkpoint(model, optimizer, epoch, path, scheduler)",
        A_TEXT,
        "Write all that training needs to go on: weights, optimizer, epoch, schedule, seeds.",
    ),
    declare(
        "torch_load_checkpoint",
        "path, model: module=None, optimizer=None, scheduler=None",
        "checkpoints.load_checkpoint(path, model, optimizer, scheduler)",
        A_DICTIONARY,
        "A checkpoint as a dictionary; with a model to fill, training is resumed.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (
    *_LORA,
    *_OPTIMIZERS,
    *_LOSSES,
    *_SCHEDULES,
    *_QUANTIZATION,
    *_FILES,
)
