// Sums up the stacks of perf script, which come on stdin. bench/profile.sh calls it.
import { createInterface } from 'node:readline';

// A sample belongs to the first line of which one of its frames is a part, looked at from the innermost frame outwards.
const parts = [
  ['the kernel: sockets, timers, threads', /\[k\]$/],
  ['collection of memory', /gc_heap|GCHeap|GCToEEInterface/],
  ['what is next for a call: state, policy, records', /_Core_Calls_(State|Policy|Publishing|Ending|Bounds)|Rules__|CallEvaluator|CallDetailRecord/],
  ['journal, effects, workflow', /_Core_(Journal|Calls)_|_LocalHost_Engine_/],
  ['requests to LiveKit', /_Core_LiveKit_Api_|System_Net_Http/],
  ['webhooks: routing, signatures, JSON, TwiML', /_Core_(Http|Twilio|LiveKit|Telephony|Lifecycle|Telemetry)_|_LocalHost_/],
  ['the web server', /Kestrel|Microsoft_AspNetCore|Connections|Pipelines/],
];
const rest = 'the runtime: threads, tasks, sockets';
const counts = new Map([...parts.map(([name]) => [name, 0]), [rest, 0]]);
let frames = [];
let samples = 0;

function take() {
  if (frames.length === 0) return;
  samples++;
  const isCollection = frames.some((frame) => parts[1][1].test(frame));
  const inner = isCollection ? parts[1] : parts[0][1].test(frames[0]) ? parts[0] : null;
  const name = (inner ?? frames.map((frame) => parts.slice(2).find(([, words]) => words.test(frame))).find(Boolean))?.[0] ?? rest;
  counts.set(name, counts.get(name) + 1);
  frames = [];
}

for await (const line of createInterface({ input: process.stdin })) {
  const frame = /^\s+([0-9a-f]+)\s+(.*?)\s+\((.*)\)$/.exec(line);
  if (frame) frames.push(frame[2] + (frame[1].startsWith('ffff') ? ' [k]' : ''));
  else if (line.trim() === '') take();
}
take();

for (const [name, count] of [...counts].sort((one, other) => other[1] - one[1])) {
  console.log(`${((100 * count) / samples).toFixed(1).padStart(5)} %  ${name}`);
}
console.log(`        of ${samples} samples`);
