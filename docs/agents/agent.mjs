import { fileURLToPath } from 'node:url';
import { ServerOptions, cli, defineAgent } from '@livekit/agents';
import { askForLease } from './lease.mjs';

export default defineAgent({
  entry: async (ctx) => {
    const lease = () => askForLease(ctx.job, process.env.GATEWAY_URL);
    const until = await lease();
    if (until) await ctx.connect();
    if (!until || (performance.now() > until && !(await lease()))) {
      ctx.shutdown('another job has the lease');
      return;
    }

    // From here on as always: start the session with JSON.parse(ctx.job.metadata).agent.
  },
});

cli.runApp(new ServerOptions({ agent: fileURLToPath(import.meta.url), agentName: 'voice-agent' }));
