// What strangers cost a gateway in memory, each kind in a gateway of its own with a heap of at most 512 MB: how much more memory it
// committed, and how much more was resident, than before they came. Needs Linux and builds nothing.
//   dotnet build src/LocalHost -c Release && node bench/strangers.mjs [VoiceFunctions.LocalHost.dll]
import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const file = process.argv[2] ?? 'artifacts/bin/LocalHost/release/VoiceFunctions.LocalHost.dll';
const [id, secret] = ['APIBenchmark', 'a-secret-of-the-benchmark-0123456789'];
const settings = {
  PORT: '0', LOG_LEVEL: 'Critical', DOTNET_GCHeapHardLimit: '0x20000000', PUBLIC_URL: 'https://voice.example.com',
  LIVEKIT_HOST: 'http://127.0.0.1:1', LIVEKIT_API_KEY: id, LIVEKIT_API_SECRET: secret, LIVEKIT_SIP_URI: 'sip:example.com',
  TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef', TWILIO_AUTH_TOKEN: 'a-token-of-the-benchmark',
};
const webhook = '/livekit/webhook';
const large = Buffer.alloc(4 * 1024 * 1024 - 1, ' ');
const room = '"room":{"sid":"RM_1","name":"callee"';
const longText = Buffer.from(`{"event":"x","id":"EV_1",${room},"metadata":"${'\\u0041'.repeat(650_000)}"}}`);
const manyValues = Buffer.from(`{"event":"x","id":"EV_1",${room}},"list":[0${',{"b":1}'.repeat(500_000)}]}`);
const form = 'X-Twilio-Signature: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n';

const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));

const start = async () => {
  const { PATH, HOME, DOTNET_ROOT = '' } = process.env;
  const child = spawn('dotnet', [file], { env: { PATH, HOME, DOTNET_ROOT, ...settings }, stdio: ['ignore', 'pipe', 'ignore'] });
  process.on('exit', () => child.kill('SIGKILL'));
  const port = await new Promise((found, failed) => {
    child.stdout.on('data', text => found(/127\.0\.0\.1:(\d+)/.exec(text)?.[1]));
    child.on('exit', () => failed(new Error('The gateway did not start.')));
  });
  return { child, port };
};

/** Megabytes of a process; zeros where it is gone. */
const memory = child => {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return ['VmData', 'VmRSS'].map(field => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return [0, 0];
  }
};

/** A token as LiveKit makes it for a body. */
const token = body => {
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { iss: id, nbf: seconds, iat: seconds, exp: seconds + 300, sha256: createHash('sha256').update(body).digest('base64') };
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `Authorization: ${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}\r\n`;
};

/** One request. Resolves to its status, or to what happened instead; whoever gets no answer waits for two seconds. */
const send = (port, path, headers, length, body) => new Promise(done => {
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n${headers}\r\n`);
    if (body) socket.write(body);
  });
  socket.setTimeout(2000, () => { socket.destroy(); done('no answer'); });
  socket.on('data', text => { done(/HTTP\/1\.1 (\d+)/.exec(text)?.[1]); socket.destroy(); });
  socket.on('error', () => done('cut off')).on('close', () => done('cut off'));
});

const measure = async (name, count, atOnce, request) => {
  const { child, port } = await start();
  for (let i = 0; i < 20; i++) await send(port, webhook, '', 1000, large.subarray(0, 1000)); // The code is compiled.
  await wait(1000);
  const before = memory(child);
  let most = before;
  const watch = setInterval(() => { most = memory(child).map((now, i) => Math.max(now, most[i])); }, 20);
  const answers = {};
  for (let sent = 0; sent < count; sent += atOnce) {
    for (const answer of await Promise.all(Array.from({ length: Math.min(atOnce, count - sent) }, () => request(port)))) {
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
  }
  clearInterval(watch);
  await wait(100);
  const died = child.exitCode !== null || child.signalCode !== null;
  child.kill('SIGKILL');
  const [committed, resident] = most.map((value, i) => (value - before[i]).toFixed(0));
  const told = Object.entries(answers).map(([answer, times]) => `${times} × ${answer}`).join(', ');
  console.log(`${name.padEnd(70)}${committed.padStart(9)}${resident.padStart(9)}   ${told}${died ? '; the gateway died' : ''}`);
};

console.log(`${'MB more'.padEnd(70)}committed resident   answers`);
await measure('300 announce 4 MB to /livekit/webhook without a token', 300, 300, port => send(port, webhook, '', large.length));
await measure('300 announce 4 MB with a token that was seen before', 300, 300, port => send(port, webhook, token(''), large.length));
await measure('300 announce 64 KB to /twilio/voice with an invented signature', 300, 300, port => send(port, '/twilio/voice', form, 65536));
await measure('100 send 4 MB without a token', 100, 100, port => send(port, webhook, '', large.length, large));
await measure('90 webhooks that LiveKit signed, with a text of 4 MB, ten at a time', 90, 10,
  port => send(port, webhook, token(longText), longText.length, longText));
await measure('90 webhooks that LiveKit signed, with 2,000,000 tokens, ten at a time', 90, 10,
  port => send(port, webhook, token(manyValues), manyValues.length, manyValues));
process.exit(0);
