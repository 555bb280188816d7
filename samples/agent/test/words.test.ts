import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { samplesOf, soundOf } from '../clips.ts';
import { wordsOfNumber, wordsOfTime } from '../clock.ts';
import { sampleRate } from '../echo.ts';

const at = (hour: number, minute: number) => wordsOfTime(new Date(2026, 0, 1, hour, minute)).join(' ');

test('the time is said as people say it', () => {
  assert.equal(at(0, 0), 'it-is 12 oclock a-m');
  assert.equal(at(9, 5), 'it-is 9 oh 5 a-m');
  assert.equal(at(12, 20), 'it-is 12 20 p-m');
  assert.equal(at(15, 42), 'it-is 3 40 2 p-m');
  assert.equal(at(23, 59), 'it-is 11 50 9 p-m');
});

test('every minute of a day, and every number of free times, has its clips', async () => {
  const words = new Set(Array.from({ length: 60 }, (_, number) => wordsOfNumber(number)).flat());
  for (let minute = 0; minute < 1440; minute++) for (const word of wordsOfTime(new Date(2026, 0, 1, 0, minute))) words.add(word);

  for (const word of words) assert.ok((await soundOf(word)).length > 0.2 * sampleRate, word);
});

test('every line of words.txt has a clip that can be played, and every clip has its line', async () => {
  const folder = new URL('../../voice/', import.meta.url);
  const lines = readFileSync(new URL('words.txt', folder), 'utf8').trim().split('\n');
  const clips = readdirSync(folder).filter(name => name.endsWith('.wav'));

  assert.deepEqual(clips.sort(), lines.map(line => `${line.split('|')[0]}.wav`).sort());
  for (const line of lines) await soundOf(line.split('|')[0] ?? '');
});

test('clips follow one another', async () => {
  assert.equal((await soundOf('it-is', '3')).length, (await soundOf('it-is')).length + (await soundOf('3')).length);
});

test('a recording of another kind is refused by its name', () => {
  const clip = readFileSync(new URL('../../voice/oh.wav', import.meta.url));
  const stereo = Buffer.from(clip);
  stereo.writeUInt16LE(2, 22);

  assert.throws(() => samplesOf(stereo, 'mine'), /mine must be a WAV file: one channel, 16 bit, 8000 samples a second/);
  assert.throws(() => samplesOf(clip.subarray(0, 36), 'cut'), /cut must be a WAV file/);
});
