import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { readSettings } from '../settings.ts';

const good = {
  LIVEKIT_URL: 'wss://a.livekit.cloud',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'secret',
  GATEWAY_URL: 'https://voice.example.com/',
};

test('everything that is missing is named at once, with what to do', () => {
  assert.throws(() => readSettings({ AGENT_AI: 'openai', LIVEKIT_API_KEY: ' ' }), {
    message: [
      'LIVEKIT_URL or LIVEKIT_HOST is missing: the URL of your LiveKit project, such as wss://NAME.livekit.cloud',
      "LIVEKIT_API_KEY is missing: a key of the project, from LiveKit's settings page",
      'LIVEKIT_API_SECRET is missing: the secret that belongs to the key',
      'GATEWAY_URL or PUBLIC_URL is missing: where the gateway answers, such as http://127.0.0.1:7071',
      'OPENAI_API_KEY is missing: AGENT_AI=openai needs a key of OpenAI',
    ].join('\n'),
  });
});

test('what is no URL, and an AI that nobody knows, are named', () => {
  assert.throws(() => readSettings({ ...good, LIVEKIT_URL: 'a.livekit.cloud', GATEWAY_URL: 'ftp://x', AGENT_AI: 'mine' }), {
    message: [
      'AGENT_AI must be openai, livekit or none',
      'LIVEKIT_URL must begin with wss:// or ws:// or https:// or http://',
      'GATEWAY_URL must begin with https:// or http://',
    ].join('\n'),
  });
});

test("the gateway's own settings are enough, and it speaks without AI", () => {
  const { GATEWAY_URL, LIVEKIT_URL, ...key } = good;

  assert.deepEqual(readSettings({ ...key, LIVEKIT_HOST: 'https://a.livekit.cloud', PUBLIC_URL: GATEWAY_URL }), {
    liveKitUrl: LIVEKIT_URL,
    apiKey: 'key',
    apiSecret: 'secret',
    gatewayUrl: 'https://voice.example.com',
    agentName: 'voice-agent',
    queue: 'support',
    toolsFile: undefined,
    ai: undefined,
  });
});

test('a relative TOOLS_FILE is meant from the root of the repository, as for ./run.sh', () => {
  assert.ok(existsSync(readSettings({ ...good, TOOLS_FILE: 'samples/golf-tools.json' }).toolsFile ?? ''));
});

test('a key of OpenAI switches it on, and AGENT_AI decides', () => {
  assert.equal(readSettings({ ...good, OPENAI_API_KEY: 'sk' }).ai, 'openai');
  assert.equal(readSettings({ ...good, OPENAI_API_KEY: 'sk', AGENT_AI: 'none' }).ai, undefined);
  assert.equal(readSettings({ ...good, AGENT_AI: 'livekit' }).ai, 'livekit');
});
