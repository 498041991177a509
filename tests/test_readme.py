"""Every LispE block of the README runs, and gives what the same torch calls give."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import torch
from programs import Ran, compiled, run, run_python
from readme_blocks import EXAMPLES, NAMES, blocks, lisp_blocks
from torch.nn import functional as F

from lisptorch_compile.pipeline import compile_text
from lisptorch_compile.runtime import lora, text
from lisptorch_compile.runtime.values import Floats, Integers, List, Numbers, Shorts


@pytest.fixture(autouse=True)
def in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    torch.manual_seed(20)


def source_of(block: str) -> str:
    """Return the prelude of a block, where it has one, and the block."""
    path = EXAMPLES / f"{block}_{NAMES[int(block[1:])]}.lsp"
    prelude = path.with_suffix(".prelude.lsp")
    before = prelude.read_text(encoding="utf-8") + "\n" if prelude.exists() else ""
    return before + path.read_text(encoding="utf-8")


def run_block(block: str) -> Ran:
    return run(source_of(block), f"{block}.lsp")


def assert_equal(actual: object, expected: object) -> None:
    torch.testing.assert_close(actual, expected, rtol=0, atol=0)


# --- the files ------------------------------------------------------------------------


def test_example_files_hold_the_readme_byte_for_byte() -> None:
    for name, content in lisp_blocks().items():
        assert (EXAMPLES / f"{name}.lsp").read_bytes() == content, name


def test_no_lisp_block_of_the_readme_is_left_out() -> None:
    lisp = {number for number, (language, _) in blocks().items() if language == "lisp"}
    assert lisp == set(NAMES)


def test_first_block_is_cut_only_before_its_python_half() -> None:
    whole = blocks()[1][1].decode()
    rest = whole.removeprefix(source_of("r01"))
    assert rest.splitlines()[0].startswith("; Python - ")


@pytest.mark.parametrize("block", [f"r{number:02}" for number in NAMES])
def test_a_block_compiles_with_warnings_for_names_and_elisions_only(block: str) -> None:
    result = compiled(source_of(block))
    text = result.source.text
    doubts = {text[d.span.start : d.span.end] for d in result.diagnostics}
    assert doubts <= {"...", "key", "value"}


# --- the blocks -----------------------------------------------------------------------


def test_r01_typed_lists() -> None:
    ran = run_block("r01")
    assert type(ran["tokens"]) is Integers and list(ran["tokens"]) == [101, 7592, 2029]
    assert type(ran["masks"]) is Shorts and list(ran["masks"]) == [1, 0, 1, 1]
    assert type(ran["embeddings"]) is Numbers
    assert list(ran["embeddings"]) == [1.5, 2.3, 3.7]
    assert [ran[name].itemsize for name in ("tokens", "masks", "embeddings")] == [
        8,
        2,
        8,
    ]


def test_r01_python_half_is_refused_with_its_line() -> None:
    whole = blocks()[1][1].decode()
    result = compile_text(whole, filename="r01.lsp")
    assert result.python is None
    lines = {result.source.position(d.span.start)[0] for d in result.errors}
    assert lines and min(lines) >= 7


def test_r02_comments_alone_are_an_empty_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran = run_block("r02")
    assert capsys.readouterr() == ("", "")
    assert "# 8K token sequence processing:" in ran.python


def test_r03_constructors(capsys: pytest.CaptureFixture[str]) -> None:
    run_block("r03")
    assert capsys.readouterr() == ("", "")
    values = values_of_lines("r03")
    expected = [
        (Integers, [2, 3, 4]),
        (Shorts, [1, 0, 1, 1]),
        (Floats, [1.0, 2.0]),
        (Numbers, [1.5, 2.5]),
        (List, [1, 2, 3]),
    ]
    assert [(type(value), list(value)) for value in values] == expected


def test_r04_sequences() -> None:
    values = values_of_lines("r04")
    expected = [
        (Integers, [0, 1, 2, 3, 4]),
        (Integers, [1, 2, 3, 4, 5]),
        (Numbers, [1.0, 2.0, 3.0, 4.0, 5.0]),
    ]
    assert [(type(value), list(value)) for value in values] == expected
    made = run("(setq t (torch_tensor (iota 5.0)))")["t"]
    assert_equal(made, torch.arange(1, 6, dtype=torch.float64))


def values_of_lines(block: str) -> list[object]:
    """Return the value of each form of a block that has one form a line."""
    forms = re.findall(r"^\(.*?\)(?= |$)", source_of(block), re.MULTILINE)
    return [run(f"(setq value {form})")["value"] for form in forms]


def test_r05_flash_attention() -> None:
    ran = run_block("r05")
    module, key, value = ran["flash_attn"], ran["thekey"], ran["thevalue"]
    query = ran["query"]
    assert_equal(query, torch.zeros(2, 32, 256))
    assert_equal(value, torch.ones(2, 32, 256))
    for name in ("output", "masked_output", "dropout_output"):
        assert ran[name].shape == (2, 32, 256) and ran[name].dtype == torch.float32
        assert ran[name].isfinite().all()
    by_hand = F.scaled_dot_product_attention(query, key, value)
    torch.testing.assert_close(ran["direct_output"], by_hand, rtol=0, atol=1e-6)
    torch.testing.assert_close(by_hand, torch.ones(2, 32, 256), rtol=0, atol=1e-6)
    assert text(module) == (
        "Flash Attention (embed_dim=256, num_heads=8, head_dim=32, dropout=0.1, "
        "bias=true)"
    )


def test_r05_flash_attention_without_dropout_is_torchs_attention() -> None:
    ran = run_block("r05")
    module = ran["flash_attn"].eval()
    inputs = [ran["query"], ran["thekey"], ran["thevalue"]]
    plain = module(*inputs)
    masked = module(*inputs, ran["attention_mask"])
    torch.testing.assert_close(masked, plain, rtol=0, atol=1e-6)
    torch.testing.assert_close(plain, plain[:, :1].expand_as(plain), rtol=0, atol=1e-6)
    torch.testing.assert_close(plain, attention_by_torch(module, *inputs))


def attention_by_torch(
    module: torch.nn.Module, *inputs: torch.Tensor
) -> torch.Tensor:  # (B, T, C) each
    output, _ = F.multi_head_attention_forward(
        *(x.transpose(0, 1) for x in inputs),
        embed_dim_to_check=module.embed_dim,
        num_heads=module.num_heads,
        in_proj_weight=None,
        in_proj_bias=torch.cat(
            [module.q_proj.bias, module.k_proj.bias, module.v_proj.bias]
        ),
        bias_k=None,
        bias_v=None,
        add_zero_attn=False,
        dropout_p=0.0,
        out_proj_weight=module.out_proj.weight,
        out_proj_bias=module.out_proj.bias,
        training=False,
        need_weights=False,
        use_separate_proj_weight=True,
        q_proj_weight=module.q_proj.weight,
        k_proj_weight=module.k_proj.weight,
        v_proj_weight=module.v_proj.weight,
    )
    return output.transpose(0, 1)


def test_r06_text_generation() -> None:
    ran = run_block("r06")
    prompt = torch.tensor([15339, 1332])
    assert_equal(ran["input_tokens"], prompt)
    for name in ("greedy_result", "topk_result", "topp_result", "beam_result"):
        result = ran[name]
        assert result.dtype == torch.int64 and result.shape == (52,)
        assert_equal(result[:2], prompt)
        assert ((result[2:] >= 0) & (result[2:] < 64)).all()
    assert_equal(ran["greedy_result"], greedy_by_hand(ran["model"], prompt))
    assert text(ran["generator"]) == (
        "TorchGenerator(max_length=50, temperature=0.8, strategy=beam_search)"
    )


def greedy_by_hand(model: torch.nn.Module, prompt: torch.Tensor) -> torch.Tensor:
    """Fifty times the likeliest token, repetitions penalized by 1.1."""
    ids = prompt.tolist()
    for _ in range(50):
        window = ([0] * 8 + ids)[-8:]
        logits = model(torch.tensor(window, dtype=torch.float32)).detach()
        for token in {token for token in ids if token < 64}:
            logits[token] *= 1.1 if logits[token] < 0 else 1 / 1.1
        ids.append(int(logits.argmax()))
    return torch.tensor(ids)


def test_r06_configuration_is_taken_over() -> None:
    configured = source_of("r06").split("; Or configure")[0]
    ran = run(f"{configured}\n(setq shown (string generator))")
    assert ran["shown"] == (
        "TorchGenerator(max_length=50, temperature=0.8, strategy=greedy)"
    )
    config = ran["generator"].config
    assert (config.top_k, config.top_p) == (40, 0.9)
    assert (config.repetition_penalty, config.eos_token_id) == (1.1, 50256)


def test_r06_strategy_of_a_call_is_kept_and_sampling_varies() -> None:
    until_top_k = source_of("r06").split("; Top-P")[0]
    ran = run(until_top_k)
    assert ran["generator"].config.strategy == "top_k"
    seen = {tuple(run(until_top_k)["topk_result"].tolist()) for _ in range(3)}
    assert len(seen) > 1


def test_r07_tensor_operations() -> None:
    ran = run_block("r07")
    made, reshaped, transposed = (
        ran[name] for name in ("random_tensor", "reshaped", "transposed")
    )
    assert made.shape == (512, 512) and made.dtype == torch.float32
    assert made.min() >= 0 and made.max() < 1 and made.unique().numel() > 100_000
    assert_equal(reshaped, made.reshape(8, 64, 512))
    assert_equal(transposed, made.reshape(8, 64, 512).transpose(0, 2))
    assert (ran["first_element"], ran["last_element"]) == (10, 50)
    assert type(ran["first_element"]) is int and type(ran["last_element"]) is int
    assert list(ran["tensor_shape"]) == [5]


def test_r07_a_variable_named_like_a_function_does_not_hide_it() -> None:
    ran = run(source_of("r07") + "(setq again (tensor_shape transposed))")
    assert list(ran["tensor_shape"]) == [5]
    assert list(ran["again"]) == [512, 64, 8]


def test_r08_rotary_embedding() -> None:
    ran = run_block("r08")
    angles = torch.outer(
        torch.arange(128.0), 10000.0 ** -(torch.arange(0, 64, 2) / 64)
    ).repeat(1, 2)
    cos, sin = ran["cos_tensor"], ran["sin_tensor"]
    torch.testing.assert_close(cos, angles.cos(), rtol=0, atol=2e-5)
    torch.testing.assert_close(sin, angles.sin(), rtol=0, atol=2e-5)
    assert (cos[0] == 1).all() and (sin[0] == 0).all()
    for before, after in (("query", "query_rope"), ("key", "key_rope")):
        x, rotated = ran[before], ran[after]
        half_turned = torch.cat([-x[..., 32:], x[..., :32]], dim=-1)
        torch.testing.assert_close(rotated, x * cos + half_turned * sin)
        assert_equal(rotated[..., 0, :], x[..., 0, :])
    merged = [
        ran[name].transpose(1, 2).flatten(2)
        for name in ("query_rope", "key_rope", "value")
    ]
    by_torch = multihead_by_torch(ran["attention"], *merged)
    torch.testing.assert_close(ran["attention_out"], by_torch)


def test_r08_an_absent_device_warns_once_and_falls_back() -> None:
    if torch.backends.mps.is_available():
        pytest.skip("this machine has the device that the test wants absent")
    twice = source_of("r08") + '(torch_rotary_forward rope 16 "mps")\n(println device)'
    program = compiled("(setq device (torch_get_best_device))" + twice).python
    assert program is not None
    process = run_python("-c", program)
    assert process.returncode == 0, process.stderr
    assert process.stderr.count("mps is not present") == 1
    best = "cuda" if torch.cuda.is_available() else "cpu"
    assert process.stdout == f"{best}\n"


def multihead_by_torch(
    attention: torch.nn.Module, *inputs: torch.Tensor
) -> torch.Tensor:
    """Return what torch's own module answers with the same weights, batch first."""
    module = torch.nn.MultiheadAttention(
        attention.embed_dim, attention.num_heads, batch_first=True
    )
    module.load_state_dict(attention.state_dict())
    output: torch.Tensor = module(*inputs, need_weights=False)[0]
    return output


