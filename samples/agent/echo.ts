// Finds what a caller says in the sound of their line: from the first loud moment until they pause.

export const sampleRate = 8000; // As a phone has it.

const window = sampleRate / 100; // Loudness is judged in steps of 10 ms.
const loud = 500; // The root mean square of a sample from which on it is a voice: about 2 % of the loudest, above the noise of a line.
const lead = 20; // How many quiet steps before the first loud one belong to it: the beginning of a word is soft.
const end = 70; // So many quiet steps are a pause.
const least = 15; // What has fewer loud steps than this is a click or a cough.
const most = 1000; // After ten seconds it is played back, pause or not.

/** Hears a line. Give it the sound as it comes; it gives back what was said once the speaker pauses. */
export class Ear {
  #rest = new Int16Array();
  #heard: Int16Array[] = [];
  #loud = 0;
  #quiet = 0;

  /** Takes sound, and gives what was said if it is over with this. */
  hear(sound: Int16Array): Int16Array | undefined {
    const all = joined([this.#rest, sound]);
    let at = 0;
    let said: Int16Array | undefined;
    for (; at + window <= all.length; at += window) said = this.#step(all.slice(at, at + window)) ?? said;
    this.#rest = all.slice(at);
    return said;
  }

  /** Forgets what it has heard: for the time in which the agent itself speaks. */
  forget(): void {
    this.#rest = new Int16Array();
    this.#heard = [];
    this.#loud = this.#quiet = 0;
  }

  #step(step: Int16Array): Int16Array | undefined {
    const isLoud = loudness(step) >= loud;
    this.#heard.push(step);
    this.#loud += isLoud ? 1 : 0;
    this.#quiet = isLoud ? 0 : this.#quiet + 1;
    if (this.#loud === 0) {
      this.#heard = this.#heard.slice(-lead);
      return undefined;
    }

    if (this.#quiet < end && this.#heard.length < most) return undefined;
    const said = this.#loud < least ? undefined : joined(this.#heard);
    this.forget();
    return said;
  }
}

export const loudness = (sound: Int16Array) => Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length);

export function joined(parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
