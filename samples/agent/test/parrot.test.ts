import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { soundOf } from '../clips.ts';
import { joined, sampleRate } from '../echo.ts';
import type { Answer, Handoff, ToolAnswer, Wish } from '../gateway.ts';
import { Parrot } from '../parrot.ts';

const noon = new Date(2026, 4, 1, 12, 0);
const tone = new Int16Array(sampleRate).map((_, at) => Math.round(8000 * Math.sin(at / 3)));
const quiet = new Int16Array(sampleRate);

let played: Int16Array[];
let asked: string[];
let tool: Answer<ToolAnswer>;
let handoffs: Answer<Handoff>[];
let hushes: number;
let parrot: Parrot;
let play: () => Promise<void>;

beforeEach(() => {
  played = [];
  asked = [];
  tool = { outcome: 'done', result: { teeTimes: [{}, {}, {}] } };
  handoffs = [];
  hushes = 0;
  play = async () => {};
  const mouth = {
    play: (sound: Int16Array) => {
      played.push(sound);
      return play();
    },
    hush: () => void hushes++,
  };
  const gateway = {
    done: async () => asked.push('done') > 0,
    handoff: async (wish: Wish = {}) => {
      asked.push(`handoff ${wish.queue ?? ''}`);
      return handoffs.shift() ?? { problem: 'no-answer' };
    },
    useTool: async (name: string, args: unknown, id: string) => {
      asked.push(`${name} ${JSON.stringify(args)} ${id}`);
      return tool;
    },
  };
  const leave = () => void asked.push('leaves');
  parrot = new Parrot(mouth, { gateway, queue: 'support', leave, now: () => noon, newId: () => 'one', askEvery: 1 });
});

const assertSays = async (...sentences: string[][]) =>
  assert.deepEqual(
    played.map(sound => sound.length),
    (await Promise.all(sentences.map(words => soundOf(...words)))).map(sound => sound.length),
  );

test('it greets with the time and says what one can do', async () => {
  await parrot.greet();

  await assertSays(['greeting', 'it-is', '12', 'oclock', 'p-m', 'menu']);
});

test('it says again what was said', async () => {
  await parrot.hear(tone);
  await parrot.hear(quiet);

  assert.equal(played.length, 1);
  assert.deepEqual(played[0]?.slice(0, sampleRate), tone);
});

test('it does not repeat itself: while it speaks it is deaf', async () => {
  let heardOut = () => {};
  play = () =>
    new Promise(resolve => {
      heardOut = resolve;
    });
  const pressed = parrot.press('1');
  while (played.length === 0) await new Promise(setImmediate);
  await parrot.hear(joined([tone, quiet]));
  heardOut();
  await pressed;
  await parrot.hear(quiet);

  assert.equal(played.length, 1);
});

test('key 1 is the time, at once', async () => {
  await parrot.press('1');

  await assertSays(['it-is', '12', 'oclock', 'p-m']);
  assert.equal(hushes, 1);
});

test('key 2 uses a tool and says what came of it', async () => {
  await parrot.press('2');

  assert.deepEqual(asked, [`searchTeeTimes {"date":"${noon.toISOString().slice(0, 10)}","players":2} one`]);
  await assertSays(['i-found', '3', 'free-times']);
});

test('a tool that does not serve, or is not there, is an apology', async () => {
  tool = { outcome: 'timed_out', say: 'I am sorry.' };
  await parrot.press('2');
  tool = { problem: 'unknown-tool' };
  await parrot.press('2');

  await assertSays(['sorry'], ['sorry']);
});

test('key 0 calls a human, asks until one has come, and then says nothing more', async () => {
  handoffs = [{ status: 'queued' }, { status: 'ringing' }, { status: 'connected' }];
  await parrot.press('0');

  assert.deepEqual(asked, ['handoff support', 'handoff ', 'handoff ']);
  await assertSays(['one-moment']);
});

test('where no human comes it says so, and one may ask again', async () => {
  handoffs = [{ status: 'ringing' }, { status: 'failed' }, { problem: 'unknown-queue' }];
  await parrot.press('0');
  await parrot.press('0');

  await assertSays(['one-moment'], ['nobody'], ['nobody']);
});

test('whoever presses 0 twice is put through once', async () => {
  handoffs = [{ status: 'queued' }, { status: 'connected' }];
  await Promise.all([parrot.press('0'), parrot.press('0')]);

  assert.deepEqual(asked, ['handoff support', 'handoff ']);
});

test('hash ends the call: goodbye, done, and then it leaves', async () => {
  await parrot.press('#');

  await assertSays(['goodbye']);
  assert.deepEqual(asked, ['done', 'leaves']);
});

test('other keys do nothing', async () => {
  await parrot.press('7');

  assert.deepEqual([played, asked], [[], []]);
});