def test_r11_use_is_silent_and_the_functions_are_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran = run(source_of("r11") + "(setq t (torch_ones (integers 2)))")
    assert capsys.readouterr() == ("", "")
    assert_equal(ran["t"], torch.ones(2))
    assert run("(setq done (use 'lispe_torch))")["done"] is True


def test_r12_quick_start_trains_one_step_as_torch_does() -> None:
    before_step = source_of("r12").split("(setq optimizer")[0]
    whole = source_of("r12")
    torch.manual_seed(7)
    untrained = run(before_step)["model"]
    torch.manual_seed(7)
    ran = run(whole)
    assert ran["device"] in ("cpu", "cuda", "mps")
    inputs, targets = torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.tensor([0.5, 1.5])
    assert_equal(ran["tensor_data"], inputs)
    optimizer = torch.optim.Adam(untrained.parameters(), lr=0.001)
    output = untrained(inputs)
    loss = F.mse_loss(output, targets)
    loss.backward()
    optimizer.step()
    assert_equal(ran["output"], output)
    assert_equal(ran["loss"], loss)
    for name, parameter in untrained.state_dict().items():
        assert_equal(ran["model"].state_dict()[name], parameter)


def test_r12_quick_start_learns_when_it_goes_on() -> None:
    more = """
    (loopcount 1000 i
       (torch_optimizer_zero_grad optimizer)
       (setq loss (torch_mse_loss (torch_forward model tensor_data) targets))
       (torch_backward loss)
       (torch_optimizer_step optimizer))
    """
    assert run(source_of("r12") + more)["loss"].item() < 0.01


