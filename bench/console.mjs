// The console in Chromium while ./run.sh chaos goes on: first paint, how many calls are seen, the browser's work, and whether memory
// grows. Needs npm ci in tests/console and tests/oracles, and a built tests/Chaos.
//   node bench/console.mjs [CALLS [RATE [SEED]]]    default 1000 4 1, about 7 minutes; a picture is left in artifacts/

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const root = new URL('..', import.meta.url).pathname;
const { chromium } = createRequire(`${root}tests/console/`)('playwright-core');
const [calls = '1000', rate = '4', seed = '1'] = process.argv.slice(2);
const sampleEvery = 20_000;

const chaos = spawn(
  'dotnet',
  [`${root}artifacts/bin/Chaos/release/VoiceFunctions.Chaos.dll`, '--calls', calls, '--rate', rate, '--seed', seed, '--hosts', '2'],
  { stdio: ['ignore', 'pipe', 'inherit'] });
process.on('exit', () => chaos.kill('SIGTERM')); // Also where this ends early.
const ended = new Promise(resolve => chaos.once('exit', resolve));
let verdict = '';
const consoleAt = await new Promise((resolve, reject) => {
  ended.then(code => reject(new Error(`chaos ended with ${code} before it had a console`)));
  createInterface({ input: chaos.stdout }).on('line', line => {
    verdict = line || verdict;
    const address = /watch it: (\S+)/.exec(line)?.[1];
    if (address) resolve(new URL(address));
  });
});

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const faults = [];
page.on('pageerror', error => faults.push(error.message));
await page.addInitScript(() => {
  window.seen = {};
  const look = () => {
    for (const item of document.querySelectorAll('#active [data-call]')) window.seen[item.dataset.call] = true;
  };
  addEventListener('DOMContentLoaded', () => new MutationObserver(look).observe(document.getElementById('active'), { childList: true }));
});
await page.goto(consoleAt.href);
const firstPaint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
await page.getByText('live', { exact: true }).waitFor({ timeout: 120_000 }); // Its host is one of those that are killed.

const browserSees = await page.context().newCDPSession(page);
await browserSees.send('Performance.enable');
const samples = [];
async function sample() {
  await browserSees.send('HeapProfiler.collectGarbage');
  const { metrics } = await browserSees.send('Performance.getMetrics');
  const of = name => metrics.find(metric => metric.name === name).value;
  const active = await page.locator('#active li').count();
  samples.push({ at: of('Timestamp'), active, heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners'), busy: of('TaskDuration') });
}

let over = false;
ended.then(() => over = true);
for (let turn = 0; !over; turn++) {
  await sample();
  if (turn === 3) await page.screenshot({ path: `${root}artifacts/console-chaos.png` });
  await Promise.race([ended, new Promise(resolve => setTimeout(resolve, sampleEvery))]);
  if (!over && turn === 2) await page.locator('#active button').first().click({ timeout: 5000 }).catch(() => {}); // A call is looked at from here on.
}

await sample();
const seen = await page.evaluate(() => window.seen);
await browser.close();

const mega = bytes => `${(bytes / 1e6).toFixed(1)} MB`;
const [first, last] = [samples[1] ?? samples[0], samples.at(-1)];
const half = samples[Math.floor(samples.length / 2)];
console.log(`\nchaos: ${verdict}`);
console.log(`first contentful paint: ${firstPaint.toFixed(0)} ms`);
console.log(`calls seen: ${Object.keys(seen).length} of ${calls}, at most ${Math.max(...samples.map(one => one.active))} at once in a sample`);
console.log(`the browser's main thread worked ${(100 * (last.busy - first.busy) / (last.at - first.at)).toFixed(1)} % of the time`);
for (const [name, one] of [['at first', first], ['half way', half], ['at the end', last]]) {
  console.log(`${name}: heap after collection ${mega(one.heap)}, ${one.nodes} nodes, ${one.listeners} listeners, ${one.active} calls going on`);
}
console.log(faults.length === 0 ? 'no error in the page' : `errors in the page: ${faults.join('; ')}`);
