// The parrot's mouth and ears: LiveKit's tracks.
import { randomUUID } from 'node:crypto';
import type { JobContext } from '@livekit/agents';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type RemoteTrack,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { sampleRate } from './echo.ts';
import type { Gateway } from './gateway.ts';
import { type Mouth, Parrot } from './parrot.ts';
import { answered } from './phone.ts';

const piece = sampleRate / 50;

/** Publishes the agent's audio, greets, and listens until the room is closed. */
export async function repeat(ctx: JobContext, gateway: Gateway, queue: string): Promise<void> {
  const source = new AudioSource(sampleRate, 1);
  const track = LocalAudioTrack.createAudioTrack('agent', source);
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
  await ctx.room.localParticipant?.publishTrack(track, options);

  const line = { gateway, queue, leave: () => ctx.shutdown('finished'), now: () => new Date(), newId: randomUUID, askEvery: 3000 };
  const parrot = new Parrot(mouthOf(source), line);
  const listen = async (heard: RemoteTrack) => {
    if (heard.kind !== TrackKind.KIND_AUDIO) return;
    for await (const frame of new AudioStream(heard, { sampleRate, numChannels: 1 })) parrot.hear(frame.data);
  };
  ctx.room.on(RoomEvent.TrackSubscribed, listen);
  ctx.room.on(RoomEvent.DtmfReceived, (_, digit) => parrot.press(digit));
  for (const participant of ctx.room.remoteParticipants.values()) {
    for (const publication of participant.trackPublications.values()) if (publication.track) listen(publication.track);
  }

  await answered(ctx.room, gateway.sent);
  await parrot.greet();
}

/** Plays one sound after the other, in pieces, so that it can be hushed. */
export function mouthOf(source: AudioSource): Mouth {
  let last: Promise<void> = Promise.resolve();
  let hushes = 0;
  const play = async (sound: Int16Array, before: number) => {
    for (let at = 0; at < sound.length && hushes === before; at += piece) {
      const part = sound.slice(at, at + piece);
      await source.captureFrame(new AudioFrame(part, sampleRate, 1, part.length));
    }
    if (hushes === before) await source.waitForPlayout();
  };
  return {
    play: sound => {
      const before = hushes;
      last = last.then(() => play(sound, before));
      return last;
    },
    hush: () => {
      hushes++;
      source.clearQueue();
    },
  };
}