def test_r13_text_processing() -> None:
    ran = run_block("r13")
    assert_equal(ran["tokens"], torch.tensor([2, 4, 5, 6, 3]))
    assert ran["vocab_size"] == 7
    embedded, pos_embedded = ran["embedded"], ran["pos_embedded"]
    assert_equal(embedded, F.embedding(ran["tokens"], ran["embedding"].weight))
    torch.testing.assert_close(pos_embedded, embedded + sinusoids(5, 128))
    attention_out = ran["attention_out"]
    batch = pos_embedded.unsqueeze(0)
    by_torch = multihead_by_torch(ran["attention"], batch, batch, batch)
    torch.testing.assert_close(attention_out, by_torch.squeeze(0))
    torch.testing.assert_close(ran["output"], F.layer_norm(attention_out, (128,)))
    assert ran["output"].mean(dim=-1).abs().max() < 1e-6
    variance = ran["output"].var(dim=-1, unbiased=False)
    torch.testing.assert_close(variance, torch.ones(5), rtol=0, atol=1e-3)


def sinusoids(length: int, size: int) -> torch.Tensor:
    """Return the table of Vaswani et al. 2017, section 3.5, (length, size)."""
    table = torch.empty(length, size)
    steps = 10000.0 ** -(torch.arange(0, size, 2) / size)
    angles = torch.outer(torch.arange(float(length)), steps)
    table[:, 0::2], table[:, 1::2] = angles.sin(), angles.cos()
    return table


