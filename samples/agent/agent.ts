// The job of one call: asks the gateway whether it is the one, joins, keeps its lease, and talks.
import { AutoSubscribe, defineAgent } from '@livekit/agents';
import { AccessToken } from 'livekit-server-sdk';
import { converse } from './conversation.ts';
import { Gateway, type Job } from './gateway.ts';
import { repeat } from './room.ts';
import { readSettings, type Settings } from './settings.ts';

export default defineAgent({
  entry: async ctx => {
    const settings = readSettings();
    const gateway = new Gateway(ctx.job, settings.gatewayUrl, () => tokenOf(ctx.job, ctx.job.room?.name ?? '', settings));
    const until = await gateway.askForLease();
    if (until !== undefined) await ctx.connect(undefined, AutoSubscribe.AUDIO_ONLY);
    if (until === undefined || (performance.now() > until && (await gateway.askForLease()) === undefined)) {
      ctx.shutdown('another job has the lease');
      return;
    }

    const letGo = gateway.keepLease(() => ctx.shutdown('another agent has taken over'));
    ctx.addShutdownCallback(async () => letGo());
    await (settings.ai ? converse(ctx, gateway, settings) : repeat(ctx, gateway, settings.queue));
  },
});

/** A token like the one that LiveKit gave to the job. That one ends after an hour; a call may be longer. */
async function tokenOf(job: Job, room: string, settings: Settings): Promise<string> {
  const token = new AccessToken(settings.apiKey, settings.apiSecret, { identity: `agent-${job.id}` });
  token.kind = 'agent';
  token.addGrant({ roomJoin: true, room });
  return await token.toJwt();
}
