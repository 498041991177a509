"""Training a language model: by name, resumed, recomputed, in half precision, compiled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from programs import Ran, run
from tiny_language_model import write_model
from torch import Tensor
from torch.nn import functional as F

from lisptorch_compile.runtime import checkpoints, hf, hf_lora, training
from lisptorch_compile.runtime.models.decoder import Block
from lisptorch_compile.runtime.training import LRScheduler

VOCAB_SIZE = 61


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "tiny"
    write_model(path, "llama", VOCAB_SIZE)
    return path


@pytest.fixture
def name(folder: Path) -> str:
    """Load the model anew, with adapters that do something."""
    loaded = hf.load_model_lora("tiny", str(folder))
    torch.manual_seed(2)
    hf_lora.init(loaded, 2, 4, ["q_proj", "down_proj"], "bfloat16")
    with torch.no_grad():
        for parameter in hf_lora.parameters(loaded):
            parameter.normal_(std=0.1)
    return loaded


def batch() -> Tensor:
    return torch.randint(0, VOCAB_SIZE, (2, 12))


def loss_of(name: str, ids: Tensor) -> Tensor:
    logits = hf.forward(name, ids)
    return training.cross_entropy(logits[:, :-1].flatten(0, 1), ids[:, 1:].flatten())


def gradients(name: str) -> list[Tensor]:
    found = [parameter.grad for parameter in hf_lora.parameters(name)]
    assert all(gradient is not None for gradient in found)
    return [gradient.clone() for gradient in found if gradient is not None]


# --- resuming -----------------------------------------------------------------------------


def pieces(name: str) -> tuple[torch.optim.Optimizer, LRScheduler]:
    optimizer = training.add_params(hf_lora.parameters(name), 0.01, 0.1)
    config = {"initial_lr": 0.01, "total_steps": 8, "warmup_steps": 2}
    return optimizer, LRScheduler(optimizer, "linear_warmup_cosine", config)


def trained(
    name: str, optimizer: torch.optim.Optimizer, scheduler: LRScheduler, steps: int
) -> list[float]:
    losses = []
    for _ in range(steps):
        loss = loss_of(name, batch())  # from the generator that a checkpoint restores
        loss.backward()
        training.clip_grad_norm(optimizer, 1.0)
        scheduler.step()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses


def test_resumed_training_has_the_losses_of_one_that_went_on(
    name: str, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "checkpoint.pt"
    optimizer, scheduler = pieces(name)
    trained(name, optimizer, scheduler, 3)
    checkpoints.save_checkpoint(hf.model(name), optimizer, 1, path, scheduler)
    expected = trained(name, optimizer, scheduler, 4)

    hf.load_model_lora(name, str(folder))
    hf_lora.init(name, 2, 4, ["q_proj", "down_proj"], "bfloat16")
    torch.manual_seed(99)
    optimizer, scheduler = pieces(name)
    content = checkpoints.load_checkpoint(path, hf.model(name), optimizer, scheduler)
    assert (content["epoch"], scheduler.step_count) == (1, 3)
    assert trained(name, optimizer, scheduler, 4) == expected


def test_parts_are_restored_one_by_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    optimizer, scheduler = pieces(name)
    trained(name, optimizer, scheduler, 2)
    checkpoints.save_checkpoint(hf.model(name), optimizer, 1, path, scheduler)
    content = checkpoints.load_checkpoint(path)
    fresh_optimizer, fresh_scheduler = pieces(name)
    checkpoints.load_state_dict(fresh_optimizer, content)
    checkpoints.load_state_dict(fresh_scheduler, content)
    assert fresh_scheduler.step_count == 2
    (old,), (new,) = (
        o.state_dict()["param_groups"] for o in (optimizer, fresh_optimizer)
    )
    assert old == new


def test_checkpoint_without_a_scheduler_says_so(name: str, tmp_path: Path) -> None:
    optimizer, scheduler = pieces(name)
    path = tmp_path / "checkpoint.pt"
    checkpoints.save_checkpoint(hf.model(name), optimizer, 1, path)
    with pytest.raises(ValueError, match="holds no scheduler"):
        checkpoints.load_checkpoint(path, hf.model(name), optimizer, scheduler)


# --- memory and precision -----------------------------------------------------------------


def test_recomputed_layers_have_the_same_gradients(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Block] = []
    forward = Block.forward

    def counted(self: Block, *arguments: Any) -> Tensor:
        calls.append(self)
        return forward(self, *arguments)

    monkeypatch.setattr(Block, "forward", counted)
    ids = batch()
    found = []
    for enabled in (False, True):
        hf.set_checkpointing(name, enabled)
        hf.model(name).zero_grad()
        calls.clear()
        loss_of(name, ids).backward()
        assert len(calls) == (4 if enabled else 2)  # two layers, each run twice
        found.append(gradients(name))
    for plain, recomputed in zip(*found, strict=True):
        assert torch.equal(plain, recomputed)
    with torch.no_grad():
        calls.clear()
        loss_of(name, ids)
    assert len(calls) == 2


def test_recomputing_leaves_a_cache_alone(name: str) -> None:
    hf.set_checkpointing(name, True)
    cache = hf.enable_kv_cache(name)
    hf.forward(name, batch(), cache).sum().backward()
    assert len(cache) == 12


def test_autocast_trains_close_to_full_precision(name: str) -> None:
    ids = batch()
    exact = loss_of(name, ids)
    with torch.autocast("cpu", torch.bfloat16):
        rough = loss_of(name, ids)
    assert rough.dtype == torch.float32
    torch.testing.assert_close(rough, exact, rtol=0.02, atol=0.0)
    rough.backward()
    assert all(gradient.abs().sum() > 0 for gradient in gradients(name))


def test_half_precision_logits_are_reduced_in_float32(folder: Path) -> None:
    name = hf.load_model(f"{folder}/", {"dtype": "bfloat16"})
    ids = batch()
    assert hf.forward(name, ids).dtype == torch.bfloat16
    loss = loss_of(name, ids)
    logits = hf.forward(name, ids)[:, :-1].flatten(0, 1)
    expected = F.cross_entropy(logits.float(), ids[:, 1:].flatten())
    assert loss.dtype == torch.float32
    torch.testing.assert_close(loss, expected)


def test_accumulated_gradients_are_those_of_the_mean(name: str) -> None:
    first, second = batch(), batch()
    divisor = torch.tensor([2.0])  # one element, as scripts have it
    for ids in (first, second):
        (loss_of(name, ids) / divisor).backward()
    accumulated = gradients(name)
    hf.model(name).zero_grad()
    ((loss_of(name, first) + loss_of(name, second)) / 2).backward()
    for one, other in zip(accumulated, gradients(name), strict=True):
        torch.testing.assert_close(one, other, rtol=0.02, atol=1e-3)  # bfloat16


def test_loss_of_half_precision_is_divided_by_a_number_in_a_tensor() -> None:
    program = run("""
        (setq w (torch_requires_grad (torch_to_dtype (torch_ones (integers 2 3)) "bfloat16") true))
        (setq scaled (tensor_div (tensor_sum w) (torch_to_cpu (tensor_create (floats 4)))))
        (torch_backward scaled)
        (setq value (@ scaled 0))
        (setq gradient (torch_grad w))
        """)
    assert (program["scaled"].dtype, list(program["scaled"].shape)) == (
        torch.float32,
        [1],
    )
    assert program["value"] == 1.5
    assert torch.equal(program["gradient"], torch.full((2, 3), 0.25).bfloat16())


# --- compiled -----------------------------------------------------------------------------

_STEP = """
(defun loss-of (ids)
   (setq logits (torch_hf_forward "tiny" ids))
   (setq sizes (tensor_shape logits))
   (setq length (- (@ sizes 1) 1))
   (setq guesses (tensor_reshape (tensor_slice logits 1 0 length) (integers -1 (@ sizes 2))))
   (torch_cross_entropy guesses (tensor_slice ids 1 1 (+ length 1))))