def test_r13_saved_model_loads_into_an_equal_one() -> None:
    more = """
    (setq other (torch_multihead_attention 128 4))
    (torch_load_model "transformer_model.pt" other)
    """
    ran = run(source_of("r13") + more)
    assert os.path.getsize("transformer_model.pt") > 0
    for name, parameter in ran["attention"].state_dict().items():
        assert_equal(ran["other"].state_dict()[name], parameter)


def train_small_sentencepiece(path: Path) -> None:
    """Write a SentencePiece model of a few dozen pieces."""
    sentencepiece = pytest.importorskip("sentencepiece")
    corpus = path.with_suffix(".txt")
    corpus.write_text("the quick brown fox jumps over the lazy dog\n" * 20)
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus),
        model_prefix=str(path.with_suffix("")),
        vocab_size=30,
        minloglevel=2,
    )


@pytest.mark.large
def test_r14_llama_setup(tmp_path: Path) -> None:
    train_small_sentencepiece(tmp_path / "llama3_tokenizer.model")
    ran = run_block("r14")
    assert ran["llama_config"] == {
        "vocab_size": 128256,
        "embed_dim": 4096,
        "num_heads": 32,
        "max_seq_length": 8192,
    }
    assert text(ran["tokenizer"]) == "SentencePiece Tokenizer (vocab size: 30)"
    block = ran["transformer"]
    assert sum(p.numel() for p in block.parameters()) == 157_334_272
    assert (block.embed_dim, block.num_heads, block.ffn_dim) == (4096, 32, 11008)


