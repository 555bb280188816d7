// Opens the console in a real browser against a gateway process and uses it. UPDATE_DOCS=1 takes the pictures of the README anew.
// Ends with 'passed N failed M'.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { startGateway } from './gateway.mjs';
import { referenceTests } from './reference.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const pictures = new URL('../../docs/images/', import.meta.url).pathname;
const files = new URL('../../src/Core/Console/Page/', import.meta.url).pathname;
const chrome = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(chrome)) {
  console.log(`There is no ${chrome}: install Chromium (Debian's package chromium), or say in CHROMIUM where it is.\npassed 0 failed 1`);
  process.exit(1);
}

const open = await startGateway();
const key = 'a-key-of-the-console-tests-0123456789';
const closed = await startGateway({ DIAGNOSTICS_KEY: key });
const browser = await chromium.launch({ executablePath: chrome, args: ['--no-sandbox'] });
let passed = 0;
let failed = 0;

/** A page that fails the test where something is logged as an error, or asked of another host. */
async function newPage(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', error => page.faults.push(error.message));
  page.on('request', request => new URL(request.url()).origin === url || page.faults.push(`asked ${request.url()}`));
  page.setDefaultTimeout(20_000);
  return page;
}

async function test(name, run) {
  try {
    await run();
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}\n${error.stack}`);
  }
}

const page = await newPage(open.url);

await test('The console of this machine opens without a key, and shows a call that begins', async () => {
  await page.goto(`${open.url}/console`);
  await page.getByText('live', { exact: true }).waitFor();
  await open.call('long-call');
  await page.locator('#active').getByRole('button', { name: /with the agent/ }).waitFor();
  assert.equal(await page.locator('#health-calls').textContent(), '1');
});

await test('A chosen call shows its lanes, and a fact shows what is stored of it', async () => {
  await page.locator('#active button').first().click();
  await page.locator('#line .heard.agent').waitFor({ state: 'attached' });
  assert.deepEqual(await page.locator('#line > text').allTextContents(), ['Twilio', 'LiveKit', 'People', 'Agent', 'Gateway']);
  await page.locator('#marks').getByRole('button', { name: /caller .* joined/ }).click();
  await page.locator('#detail pre').waitFor();
  assert.match(await page.locator('#detail pre').textContent(), /"fact": "leg_joined"/);
});

await test('A point of the timeline chooses its line of the story', async () => {
  await page.locator('#line .mark.twilio').first().click({ force: true });
  assert.match(await page.locator('#marks [aria-current]').textContent(), /Twilio announced the call/);
});

await test('It can be used by keyboard alone', async () => {
  await page.locator('#active button').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'call');
  await page.locator('#tab-story').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-proof');
  await page.locator('#proof .yes').first().waitFor();
  await page.keyboard.press('ArrowLeft');
});

await test('A handoff is asked for and told', async () => {
  await page.locator('#hand-off').click();
  await page.locator('#target').fill('support');
  await page.getByRole('button', { name: 'Call the human' }).click();
  await page.getByText('The handoff is queued.').waitFor();
  await page.locator('#active').getByRole('button', { name: /with a human/ }).waitFor();
});

await test('A queue that is not there is refused in words', async () => {
  await open.call('long-call');
  await page.locator('#active').getByRole('button', { name: /with the agent/ }).click();
  await page.locator('#hand-off').click();
  await page.locator('#target').fill('nobody');
  await page.getByRole('button', { name: 'Call the human' }).click();
  await page.locator('#notice').getByText(/queue/).waitFor();
});

await test('A call is ended after the question, and goes to the ended ones with its cause', async () => {
  await page.locator('#end').click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(await page.locator('#end').isEnabled(), true);
  await page.locator('#end').click();
  await page.getByRole('button', { name: 'End call', exact: true }).click();
  await page.locator('#ended').getByRole('button', { name: /api end/ }).waitFor();
  await page.locator('#facts').getByText('api end').waitFor();
});

await test('Search finds a call by its number, its room and its id', async () => {
  const [room, id] = await Promise.all(['room', 'call'].map(name =>
    page.locator('#facts div', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).locator('dd').textContent()));
  for (const query of ['+1 555 010-1234', room, id]) {
    await page.locator('#query').fill(query);
    await page.keyboard.press('Enter');
    await page.locator('#ended button, #active button').first().waitFor();
  }

  await page.locator('#query').fill('+49 30 000000');
  await page.getByText(/No such call/).waitFor();
  await page.locator('#query').fill('');
});

await test('A caller in silence is counted among the promises', async () => {
  await open.call('agent-never-joins');
  await page.locator('#health-silent.bad').waitFor();
  await page.locator('#active .bad').first().waitFor();
});

for (const colorScheme of ['light', 'dark']) {
  await test(`A screen reader and weak eyes find nothing to complain of in ${colorScheme} colours`, async () => {
    const seen = await newPage(open.url, { colorScheme });
    await seen.goto(`${open.url}/console`);
    await seen.getByRole('button', { name: /with a human/ }).first().click();
    await seen.locator('#line .heard').first().waitFor({ state: 'attached' });
    await seen.locator('#marks').getByRole('button', { name: /handoff/ }).first().click();
    await seen.locator('#detail pre').waitFor();
    if (process.env.UPDATE_DOCS) {
      await mkdir(pictures, { recursive: true });
      await seen.screenshot({ path: `${pictures}console-${colorScheme}.png` });
    }

    await seen.evaluate(await readFile(axe, 'utf8'));
    const { violations } = await seen.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(fault => `${fault.id}: ${fault.nodes.map(node => node.target).join(' ')}`), []);
    assert.deepEqual(seen.faults, []);
    await seen.context().close();
  });
}

await test('On a narrow screen nothing is cut off', async () => {
  const phone = await newPage(open.url, { viewport: { width: 390, height: 800 } });
  await phone.goto(`${open.url}/console`);
  await phone.locator('#ended').getByRole('button', { name: /api end/ }).first().click();
  await phone.locator('#line .heard').first().waitFor({ state: 'attached' });
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await phone.context().close();
});

await test('A host that sends no events is asked again and again', async () => {
  const asking = await newPage(open.url);
  await asking.route('**/console/stream', route => route.fulfill({ status: 404, body: '{}' }));
  await asking.goto(`${open.url}/console`);
  await asking.getByText('updates every 3 s').waitFor();
  await asking.context().close();
});

await test('Of more calls than it watches it says how many there are, and finds an older one', async () => {
  const busy = await newPage(open.url);
  const call = number => ({
    callId: String(number).padStart(26, 'a'), status: 'active', from: `+1555010${1000 + number}`, to: '+15550100', version: '1',
    beganAt: new Date(0).toISOString(), createdAt: new Date(0).toISOString(), agents: 1, surplusAgents: 0, hasHuman: false,
  });
  const calls = (from, count) => Array.from({ length: count }, (_, number) => call(from + number));
  await busy.route('**/console/stream', route => route.fulfill({
    contentType: 'text/event-stream', body: `data: ${JSON.stringify({ calls: calls(0, 50), count: 120 })}\n\n`,
  }));
  await busy.route('**/calls?state=active*', route => route.fulfill({
    json: route.request().url().includes('cursor') ? { calls: calls(50, 50) } : { calls: calls(0, 50), next: 'more' },
  }));
  await busy.goto(`${open.url}/console`);
  await busy.getByText('The newest 50 of 120 running calls are watched.').waitFor();
  assert.equal(await busy.locator('#health-calls').textContent(), '120');
  await busy.locator('#query').fill('+1 555 010 1077');
  await busy.keyboard.press('Enter');
  await busy.locator('#active').getByRole('button', { name: '+15550101077' }).waitFor();
  await busy.context().close();
});

await test('Where the operator set a key the console wants it, and says so where it is wrong', async () => {
  const door = await newPage(closed.url);
  await door.goto(`${closed.url}/console`);
  await door.getByLabel('Key or token').fill('wrong');
  await door.getByRole('button', { name: 'Open' }).click();
  await door.getByText('The gateway does not accept this key.').waitFor();
  await door.getByLabel('Key or token').fill(key);
  await door.getByRole('button', { name: 'Open' }).click();
  await door.getByText('live', { exact: true }).waitFor();
  await door.context().close();
});

await test('A key in the address opens it and is gone from the address', async () => {
  const linked = await newPage(closed.url);
  await linked.goto(`${closed.url}/console#key=${key}`);
  await linked.getByText('live', { exact: true }).waitFor();
  assert.equal(linked.url(), `${closed.url}/console`);
  await linked.context().close();
});

await test('The page holds no key that the operator set, nor any for whoever comes through a proxy', async () => {
  assert.match(await (await fetch(`${closed.url}/console`)).text(), /console-key" content=""/);
  assert.match(await (await fetch(`${open.url}/console`)).text(), /console-key" content="[0-9a-f]+"/);
  assert.match(await (await fetch(`${open.url}/console`, { headers: { 'X-Forwarded-For': '203.0.113.7' } })).text(), /content=""/);
});

await test('The page is small', async () => {
  const sizes = await Promise.all((await readdir(files)).map(async name => (await stat(files + name)).size));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 48 * 1024);
});

for (const [name, run] of referenceTests(open, newPage)) await test(name, run);

assert.deepEqual(page.faults, []);
await test('A gateway stops at once though a console is open', async () => {
  assert.ok(await open.stop() < 5000);
  await page.getByText('no answer, trying again').waitFor();
});

await browser.close();
await closed.stop();
console.log(`passed ${passed} failed ${failed}`);
process.exit(failed === 0 ? 0 : 1);
