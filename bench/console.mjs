// The console in Chromium while ./run.sh chaos goes on: first paint, update time, how many calls are seen, the browser's work, and
// whether memory grows. Needs npm ci in tests/console and tests/oracles, and a built tests/Chaos.
//   node bench/console.mjs [CALLS [RATE [SEED [FAULTS]]]]    default 1000 4 1 all, about 7 minutes; a picture is left in artifacts/
//   FAULTS memory: no chaos, but one gateway with its journal in memory; needs a built src/LocalHost
//
// The update time of a call begins when a gateway received the first event of its caller, and ends when the browser has drawn the call in
// the list. That of an event begins when a gateway received it, or wrote the step, and ends when the browser has drawn it in the history of
// the call that is open. What the page could not know is counted apart: its stream was broken, because its gateway was killed or the storage
// stood still. All clocks are this machine's.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { startGateway } from '../tests/console/gateway.mjs';

const root = new URL('..', import.meta.url).pathname;
const { chromium } = createRequire(`${root}tests/console/`)('playwright-core');
const [calls = '1000', rate = '4', seed = '1', faults = 'all'] = process.argv.slice(2);
const turnEvery = 5000; // A sample in each fourth turn, and another call is opened in each second one.

/** ./run.sh chaos: two gateways and one table. */
async function chaos() {
  const run = spawn(
    'dotnet',
    [
      `${root}artifacts/bin/Chaos/release/VoiceFunctions.Chaos.dll`,
      '--calls', calls, '--rate', rate, '--seed', seed, '--hosts', '2', '--faults', faults,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => run.kill('SIGTERM')); // Also where this ends early.
  let verdict = '';
  const ended = new Promise(resolve => run.once('exit', resolve));
  const at = await new Promise((resolve, reject) => {
    ended.then(code => reject(new Error(`chaos ended with ${code} before it had a console`)));
    createInterface({ input: run.stdout }).on('line', line => {
      verdict = line || verdict;
      const address = /watch it: (\S+)/.exec(line)?.[1];
      if (address) resolve(new URL(address));
    });
  });
  return { at, ended, verdict: () => `chaos: ${verdict}` };
}

/** ./run.sh: one gateway with its journal in memory, on which simulated calls are placed. */
async function memory() {
  const key = 'a-key-of-the-console-bench';
  const gateway = await startGateway({ DIAGNOSTICS_KEY: key });
  const place = async () => {
    for (let number = 0; number < Number(calls); number++) {
      await gateway.call('warm-handoff');
      await new Promise(resolve => setTimeout(resolve, 1000 / Number(rate)));
    }

    await new Promise(resolve => setTimeout(resolve, 10_000));
  };
  return { at: new URL(`${gateway.url}/console#key=${key}`), ended: place(), verdict: () => 'one gateway, journal in memory', stop: gateway.stop };
}

const { at: consoleAt, ended, verdict, stop } = await (faults === 'memory' ? memory() : chaos());
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const errors = [];
page.on('pageerror', error => errors.push(error.message));
await page.addInitScript(() => {
  window.drawn = { calls: {}, marks: {}, away: [] };
  const watch = (id, options, look) => new MutationObserver(look).observe(document.getElementById(id), options);
  const afterPaint = then => requestAnimationFrame(() => setTimeout(() => then(Date.now())));
  const first = (times, keys) => afterPaint(now => keys.forEach(key => times[key] ??= now));
  addEventListener('DOMContentLoaded', () => {
    watch('active', { childList: true }, () => {
      first(drawn.calls, [...document.querySelectorAll('#active [data-call]')].map(one => one.dataset.call));
    });
    watch('marks', { childList: true }, () => {
      const call = document.querySelector('#facts div:last-child dd').textContent;
      first(drawn.marks, [...document.querySelectorAll('#marks [data-mark]')].map(one => `${call} ${one.dataset.mark}`));
    });
    watch('link', { childList: true, characterData: true, subtree: true }, () => {
      const isLive = document.getElementById('link').textContent === 'live';
      if (isLive && drawn.away.at(-1)?.to === null) drawn.away.at(-1).to = Date.now();
      else if (!isLive && drawn.away.at(-1)?.to !== null) drawn.away.push({ from: Date.now(), to: null });
    });
  });
});
await page.goto(consoleAt.href);
const firstPaint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
await page.getByText('live', { exact: true }).waitFor({ timeout: 120_000 }); // Its host is one of those that are killed.
const watchedFrom = Date.now();

const browserSees = await page.context().newCDPSession(page);
await browserSees.send('Performance.enable');
const samples = [];
async function sample() {
  await browserSees.send('HeapProfiler.collectGarbage');
  const { metrics } = await browserSees.send('Performance.getMetrics');
  const of = name => metrics.find(metric => metric.name === name).value;
  const active = await page.locator('#active li').count();
  const [heap, nodes, listeners, busy] = ['JSHeapUsedSize', 'Nodes', 'JSEventListeners', 'TaskDuration'].map(of);
  samples.push({ at: of('Timestamp'), active, heap, nodes, listeners, busy });
}

// When a gateway received the first event of a call's caller. A host that is killed answers in a later turn.
const began = {};
async function askWhenCallsBegan() {
  const headers = { 'X-Diagnostics-Key': new URLSearchParams(consoleAt.hash.slice(1)).get('key') };
  const unknown = Object.keys(await page.evaluate(() => drawn.calls)).filter(call => !(call in began));
  for (const call of unknown) {
    const answer = await fetch(new URL(`calls/${call}/timeline`, consoleAt), { headers }).catch(() => null);
    if (!answer?.ok) continue;
    const marks = (await answer.json()).lanes.filter(lane => lane.name === 'twilio' || lane.name === 'people').flatMap(lane => lane.marks);
    if (marks.length > 0) began[call] = Math.min(...marks.map(mark => Date.parse(mark.at)));
  }
}

let over = false;
ended.then(() => over = true);
for (let turn = 0; !over; turn++) {
  if (turn % 4 === 0) await sample();
  if (turn === 12) await page.screenshot({ path: `${root}artifacts/console-chaos.png` });
  await Promise.race([ended, new Promise(resolve => setTimeout(resolve, turnEvery))]);
  if (!over && turn % 2 === 1) await page.locator('#active button').first().click({ timeout: 2000 }).catch(() => {});
  if (!over) await askWhenCallsBegan();
}

await sample();
const drawn = await page.evaluate(() => window.drawn);
await browser.close();
await stop?.();

// What was drawn when a call was opened is no update.
const openedAt = {};
const marks = Object.entries(drawn.marks).map(([key, to]) => ({ call: key.split(' ')[0], from: Date.parse(key.split(' ').at(-1)), to }));
for (const { call, to } of marks) openedAt[call] = Math.min(to, openedAt[call] ?? to);
const updates = {
  'a call': Object.entries(drawn.calls).filter(([call]) => began[call] > watchedFrom).map(([call, to]) => ({ from: began[call], to })),
  'an event of the open call': marks.filter(mark => mark.from > openedAt[mark.call]),
};
const wasAway = ({ from, to }) => drawn.away.some(away => from < (away.to ?? Infinity) && to > away.from);
const quantile = (sorted, share) => sorted.length ? `${sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]} ms` : '–';
function told(name, some) {
  const sorted = some.map(({ from, to }) => to - from).sort((one, other) => one - other);
  console.log(`${name}: p50 ${quantile(sorted, 0.5)}, p95 ${quantile(sorted, 0.95)}, max ${quantile(sorted, 1)}, of ${sorted.length}`);
}

const mega = bytes => `${(bytes / 1e6).toFixed(1)} MB`;
const [first, last] = [samples[1] ?? samples[0], samples.at(-1)];
const half = samples[Math.floor(samples.length / 2)];
console.log(`\n${verdict()}`);
console.log(`first contentful paint: ${firstPaint.toFixed(0)} ms`);
for (const [name, some] of Object.entries(updates)) {
  told(`update time of ${name}`, some.filter(one => !wasAway(one)));
  told('  while the stream was broken', some.filter(wasAway));
}

console.log(`calls seen: ${Object.keys(drawn.calls).length} of ${calls}, at most ${Math.max(...samples.map(one => one.active))} at once in a sample`);
console.log(`the browser's main thread worked ${(100 * (last.busy - first.busy) / (last.at - first.at)).toFixed(1)} % of the time`);
for (const [name, one] of [['at first', first], ['half way', half], ['at the end', last]]) {
  console.log(`${name}: heap after collection ${mega(one.heap)}, ${one.nodes} nodes, ${one.listeners} listeners, ${one.active} calls going on`);
}
console.log(errors.length === 0 ? 'no error in the page' : `errors in the page: ${errors.join('; ')}`);
