// What a gateway does that is not well. How the client gets on with a real one, tests/Samples.Tests tries.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { defaultPatience, Gateway } from '../gateway.ts';

const patient = { request: 20_000, lease: 20_000, done: 20_000, tool: 20_000, pause: 10 };
const impatient = { ...patient, lease: 50, done: 50 };
const metadata = JSON.stringify({ callId: 'c1', fence: 'f', epoch: 2 });

let statuses: number[];
let asked: { path: string; body: Record<string, unknown>; token: string | undefined }[];
let server: ReturnType<typeof createServer>;
let gateway: Gateway;
let hasty: Gateway;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString()), token: request.headers.authorization });
      const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 500;
      if (status === 0) return request.socket.destroy();
      const answer = status === 200 ? { validSeconds: 4, renewSeconds: 0.01, status: 'queued' } : { type: 'urn:problem:agent-lease-taken' };
      return response.writeHead(status).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  gateway = new Gateway({ id: 'AJ_1', metadata }, url, async () => 'token', patient);
  hasty = new Gateway({ id: 'AJ_1', metadata }, url, async () => 'token', impatient);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('a gateway that is away for a moment is asked again, and the answer holds from the asking', async () => {
  statuses = [503, 0, 429, 200];
  const begun = performance.now();
  const until = (await gateway.askForLease()) ?? 0;

  assert.ok(until >= begun + 4000 && until <= performance.now() + 4000, `${until}`);
  assert.deepEqual(asked.at(-1), {
    path: '/agents/lease',
    body: { callId: 'c1', fence: 'f', epoch: 2, job: 'AJ_1' },
    token: 'Bearer token',
  });
  assert.equal(asked.length, 4);
});

test('a refusal is asked once, and nobody waits for a gateway that never answers', async () => {
  statuses = [409];
  assert.equal(await gateway.askForLease(), undefined);
  assert.equal(asked.length, 1);

  statuses = [500];
  assert.equal(await hasty.askForLease(), undefined);
});

test('the lease is kept as long as the gateway says, whether or not it answers, until another agent has it', async () => {
  statuses = [200, 503, 200, 409];
  await new Promise<void>(lost => gateway.keepLease(lost));

  assert.deepEqual(
    asked.map(({ body }) => body.renews),
    [true, true, true, true],
  );
});

test('a lease that was let go is not renewed, and not lost', async () => {
  statuses = [409];
  gateway.keepLease(() => assert.fail('lost'))();
  await new Promise(resolve => setTimeout(resolve, 50));

  assert.ok(asked.length <= 1);
});

test('a handoff and a tool are asked for again, each as the same one', async () => {
  statuses = [0, 503, 200];
  assert.deepEqual(await gateway.handoff({ queue: 'q' }), { validSeconds: 4, renewSeconds: 0.01, status: 'queued' });
  statuses = [503, 200];
  await gateway.useTool('search', { day: 1 }, 'id_1');

  assert.deepEqual(
    asked.slice(-2).map(({ path, body }) => [path, body.toolCallId, body.arguments]),
    Array(2).fill(['/tools/search', 'id_1', { day: 1 }]),
  );
});

test('a problem goes by the name that the gateway gives it', async () => {
  statuses = [409];
  assert.deepEqual(await gateway.handoff({ queue: 'q' }), { problem: 'agent-lease-taken' });
  statuses = [0];
  assert.deepEqual(await hasty.handoff({ queue: 'q' }), { problem: 'no-answer' });
});

test('a job that the gateway did not send asks nobody and may speak', async () => {
  for (const metadata of ['', 'no JSON', 'null', '[]', '{"their":"own"}']) {
    const own = new Gateway({ id: 'AJ_1', metadata }, 'http://127.0.0.1:9', async () => 'token');
    own.keepLease(() => assert.fail('lost'))();

    assert.equal(await own.askForLease(), Number.POSITIVE_INFINITY);
    assert.equal(await own.done(), false);
    assert.deepEqual(await own.handoff(), { problem: 'not-sent-by-the-gateway' });
  }
});

test('the patience is that of docs/agents.md: ten seconds, asked once a second', () => {
  assert.deepEqual([defaultPatience.lease, defaultPatience.pause], [10_000, 1000]);
});
