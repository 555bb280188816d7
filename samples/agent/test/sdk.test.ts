// What is put together from the SDK's own parts, without a room.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { initializeLogger } from '@livekit/agents';
import { AudioSource, dispose, type Room, RoomEvent } from '@livekit/rtc-node';
import { backendTools, ownTools, sessionOf } from '../conversation.ts';
import { sampleRate } from '../echo.ts';
import { Gateway } from '../gateway.ts';
import { answered } from '../phone.ts';
import { mouthOf } from '../room.ts';

initializeLogger({ pretty: false, level: 'silent' });
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

test('with a key of OpenAI or of LiveKit there is somebody who listens, thinks and speaks', () => {
  process.env.OPENAI_API_KEY = 'sk-of-the-tests';
  process.env.LIVEKIT_API_KEY = process.env.LIVEKIT_API_SECRET = 'of-the-tests';
  const labels = (session: ReturnType<typeof sessionOf>) => [session.stt, session.llm, session.tts].map(one => one?.constructor.name);

  assert.deepEqual(labels(sessionOf('openai')), ['STT', 'LLM', 'TTS']);
  assert.equal((sessionOf('openai', 'gpt-mine').llm as { model?: string }).model, 'gpt-mine');
  assert.deepEqual(labels(sessionOf('livekit')), ['STT', 'LLM', 'TTS']);
});

test('the model ends the call with goodbye and done, and calls a human of the queue', async () => {
  const happened: string[] = [];
  const session = { say: (text: string) => ({ waitForPlayout: async () => void happened.push(text) }) };
  const gateway = {
    done: async () => happened.push('done') > 0,
    handoff: async (wish: { queue?: string } = {}) => ({ status: 'queued' as const, queue: wish.queue }),
  };
  const [endCall, callHuman] = ownTools({ shutdown: () => void happened.push('leaves') }, gateway, session as never, 'support');

  await endCall?.execute({}, {} as never);
  assert.deepEqual(happened, ['Goodbye.', 'done', 'leaves']);
  assert.deepEqual(await callHuman?.execute({}, {} as never), { status: 'queued', queue: 'support' });
});
