// Starts the worker: LiveKit gives it the jobs of its agent name.
import { fileURLToPath } from 'node:url';
import { cli, ServerOptions } from '@livekit/agents';
import { loadDotEnv, readSettings, type Settings } from './settings.ts';

loadDotEnv();
const { liveKitUrl, apiKey, apiSecret, agentName, ai, gatewayUrl } = settingsOrExit();
console.log(`Agent ${agentName} at ${liveKitUrl}, gateway ${gatewayUrl}, ${ai ? `AI of ${ai}` : 'without AI: it repeats what it hears'}`);
const agent = fileURLToPath(new URL('agent.ts', import.meta.url));
const numIdleProcesses = 1; // The next call's process is ready before it comes: starting one takes seconds, and the caller would wait.
const initializeProcessTimeout = 60_000; // A busy machine loads the SDK for longer than the ten seconds that are the default.
cli.runApp(new ServerOptions({ agent, agentName, wsURL: liveKitUrl, apiKey, apiSecret, numIdleProcesses, initializeProcessTimeout }));

function settingsOrExit(): Settings {
  try {
    return readSettings();
  } catch (wrong) {
    console.error((wrong as Error).message);
    process.exit(1);
  }
}
