// How long the first webhooks after a start take against the tenth ones, and how long the start takes: node bench/first-call.mjs [runs]
// Build first: dotnet build src/LocalHost -c Release. PROGRAM is another build, such as the native one (eng/native.sh).
import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';

const program = process.env.PROGRAM ?? 'artifacts/bin/LocalHost/release/VoiceFunctions.LocalHost.dll';
const key = 'devkey';
const secret = 'a-secret-of-the-benchmark-0123456789';
const token = '0123456789abcdef0123456789abcdef';
const account = 'AC0123456789abcdef0123456789abcdef';
const publicUrl = 'https://voice.example.com';

const liveKit = http.createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    if (request.url.endsWith('/CreateDispatch')) {
      dispatched?.(performance.now());
    }

    response.setHeader('Content-Type', 'application/json').end('{}');
  });
});
let dispatched;
await new Promise(listening => liveKit.listen(0, '127.0.0.1', listening));

const base64 = text => Buffer.from(text).toString('base64url');
function jwt(body) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: key, exp: now + 300, nbf: now, sha256: createHash('sha256').update(body).digest('base64') };
  const signed = `${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(JSON.stringify(claims))}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function post(port, path, body, headers) {
  return new Promise((done, failed) => {
    const request = http.request({ host: '127.0.0.1', port, path, method: 'POST', headers }, response => {
      let text = '';
      response.on('data', part => (text += part));
      response.on('end', () => (response.statusCode === 200 ? done(text) : failed(new Error(`${path} ${response.statusCode}`))));
    });
    request.on('error', failed).end(body);
  });
}

async function voice(port, callSid) {
  const fields = { AccountSid: account, CallSid: callSid, From: '+15550100001', To: '+15550100123', CallStatus: 'ringing' };
  const text = publicUrl + '/twilio/voice' + Object.keys(fields).sort().map(name => name + fields[name]).join('');
  const began = performance.now();
  const twiml = await post(port, '/twilio/voice', new URLSearchParams(fields).toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Twilio-Signature': createHmac('sha1', token).update(text).digest('base64'),
  });
  return [performance.now() - began, /sip:([^@]+)@/.exec(twiml)[1]];
}

/** From the webhook's coming to the dispatch's arrival at LiveKit. */
async function joined(port, callId, number) {
  const body = JSON.stringify({
    event: 'participant_joined',
    id: `EV_${callId}`,
    room: { sid: `RM_${number}`, name: `call_${callId}` },
    participant: {
      sid: `PA_${number}`,
      identity: `sip_${number}`,
      kind: 'SIP',
      state: 'ACTIVE',
      attributes: { 'sip.ruleID': 'SDR_1', 'sip.phoneNumber': '+15550100001', 'sip.trunkPhoneNumber': callId },
    },
  });
  const arrival = new Promise(arrived => (dispatched = arrived));
  const began = performance.now();
  await post(port, '/livekit/webhook', body, { 'Content-Type': 'application/webhook+json', Authorization: jwt(body) });
  const at = await Promise.race([arrival, new Promise(late => setTimeout(() => late(NaN), 5000))]);
  return at - began;
}

// What this program does for the first time must not count: neither as a caller nor as LiveKit.
for (let request = 0; request < 20; request++) {
  await post(liveKit.address().port, '/twirp/livekit.AgentDispatchService/CreateDispatch', '{}', {});
}

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const rows = [];
for (let run = 0; run < Number(process.argv[2] ?? 5); run++) {
  const began = performance.now();
  const command = program.endsWith('.dll') ? ['dotnet', program] : [program];
  const gateway = spawn(command[0], command.slice(1), {
    env: {
      PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', PUBLIC_URL: publicUrl,
      LIVEKIT_HOST: `http://127.0.0.1:${liveKit.address().port}`, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret,
      TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token, LIVEKIT_SIP_URI: 'sip:x.sip.livekit.cloud', LOG_LEVEL: 'Warning',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let output = '';
    await new Promise(ready => gateway.stdout.on('data', part => (output += part).includes('Ctrl-C stops') && ready()));
    const port = /VoiceFunctions on http:\/\/127\.0\.0\.1:(\d+)/.exec(output)[1];
    const started = performance.now() - began;
    const times = [];
    for (let call = 0; call < 10; call++) {
      const [answer, callId] = await voice(port, `CA${String(run * 100 + call).padStart(32, '0')}`);
      times.push([answer, await joined(port, callId, `${run}_${call}`)]);
    }

    rows.push([started, times[0][0], times[9][0], times[0][1], times[9][1]]);
    console.log(rows.at(-1).map(ms => ms.toFixed(1)).join('\t'));
  } finally {
    gateway.kill('SIGTERM');
  }
}

console.log('median ms: start, first voice, tenth voice, first joined to CreateDispatch, tenth joined to CreateDispatch');
console.log([0, 1, 2, 3, 4].map(column => median(rows.map(row => row[column])).toFixed(1)).join('\t'));
liveKit.close();
liveKit.closeAllConnections();
