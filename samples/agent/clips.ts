// The words that this agent can say without any service: recordings in samples/voice.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { joined, sampleRate } from './echo.ts';

const folder = new URL('../voice/', import.meta.url);

/** The sound of these clips, one after the other. */
export async function soundOf(...clips: string[]): Promise<Int16Array> {
  return joined(await Promise.all(clips.map(async clip => samplesOf(await readFile(fileURLToPath(new URL(`${clip}.wav`, folder))), clip))));
}

/** The samples of a WAV file. */
export function samplesOf(wav: Buffer, name: string): Int16Array {
  for (let at = 12; at + 8 <= wav.length; at += 8 + wav.readUInt32LE(at + 4)) {
    const kind = wav.toString('latin1', at, at + 4);
    if (kind === 'fmt ' && (wav.readUInt16LE(at + 8) !== 1 || wav.readUInt16LE(at + 10) !== 1 || wav.readUInt16LE(at + 22) !== 16)) break;
    if (kind === 'fmt ' && wav.readUInt32LE(at + 12) !== sampleRate) break;
    if (kind === 'data')
      return new Int16Array(wav.buffer.slice(wav.byteOffset + at + 8, wav.byteOffset + at + 8 + wav.readUInt32LE(at + 4)));
  }
  throw new Error(`${name} must be a WAV file: one channel, 16 bit, ${sampleRate} samples a second`);
}
