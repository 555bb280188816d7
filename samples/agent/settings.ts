// The settings of this agent: the environment, and .env at the root of the repository for what the environment does not say.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Settings {
  liveKitUrl: string;
  apiKey: string;
  apiSecret: string;
  gatewayUrl: string;
  agentName: string;
  /** The queue whose members are called where the caller wants a human. */
  queue: string;
  /** Where the tools are described that the language model may use: the gateway's own TOOLS_FILE. */
  toolsFile: string | undefined;
  /** Who listens, thinks and speaks. undefined: nobody; the agent repeats what it hears. */
  ai: 'openai' | 'livekit' | undefined;
}

type Environment = Record<string, string | undefined>;

/** Reads .env once; a variable that is set already wins. */
export function loadDotEnv(file = resolve(root, '.env')): void {
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Reads the settings, or throws an error that names everything that is missing or wrong, each with what to do. */
export function readSettings(environment: Environment = process.env): Settings {
  const wrong: string[] = [];
  const text = (...names: string[]) => names.map(name => environment[name]?.trim()).find(Boolean);
  const needed = (what: string, ...names: string[]) => {
    const value = text(...names);
    if (!value) wrong.push(`${names.join(' or ')} is missing: ${what}`);
    return value ?? '';
  };
  const url = (value: string, schemes: string[], name: string) => {
    if (value && !schemes.includes(URL.canParse(value) ? new URL(value).protocol : '')) {
      wrong.push(`${name} must begin with ${schemes.map(scheme => `${scheme}//`).join(' or ')}`);
    }
    return value.replace(/\/+$/, '');
  };

  const liveKit = needed('the URL of your LiveKit project, such as wss://NAME.livekit.cloud', 'LIVEKIT_URL', 'LIVEKIT_HOST');
  const apiKey = needed("a key of the project, from LiveKit's settings page", 'LIVEKIT_API_KEY');
  const apiSecret = needed('the secret that belongs to the key', 'LIVEKIT_API_SECRET');
  const gateway = needed('where the gateway answers, such as http://127.0.0.1:7071', 'GATEWAY_URL', 'PUBLIC_URL');
  const ai = text('AGENT_AI') ?? (text('OPENAI_API_KEY') ? 'openai' : 'none');
  if (!['openai', 'livekit', 'none'].includes(ai)) wrong.push('AGENT_AI must be openai, livekit or none');
  if (ai === 'openai') needed('AGENT_AI=openai needs a key of OpenAI', 'OPENAI_API_KEY');

  const tools = text('TOOLS_FILE');
  const settings: Settings = {
    liveKitUrl: url(liveKit, ['wss:', 'ws:', 'https:', 'http:'], 'LIVEKIT_URL').replace(/^http/, 'ws'),
    apiKey,
    apiSecret,
    gatewayUrl: url(gateway, ['https:', 'http:'], 'GATEWAY_URL'),
    agentName: text('LIVEKIT_AGENT_NAME') ?? 'voice-agent',
    queue: text('AGENT_QUEUE') ?? 'support',
    toolsFile: tools && resolve(root, tools), // As ./run.sh takes it, which runs there.
    ai: ai === 'none' ? undefined : (ai as 'openai' | 'livekit'),
  };
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return settings;
}
