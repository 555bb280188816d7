import asyncio
import os
import time

from lease import ask_for_lease, keep_lease
from livekit import api
from livekit.agents import AgentServer, JobContext, cli

server = AgentServer()


@server.rtc_session(agent_name="voice-agent")
async def entrypoint(ctx: JobContext):
    grants = api.VideoGrants(room_join=True, room=ctx.job.room.name)
    token = api.AccessToken().with_identity(f"agent-{ctx.job.id}").with_kind("agent").with_grants(grants).to_jwt()
    gateway = os.environ["GATEWAY_URL"]
    loop = asyncio.get_running_loop()

    def lease():
        return asyncio.to_thread(ask_for_lease, ctx.job, gateway, token)

    until = await lease()
    if until:
        await ctx.connect()
    if not until or (time.monotonic() > until and not await lease()):
        ctx.shutdown("another job has the lease")
        return

    over = keep_lease(ctx.job, gateway, token, lambda: loop.call_soon_threadsafe(ctx.shutdown, "another agent has taken over"))

    async def let_go():
        over.set()

    ctx.add_shutdown_callback(let_go)

    # From here on as always: start the session with json.loads(ctx.job.metadata)["agent"].
    # When the conversation is over: await asyncio.to_thread(say_done, ctx.job, gateway, token), then ctx.shutdown().


if __name__ == "__main__":
    cli.run_app(server)
