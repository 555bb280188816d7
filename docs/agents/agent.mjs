import { fileURLToPath } from 'node:url';
import { ServerOptions, cli, defineAgent } from '@livekit/agents';
import { askForLease, keepLease } from './lease.mjs';

export default defineAgent({
  entry: async (ctx) => {
    const gateway = process.env.GATEWAY_URL;
    const until = await askForLease(ctx.job, gateway);
    if (until) await ctx.connect();
    if (!until || (performance.now() > until && !(await askForLease(ctx.job, gateway)))) {
      ctx.shutdown('another job has the lease');
      return;
    }

    const letGo = keepLease(ctx.job, gateway, () => ctx.shutdown('another agent has taken over'));
    ctx.addShutdownCallback(async () => letGo());

    // From here on as always: start the session with JSON.parse(ctx.job.metadata).agent.
    // When the conversation is over: sayDone(ctx.job, gateway) of lease.mjs, then ctx.shutdown().
  },
});

cli.runApp(new ServerOptions({ agent: fileURLToPath(import.meta.url), agentName: 'voice-agent' }));