(loss-of (tensor_create (list (integers 1 2 3) (integers 4 5 6))))
"""


@pytest.mark.parametrize("checkpointing", [False, True])
def test_training_step_of_a_script_is_one_graph(name: str, checkpointing: bool) -> None:
    hf.set_checkpointing(name, checkpointing)
    loss_of_script: Callable[[Tensor], Tensor] = run(_STEP)["loss-of"]
    ids = batch()
    torch._dynamo.reset()
    report = torch._dynamo.explain(loss_of_script)(ids)
    assert (report.graph_count, report.graph_break_count) == (1, 0)
    whole = torch.compile(loss_of_script, fullgraph=True, backend="aot_eager")
    found = []
    for function in (loss_of_script, whole):
        hf.model(name).zero_grad()
        loss = function(ids)
        loss.backward()
        found.append((loss, *gradients(name)))
    for plain, compiled in zip(*found, strict=True):
        torch.testing.assert_close(plain, compiled, rtol=0.02, atol=1e-3)


# --- by name, from LispE ------------------------------------------------------------------


def run_with(name: str, text: str) -> Ran:
    return run(f'(setq m "{name}")\n{text}')


def test_functions_of_modules_take_the_name_of_a_model(
    name: str, tmp_path: Path
) -> None:
    program = run_with(
        name,
        f"""
        (setq ids (torch_tensor (integers 1 2 3)))
        (setq logits (torch_forward m ids))
        (setq optimizer (torch_optimizer m 0.01 "adamw" {{"weight_decay":0.0}}))
        (setq adam (torch_adam_optimizer 0.01 m))
        (setq count (size (torch_parameters m)))
        (setq state (torch_state_dict m))
        (setq training (torch_model_train m))
        (torch_checkpoint_enable m)
        (torch_backward (torch_sum (torch_forward m ids)))
        (torch_checkpoint_disable m)
        (setq report (torch_save_checkpoint m optimizer 4 "{tmp_path}/c.pt"))
        (setq epoch (@ (torch_load_checkpoint "{tmp_path}/c.pt" m optimizer) "epoch"))
        (torch_save_model m "{tmp_path}/m.pt")
        (setq loaded (torch_load_model "{tmp_path}/m.pt" m))
        (setq filled (torch_load_state_dict m state))
        (torch_model_eval m)
        """,
    )
    model = hf.model(name)
    ids = torch.tensor([[1, 2, 3]])
    assert torch.equal(program["logits"], model(ids))
    assert len(program["optimizer"].param_groups[0]["params"]) == 8
    assert len(program["adam"].param_groups[0]["params"]) == 8
    assert program["count"] == len(list(model.parameters()))
    assert program["state"].keys() == model.state_dict().keys()
    assert program["training"] is model
    assert program["epoch"] == 4
    assert program["report"] == "Checkpoint saved successfully"
    assert program["loaded"] == "Model loaded successfully"
    assert not model.training


def test_generator_of_a_script_takes_the_name_of_a_model(name: str) -> None:
    program = run_with(
        name,
        """
        (setq g (torch_generator_create m "cpu"))
        (torch_generator_config g {"max_length":6 "eos_token_id":-1})
        (setq ids (torch_generate g (integers 1 2 3)))
        (setq same (torch_hf_generate m (integers 1 2 3) -1 6 {"greedy":true}))
        """,
    )
    assert program["ids"][3:].tolist() == list(program["same"])
