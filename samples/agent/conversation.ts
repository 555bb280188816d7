// What the agent does with AI: speech to text, a language model, text to speech.
import { readFile } from 'node:fs/promises';
import { type JobContext, llm, voice } from '@livekit/agents';
import * as openai from '@livekit/agents-plugin-openai';
import type { Gateway } from './gateway.ts';
import { answered } from './phone.ts';
import type { Settings } from './settings.ts';

/** Talks with the caller until one of them is done. */
export async function converse(ctx: JobContext, gateway: Gateway, settings: Settings): Promise<void> {
  const agent = gateway.sent?.agent;
  const session = sessionOf(settings.ai, agent?.model);
  reportQuality(ctx, gateway, session);

  const instructions = agent?.prompt ?? 'You are a friendly assistant on the phone. Answer in one or two short sentences.';
  const tools = [...ownTools(ctx, gateway, session, settings.queue), ...(await backendTools(gateway, settings.toolsFile))];
  await session.start({ agent: new voice.Agent({ instructions, tools }), room: ctx.room, record: false });
  await answered(ctx.room, gateway.sent);
  if (agent?.greeting) session.say(agent.greeting);
  else session.generateReply({ instructions: 'Greet the caller, and ask what you can do for them.' });
}

/** Who listens, thinks and speaks. */
export function sessionOf(ai: Settings['ai'], model = 'gpt-4.1-mini'): voice.AgentSession {
  const apiKey = process.env.OPENAI_API_KEY ?? '';
  return new voice.AgentSession(
    ai === 'openai'
      ? { stt: new openai.STT({ apiKey }), llm: new openai.LLM({ apiKey, model }), tts: new openai.TTS({ apiKey }) }
      : { stt: 'deepgram/nova-3', llm: 'openai/gpt-4.1-mini', tts: 'cartesia/sonic-3' },
  );
}

/** What every call has: the end, and a human. */
export function ownTools(
  ctx: Pick<JobContext, 'shutdown'>,
  gateway: Pick<Gateway, 'done' | 'handoff'>,
  session: Pick<voice.AgentSession, 'say'>,
  queue: string,
) {
  return [
    llm.tool({
      name: 'endCall',
      description: 'Ends the call. Use it when the caller has said goodbye.',
      execute: async () => {
        await session.say('Goodbye.').waitForPlayout();
        await gateway.done();
        ctx.shutdown('finished');
      },
    }),
    llm.tool({
      name: 'callHuman',
      description: 'Calls a human for the caller, or tells how that stands. Use it when the caller wants one.',
      execute: async () => await gateway.handoff({ queue, reason: 'customer_request' }),
    }),
  ];
}

/** The route's tools, as the gateway's own configuration describes them. Each use goes to the gateway, which asks your backend. */
export async function backendTools(gateway: Gateway, file: string | undefined) {
  const named = gateway.sent?.agent?.tools ?? [];
  if (!file || named.length === 0) return [];

  const { backends } = JSON.parse(await readFile(file, 'utf8')) as { backends: { tools: Described[] }[] };
  const described = new Map(backends.flatMap(backend => backend.tools).map(one => [one.name, one]));
  return named.flatMap(name => {
    const one = described.get(name);
    return one === undefined
      ? []
      : [
          llm.tool({
            name,
            description: one.description ?? name,
            parameters: one.arguments ?? { type: 'object', properties: {} },
            execute: async (args, { toolCallId }) => await gateway.useTool(name, args, toolCallId),
          }),
        ];
  });
}

interface Described {
  name: string;
  description?: string;
  arguments?: Record<string, unknown>;
}

/** Reports what the SDK measures, every ten seconds. */
function reportQuality(ctx: JobContext, gateway: Gateway, session: voice.AgentSession): void {
  let samples: unknown[] = [];
  session.on(voice.AgentSessionEventTypes.MetricsCollected, event => samples.push(event.metrics));
  const report = async () => {
    const taken = samples;
    samples = [];
    await gateway.reportQuality(taken);
  };
  const timer = setInterval(report, 10_000);
  ctx.addShutdownCallback(async () => {
    clearInterval(timer);
    await report();
  });
}
