import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soundOf } from '../clips.ts';
import { Ear, joined, loudness, sampleRate } from '../echo.ts';

const quiet = (seconds: number) => new Int16Array(Math.round(seconds * sampleRate)).map((_, at) => (at % 7) * 10 - 30);
const tone = (seconds: number) => quiet(seconds).map((_, at) => Math.round(8000 * Math.sin(at / 3)));

/** What an ear gives back of a sound that comes in pieces of this many samples. */
function heard(sound: Int16Array, piece = 160): Int16Array[] {
  const ear = new Ear();
  const said: Int16Array[] = [];
  for (let at = 0; at < sound.length; at += piece) said.push(...[ear.hear(sound.slice(at, at + piece))].filter(one => one !== undefined));
  return said;
}

test('what was said comes back once the speaker pauses, with the soft beginning of the word', () => {
  const [said, ...more] = heard(joined([quiet(1), tone(0.5), quiet(1)]));

  assert.equal(more.length, 0);
  assert.ok(said);
  assert.equal(said.length / sampleRate, 0.2 + 0.5 + 0.7);
  assert.ok(loudness(said.slice(0.2 * sampleRate, 0.7 * sampleRate)) > 5000);
});

test('a short pause belongs to the sentence', () => {
  assert.equal(heard(joined([tone(0.5), quiet(0.5), tone(0.5), quiet(1)])).length, 1);
  assert.equal(heard(joined([tone(0.5), quiet(0.8), tone(0.5), quiet(1)])).length, 2);
});

test('noise of the line and a click are nothing that was said', () => {
  assert.deepEqual(heard(quiet(20)), []);
  assert.deepEqual(heard(joined([quiet(1), tone(0.05), quiet(2)])), []);
});

test('whoever never pauses is repeated after ten seconds', () => {
  assert.deepEqual(
    heard(tone(25)).map(said => said.length / sampleRate),
    [10, 10],
  );
});

test('it makes no difference in which pieces the sound comes', () => {
  const sound = joined([quiet(0.5), tone(0.6), quiet(1)]);

  for (const piece of [1, 79, 80, 441, sound.length]) assert.deepEqual(heard(sound, piece), heard(sound, 160), `${piece}`);
});

test('what the agent itself says is forgotten', () => {
  const ear = new Ear();
  ear.hear(tone(1));
  ear.forget();

  assert.equal(ear.hear(quiet(2)), undefined);
});

test('the words of a person are heard: those of the clips', async () => {
  assert.equal(heard(joined([quiet(0.3), await soundOf('it-is', '3', '40', '2', 'p-m'), quiet(1)])).length, 1);
});