def test_r14_a_missing_tokenizer_file_is_an_error_that_can_be_caught() -> None:
    ran = run(
        '(setq m (catch (torch_sentencepiece_tokenizer "llama3_tokenizer.model")))'
        "(setq shown (string m))"
    )
    expected = "Failed to load SentencePiece model: llama3_tokenizer.model"
    assert expected in ran["shown"]


def test_r15_lora() -> None:
    ran = run_block("r15")
    assert text(ran["lora_layer"]) == (
        "LoRA Linear Layer (4096 -> 4096, rank=16, alpha=32, merged=false)"
    )
    adapted, base = ran["lora_adapted"], ran["base_linear"]
    ones = torch.ones(32, 512)
    by_hand = F.linear(ones, base.weight, base.bias)
    assert_equal(ran["output"], by_hand)
    assert text(adapted) == (
        "LoRA Linear Layer (512 -> 256, rank=8, alpha=16, merged=true)"
    )
    assert_equal(adapted(ones), by_hand)
    assert os.path.getsize("llama_lora_adapters.pt") < 64 * 1024
    assert_equal(ran["new_model"].lora_a.weight, adapted.lora_a.weight)
    assert_equal(ran["new_model"].lora_b.weight, adapted.lora_b.weight)


def test_r15_adapters_with_weights_survive_saving_and_merging() -> None:
    until_save = source_of("r15").split("; Save only")[0]
    ran = run(until_save)
    adapted, ones = ran["lora_adapted"], torch.ones(32, 512)
    torch.nn.init.normal_(adapted.lora_b.weight, std=0.1)
    a, b = adapted.lora_a.weight.detach(), adapted.lora_b.weight.detach()
    base = ran["base_linear"]
    by_hand = F.linear(ones, base.weight + 2.0 * b @ a, base.bias)
    before = adapted(ones)
    torch.testing.assert_close(before, by_hand, rtol=1e-5, atol=1e-5)
    lora.save_adapters(adapted, "adapters.pt")
    other = lora.LoRALinear(512, 256, 8, 16.0)
    lora.load_adapters(other, "adapters.pt")
    assert_equal(other.lora_b.weight, adapted.lora_b.weight)
    adapted.merge()
    scale = before.abs().max().item()
    torch.testing.assert_close(adapted(ones), before, rtol=0, atol=1e-5 * scale)


