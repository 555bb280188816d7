"""The worker, and the job of one call: asks the gateway whether it is the one, joins, keeps its lease, and talks."""

from __future__ import annotations

import asyncio
import os
import sys
import time

from conversation import converse
from dotenv import load_dotenv
from gateway import Gateway
from livekit import api
from livekit.agents import AgentServer, AutoSubscribe, JobContext, cli
from room import repeat
from settings import DOT_ENV, SettingsError, read_settings

load_dotenv(DOT_ENV)
try:
    settings = read_settings(os.environ)
except SettingsError as wrong:
    sys.exit(str(wrong))

server = AgentServer(
    ws_url=settings.live_kit_url,
    api_key=settings.api_key,
    api_secret=settings.api_secret,
    num_idle_processes=1,  # The next call's process is ready before it comes: starting one takes seconds.
)


@server.rtc_session(agent_name=settings.agent_name)
async def entrypoint(ctx: JobContext) -> None:
    gateway = Gateway(ctx.job, settings.gateway_url, lambda: token_of(ctx.job.id, ctx.job.room.name))
    until = await gateway.ask_for_lease()
    if until is not None:
        await ctx.connect(auto_subscribe=AutoSubscribe.AUDIO_ONLY)
    if until is None or (time.monotonic() > until and await gateway.ask_for_lease() is None):
        ctx.shutdown("another job has the lease")
        return

    keeping = asyncio.create_task(gateway.keep_lease(lambda: ctx.shutdown("another agent has taken over")))

    async def let_go() -> None:
        keeping.cancel()

    ctx.add_shutdown_callback(let_go)
    if settings.ai:
        await converse(ctx, gateway, settings)
    else:
        await repeat(ctx, gateway, settings.queue)


def token_of(job: str, room: str) -> str:
    """A token like the one that LiveKit gave to the job. That one ends after an hour; a call may be longer."""
    grants = api.VideoGrants(room_join=True, room=room)
    token = api.AccessToken(settings.api_key, settings.api_secret).with_identity(f"agent-{job}").with_kind("agent")
    return token.with_grants(grants).to_jwt()


if __name__ == "__main__":
    cli.run_app(server)
