// What is put together from the SDK's own parts, without a room.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AudioSource, dispose, type Room, RoomEvent } from '@livekit/rtc-node';
import { backendTools } from '../conversation.ts';
import { sampleRate } from '../echo.ts';
import { Gateway } from '../gateway.ts';
import { answered } from '../phone.ts';
import { mouthOf } from '../room.ts';

after(dispose);

const sound = (seconds: number) => new Int16Array(seconds * sampleRate);
const sent = (more: object) => JSON.stringify({ callId: 'c1', fence: 'f', epoch: 1, ...more });

test('sounds are played one after the other, each as long as it is', async () => {
  const source = new AudioSource(sampleRate, 1);
  const mouth = mouthOf(source);
  const begun = performance.now();
  await Promise.all([mouth.play(sound(0.2)), mouth.play(sound(0.2))]);

  assert.ok(performance.now() - begun > 300, `${performance.now() - begun} ms`);
  await source.close();
});

test('a hush stops what is played and what waits', async () => {
  const source = new AudioSource(sampleRate, 1);
  const mouth = mouthOf(source);
  const begun = performance.now();
  const playing = Promise.all([mouth.play(sound(30)), mouth.play(sound(30))]);
  await new Promise(resolve => setTimeout(resolve, 100));
  mouth.hush();
  await playing;

  assert.ok(performance.now() - begun < 5000, `${performance.now() - begun} ms`);
  await source.close();
});

test("the language model is given the route's tools as the gateway's configuration describes them", async () => {
  const file = fileURLToPath(new URL('../../golf-tools.json', import.meta.url));
  const gateway = (tools: string[]) => new Gateway({ id: 'AJ_1', metadata: sent({ agent: { name: 'a', tools } }) }, '', async () => '');

  const described = JSON.parse(await readFile(file, 'utf8')).backends[0].tools[0];
  const [tool, ...more] = await backendTools(gateway(['searchTeeTimes', 'notThere']), file);
  assert.equal(more.length, 0);
  assert.equal(tool?.description, 'Finds free tee times of a day.');
  assert.deepEqual((tool as { parameters?: unknown } | undefined)?.parameters, described.arguments);
  assert.deepEqual(await backendTools(gateway([]), file), []);
  assert.deepEqual(await backendTools(gateway(['searchTeeTimes']), undefined), []);
});

test('in a call that we make it waits until the phone is answered; in others it does not', async () => {
  const attributes: Record<string, string> = { 'sip.callStatus': 'ringing' };
  const room = Object.assign(new EventEmitter(), { remoteParticipants: new Map([['callee', { attributes }]]) });
  const waitsFor = (direction: string) =>
    answered(room as unknown as Room, new Gateway({ id: 'AJ_1', metadata: sent({ direction }) }, '', async () => '').sent);
  await waitsFor('inbound');

  let isAnswered = false;
  const waiting = waitsFor('outbound').then(() => {
    isAnswered = true;
  });
  room.emit(RoomEvent.ParticipantAttributesChanged);
  await new Promise(setImmediate);
  assert.equal(isAnswered, false);
  attributes['sip.callStatus'] = 'active';
  room.emit(RoomEvent.ParticipantAttributesChanged);
  await waiting;
  assert.equal(room.listenerCount(RoomEvent.ParticipantAttributesChanged), 0);
});
