import asyncio
import os
import time

from lease import ask_for_lease
from livekit import api
from livekit.agents import AgentServer, JobContext, cli

server = AgentServer()


@server.rtc_session(agent_name="voice-agent")
async def entrypoint(ctx: JobContext):
    grants = api.VideoGrants(room_join=True, room=ctx.job.room.name)
    token = api.AccessToken().with_identity(f"agent-{ctx.job.id}").with_kind("agent").with_grants(grants).to_jwt()

    def lease():
        return asyncio.to_thread(ask_for_lease, ctx.job, os.environ["GATEWAY_URL"], token)

    until = await lease()
    if until:
        await ctx.connect()
    if not until or (time.monotonic() > until and not await lease()):
        ctx.shutdown("another job has the lease")
        return

    # From here on as always: start the session with json.loads(ctx.job.metadata)["agent"].


if __name__ == "__main__":
    cli.run_app(server)
