"""Chat templates: conversations as the text that a model was trained on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from lisptorch_compile.runtime.errors import LispError


def apply_template(
    folder: Any, messages: Sequence[Any], add_generation_prompt: bool = True
) -> str:
    """Return a conversation as the text that the model of ``folder`` expects.

    The template is Jinja from ``chat_template.jinja`` or ``tokenizer_config.json``; it runs
    in a sandbox.

    Args:
        folder: the model's, or a template itself.
        messages: dictionaries with ``role`` and ``content``, or pairs of the two.
        add_generation_prompt: whether the text ends where the model shall go on.

    Raises:
        FileNotFoundError: the folder has no template.
        LispError: the template refuses the conversation, or is faulty.
    """
    environment = _environment()
    template, variables = _template(folder)
    try:
        return str(
            environment.from_string(template).render(
                messages=[_message(message) for message in messages],
                add_generation_prompt=bool(add_generation_prompt),
                **variables,
            )
        )
    except _jinja().TemplateError as error:
        raise LispError(f"chat template: {error}") from error


def _template(folder: Any) -> tuple[str, Mapping[str, Any]]:
    """Return the template and the special tokens that it may mention."""
    if "{{" in str(folder) or "{%" in str(folder):
        return str(folder), {}
    path = Path(folder)
    settings: dict[str, Any] = {}
    config = path / "tokenizer_config.json"
    if config.is_file():
        settings = json.loads(config.read_text(encoding="utf-8"))
    tokens = {
        name: value["content"] if isinstance(value, Mapping) else value
        for name, value in settings.items()
        if name.endswith("_token")
    }
    alone = path / "chat_template.jinja"
    if alone.is_file():
        return alone.read_text(encoding="utf-8"), tokens
    template = settings.get("chat_template")
    if isinstance(template, list):  # several, by name
        named = {entry["name"]: entry["template"] for entry in template}
        template = named.get("default")
    if not template:
        raise FileNotFoundError(f"no chat template in '{path}'")
    return str(template), tokens


def _message(message: Any) -> Mapping[str, Any]:
    if isinstance(message, Mapping):
        return message
    role, content = message
    return {"role": str(role), "content": content}


def _environment() -> Any:  # jinja2's, imported only where it is used
    environment = _jinja().sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.loopcontrols"],
    )
    environment.globals["raise_exception"] = _refuse
    environment.globals["strftime_now"] = lambda form: datetime.now(UTC).strftime(form)
    environment.filters["tojson"] = lambda value, **options: json.dumps(
        value, ensure_ascii=False, **options
    )
    return environment


def _refuse(reason: str) -> NoReturn:
    raise _jinja().TemplateError(reason)


def _jinja() -> Any:
    try:
        import jinja2.sandbox
    except ImportError as error:
        raise ImportError(
            'chat templates need jinja2: pip install "lisptorch-compile[hf]"'
        ) from error
    return jinja2
