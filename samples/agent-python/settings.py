"""The settings of this agent: the environment, and .env at the root of the repository for what the environment does
not say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOT_ENV = ROOT / ".env"


class SettingsError(Exception):
    """Names everything that is missing or wrong, each with what to do."""


@dataclass(frozen=True)
class Settings:
    live_kit_url: str
    api_key: str
    api_secret: str
    gateway_url: str
    agent_name: str
    queue: str
    """The queue whose members are called where the caller wants a human."""
    tools_file: str | None
    """Where the tools are described that the language model may use: the gateway's own TOOLS_FILE."""
    ai: str | None
    """Who listens, thinks and speaks: openai or livekit. None: nobody; the agent repeats what it hears."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Reads the settings."""
    wrong: list[str] = []

    def text(*names: str) -> str | None:
        return next((value for name in names if (value := environment.get(name, "").strip())), None)

    def needed(what: str, *names: str) -> str:
        value = text(*names)
        if value is None:
            wrong.append(f"{' or '.join(names)} is missing: {what}")
        return value or ""

    def url(value: str, schemes: list[str], name: str) -> str:
        if value and not any(re.match(rf"{scheme}://[^/]", value) for scheme in schemes):
            wrong.append(f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return value.rstrip("/")

    live_kit = needed(
        "the URL of your LiveKit project, such as wss://NAME.livekit.cloud", "LIVEKIT_URL", "LIVEKIT_HOST"
    )
    api_key = needed("a key of the project, from LiveKit's settings page", "LIVEKIT_API_KEY")
    api_secret = needed("the secret that belongs to the key", "LIVEKIT_API_SECRET")
    gateway = needed("where the gateway answers, such as http://127.0.0.1:7071", "GATEWAY_URL", "PUBLIC_URL")
    ai = text("AGENT_AI") or ("openai" if text("OPENAI_API_KEY") else "none")
    if ai not in ("openai", "livekit", "none"):
        wrong.append("AGENT_AI must be openai, livekit or none")
    if ai == "openai":
        needed("AGENT_AI=openai needs a key of OpenAI", "OPENAI_API_KEY")

    tools = text("TOOLS_FILE")
    settings = Settings(
        live_kit_url=re.sub("^http", "ws", url(live_kit, ["wss", "ws", "https", "http"], "LIVEKIT_URL")),
        api_key=api_key,
        api_secret=api_secret,
        gateway_url=url(gateway, ["https", "http"], "GATEWAY_URL"),
        agent_name=text("LIVEKIT_AGENT_NAME") or "voice-agent",
        queue=text("AGENT_QUEUE") or "support",
        tools_file=str(ROOT / tools) if tools else None,  # As ./run.sh takes it, which runs there.
        ai=None if ai == "none" else ai,
    )
    if wrong:
        raise SettingsError("\n".join(wrong))
    return settings
