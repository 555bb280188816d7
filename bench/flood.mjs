// A flood of calls whose callers never join, and what the gateway answers everybody else while all of them are asked about and ended:
//   node bench/flood.mjs [CALLS [SECONDS]]       default 20000 180; compare two builds in one run of each on the same machine
// Build first: dotnet build src/LocalHost -c Release. PROGRAM names another LocalHost.dll.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';

const program = process.env.PROGRAM ?? 'artifacts/bin/LocalHost/release/VoiceFunctions.LocalHost.dll';
const [calls, seconds] = [Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 180)];
const token = '0123456789abcdef0123456789abcdef';
const account = 'AC0123456789abcdef0123456789abcdef';
const publicUrl = 'https://voice.example.com';
const ticksPerSecond = 100;

let questions = 0;
const liveKit = http.createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    questions += 1;
    response.setHeader('Content-Type', 'application/json').end('{}');
  });
});
await new Promise(listening => liveKit.listen(0, '127.0.0.1', listening));

const gateway = spawn('dotnet', [program], {
  env: {
    PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', PUBLIC_URL: publicUrl, LIVEKIT_HOST: `http://127.0.0.1:${liveKit.address().port}`,
    LIVEKIT_API_KEY: 'devkey', LIVEKIT_API_SECRET: 'a-secret-of-the-benchmark-0123456789', TWILIO_ACCOUNT_SID: account,
    TWILIO_AUTH_TOKEN: token, LIVEKIT_SIP_URI: 'sip:x.sip.livekit.cloud', LOG_LEVEL: 'Error', DIAGNOSTICS_KEY: 'a-key-of-the-benchmark',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let output = '';
await new Promise(ready => gateway.stdout.on('data', part => (output += part).includes('Ctrl-C stops') && ready()));
const port = /VoiceFunctions on http:\/\/127\.0\.0\.1:(\d+)/.exec(output)[1];
const agent = new http.Agent({ keepAlive: true, maxSockets: 33 });

let next = 0;
function voice() {
  const callSid = `CA${String((next += 1)).padStart(32, '0')}`;
  const fields = { AccountSid: account, CallSid: callSid, From: '+15550100001', To: '+15550100123', CallStatus: 'ringing' };
  const signed = publicUrl + '/twilio/voice' + Object.keys(fields).sort().map(name => name + fields[name]).join('');
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Twilio-Signature': createHmac('sha1', token).update(signed).digest('base64'),
  };
  const began = performance.now();
  return new Promise((done, failed) => {
    const request = http.request({ host: '127.0.0.1', port, path: '/twilio/voice', method: 'POST', headers, agent }, response => {
      response.resume();
      response.on('end', () => (response.statusCode === 200 ? done(performance.now() - began) : failed(new Error(`${response.statusCode}`))));
    });
    request.on('error', failed).end(new URLSearchParams(fields).toString());
  });
}

const used = () => {
  const [user, system] = readFileSync(`/proc/${gateway.pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
  return (Number(user) + Number(system)) / ticksPerSecond;
};
const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8'))[1]) / 1024;
const quantile = (values, part) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;

const flooded = performance.now();
await Promise.all(Array.from({ length: 32 }, async () => {
  while (next < calls) await voice();
}));
console.log(`${calls} calls in ${((performance.now() - flooded) / 1000).toFixed(1)} s, ${used().toFixed(1)} s of CPU, ${resident().toFixed(0)} MB`);

const all = [];
const pause = milliseconds => new Promise(over => setTimeout(over, milliseconds));
for (let minute = 0; minute < seconds / 30; minute += 1) {
  const [end, cpu, asked, latencies] = [performance.now() + 30_000, used(), questions, []];
  while (performance.now() < end) {
    latencies.push(await voice());
    await pause(100);
  }

  all.push(...latencies);
  console.log(`${(minute + 1) * 30} s later: ${latencies.length} others answered, p50 ${quantile(latencies, 0.5).toFixed(1)} ms, worst `
    + `${Math.max(...latencies).toFixed(0)} ms; ${(used() - cpu).toFixed(1)} s of CPU, ${questions - asked} questions, ${resident().toFixed(0)} MB`);
}

console.log(`others: p50 ${quantile(all, 0.5).toFixed(1)} ms, p99 ${quantile(all, 0.99).toFixed(0)} ms, worst ${Math.max(...all).toFixed(0)} ms`);
console.log(`${(used() / calls * 1000).toFixed(2)} ms of CPU and ${(questions / calls).toFixed(3)} questions to LiveKit for each flooded call, all in`);
gateway.kill('SIGTERM');
agent.destroy();
liveKit.close();
liveKit.closeAllConnections();
