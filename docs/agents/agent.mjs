import { fileURLToPath } from 'node:url';
import { ServerOptions, cli, defineAgent } from '@livekit/agents';
import { askForLease } from './lease.mjs';

export default defineAgent({
  entry: async (ctx) => {
    if (!(await askForLease(ctx.job, process.env.GATEWAY_URL))) {
      ctx.shutdown('another job has the lease');
      return;
    }

    await ctx.connect();
    // From here on as always: start the session with JSON.parse(ctx.job.metadata).agent.
  },
});

cli.runApp(new ServerOptions({ agent: fileURLToPath(import.meta.url), agentName: 'voice-agent' }));
