"""What the agent does with AI: speech to text, a language model, text to speech."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from gateway import Gateway
from livekit.agents import Agent, AgentSession, JobContext, MetricsCollectedEvent, RunContext
from livekit.agents.llm import RawFunctionTool, function_tool
from phone import answered
from settings import Settings


async def converse(ctx: JobContext, gateway: Gateway, settings: Settings) -> None:
    """Talks with the caller until one of them is done."""
    agent = (gateway.sent or {}).get("agent") or {}
    session = session_of(settings, agent)
    report_quality(ctx, gateway, session)

    @function_tool
    async def end_call() -> None:
        """Ends the call. Use it when the caller has said goodbye."""
        await session.say("Goodbye.")
        await gateway.done()
        ctx.shutdown("finished")

    @function_tool
    async def call_human() -> dict[str, Any]:
        """Calls a human for the caller, or tells how that stands. Use it when the caller wants one."""
        return await gateway.handoff(queue=settings.queue, reason="customer_request")

    instructions = agent.get("prompt") or (
        "You are a friendly assistant on the phone. Answer in one or two short sentences."
    )
    tools = [end_call, call_human, *backend_tools(gateway, settings.tools_file)]
    await session.start(Agent(instructions=instructions, tools=tools), room=ctx.room, record=False)
    await answered(ctx.room, gateway.sent)
    if greeting := agent.get("greeting"):
        session.say(greeting)
    else:
        session.generate_reply(instructions="Greet the caller, and ask what you can do for them.")


def session_of(settings: Settings, agent: dict[str, Any]) -> AgentSession:
    if settings.ai == "livekit":
        return AgentSession(stt="deepgram/nova-3", llm="openai/gpt-4.1-mini", tts="cartesia/sonic-3")

    from livekit.plugins import openai

    llm = openai.LLM(model=agent.get("model") or "gpt-4.1-mini")
    return AgentSession(stt=openai.STT(), llm=llm, tts=openai.TTS())


def backend_tools(gateway: Gateway, file: str | None) -> list[RawFunctionTool[..., Any]]:
    """The route's tools, as the gateway's own configuration describes them. Each use goes to the gateway, which asks
    your backend."""
    named = ((gateway.sent or {}).get("agent") or {}).get("tools") or []
    if not file or not named:
        return []
    backends = json.loads(Path(file).read_text())["backends"]
    described = {tool["name"]: tool for backend in backends for tool in backend["tools"]}
    return [backend_tool(gateway, described[name]) for name in named if name in described]


def backend_tool(gateway: Gateway, described: dict[str, Any]) -> RawFunctionTool[..., Any]:
    name = described["name"]

    async def use(raw_arguments: dict[str, object], context: RunContext) -> dict[str, Any]:
        return await gateway.use_tool(name, raw_arguments, context.function_call.call_id)

    parameters = described.get("arguments") or {"type": "object", "properties": {}}
    schema = {"name": name, "description": described.get("description") or name, "parameters": parameters}
    return function_tool(use, raw_schema=schema)


def report_quality(ctx: JobContext, gateway: Gateway, session: AgentSession) -> None:
    """Reports what the SDK measures, every ten seconds."""
    samples: list[dict[str, Any]] = []

    def measured(event: MetricsCollectedEvent) -> None:
        samples.append(event.metrics.model_dump(mode="json"))

    async def report() -> None:
        taken = samples.copy()
        samples.clear()
        await gateway.report_quality(taken)

    async def report_always() -> None:
        while True:
            await asyncio.sleep(10)
            await report()

    session.on("metrics_collected", measured)
    reporting = asyncio.create_task(report_always())

    async def report_the_last() -> None:
        reporting.cancel()
        await report()

    ctx.add_shutdown_callback(report_the_last)