def test_r17_persistence() -> None:
    ran = run_block("r17")
    assert os.path.getsize("transformer.pt") > 0
    assert os.path.getsize("checkpoint.pt") > 0
    state = ran["state_dict"]
    assert len(state) == 6
    for name, parameter in ran["my_model"].state_dict().items():
        assert_equal(state[name], parameter)
    assert ran["checkpoint"]["epoch"] == 3
    for name, parameter in ran["model"].state_dict().items():
        assert_equal(ran["checkpoint"]["model"][name], parameter)


def test_r17_loading_restores_changed_weights() -> None:
    ran = run_block("r17")
    saved = {k: v.clone() for k, v in ran["my_model"].state_dict().items()}
    more = """
    (setq mine (torch_model 4 8 2))
    (torch_load_model "transformer.pt" mine)
    (setq trained (torch_model 4 8 2))
    (torch_load_state_dict trained (torch_load_checkpoint "checkpoint.pt"))
    """
    again = run(more)
    for name, parameter in saved.items():
        assert_equal(again["mine"].state_dict()[name], parameter)
        expected = ran["model"].state_dict()[name]
        assert_equal(again["trained"].state_dict()[name], expected)


def test_r17_alone_names_the_missing_variable() -> None:
    block = (EXAMPLES / "r17_persistence.lsp").read_text(encoding="utf-8")
    result = compile_text(block, filename="r17.lsp")
    assert result.python is None
    messages = " ".join(d.message for d in result.errors)
    for name in ("my_model", "model", "optimizer", "epoch"):
        assert f"`{name}`" in messages


def test_r18_quantization(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run_block("r18")
    assert capsys.readouterr().out == (
        "FP16 Memory usage:  786432  parameters\n"
        "INT8 Memory usage:  786432  parameters\n"
    )
    weights = ran["model_weights"]
    assert weights.shape == (1024, 768)
    assert_equal(ran["fp16_weights"], weights.half())
    int8 = ran["int8_weights"]
    assert int8.element_size() == 1
    error = (int8.dequantize() - weights).abs().max().item()
    assert error <= int8.q_scale() * (0.5 + 1e-5)
    expected = weights.round().clamp(-128, 127)
    assert_equal(ran["dynamic_quantized"].dequantize(), expected)
    restored = ran["restored"]
    assert restored.dtype == torch.float32
    by_torch = torch.quantize_per_tensor(weights, 0.5, -128, torch.qint8)
    assert_equal(restored, by_torch.dequantize())
    assert (restored - weights.clamp(0, 127.5)).abs().max() <= 0.25 + 1e-5


def test_r18_quantized_model_answers_like_the_model() -> None:
    ran = run_block("r18")
    x = torch.randn(16, 4)
    expected = ran["my_model"](x)
    answer = ran["quantized_model"](x)
    assert not torch.equal(answer, expected)
    torch.testing.assert_close(answer, expected, rtol=0, atol=0.05)
    alone = ran["quantized_model"](x[0])
    torch.testing.assert_close(alone, expected[0], rtol=0, atol=0.05)


@pytest.mark.large
def test_all_blocks_run_as_one_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train_small_sentencepiece(tmp_path / "llama3_tokenizer.model")
    preludes = {
        "r06": "(setq model (torch_model 8 32 64))\n",
        "r08": "(setq key thekey) (setq value thevalue)\n"
        "(setq attention (torch_multihead_attention 256 8))\n",
        "r17": "(setq my_model (torch_model 4 8 2)) (setq epoch 3)\n",
    }
    parts = []
    for name, content in lisp_blocks().items():
        parts.append(preludes.get(name[:3], "") + content.decode())
    ran = run("\n".join(parts), "readme.lsp")
    assert ran["attention_out"].shape == (5, 128)
    assert_equal(ran["query_rope"][:, 0], torch.zeros(2, 256))
    assert "INT8 Memory usage:" in capsys.readouterr().out
