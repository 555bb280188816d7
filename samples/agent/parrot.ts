// What the agent does without any AI: it says what its caller said, and what they want by a key of their phone.
import { soundOf } from './clips.ts';
import { wordsOfNumber, wordsOfTime } from './clock.ts';
import { Ear } from './echo.ts';
import type { Gateway } from './gateway.ts';

/** Makes sound in the room. */
export interface Mouth {
  /** Plays a sound and waits until it was heard, or hushed. */
  play(sound: Int16Array): Promise<void>;
  /** Stops what is being played. */
  hush(): void;
}

/** Where things are done that are not of the room. */
export interface Line {
  gateway: Pick<Gateway, 'done' | 'handoff' | 'useTool'>;
  queue: string;
  /** Shuts the job down. */
  leave(): void;
  now(): Date;
  newId(): string;
  /** How often it asks whether a human has come, in milliseconds. */
  askEvery: number;
}

export class Parrot {
  readonly #mouth: Mouth;
  readonly #line: Line;
  readonly #ear = new Ear();
  #speaking = 0;
  #asksForHuman = false;

  constructor(mouth: Mouth, line: Line) {
    this.#mouth = mouth;
    this.#line = line;
  }

  async greet(): Promise<void> {
    await this.#say('greeting', ...wordsOfTime(this.#line.now()), 'menu');
  }

  /** Hears a piece of the caller's sound. While it speaks it is deaf, so that it never repeats itself. */
  async hear(sound: Int16Array): Promise<void> {
    if (this.#speaking > 0) return this.#ear.forget();
    const said = this.#ear.hear(sound);
    if (said) await this.#play(said);
  }

  /** Does what a key stands for. */
  async press(key: string): Promise<void> {
    this.#mouth.hush();
    if (key === '1') await this.#say(...wordsOfTime(this.#line.now()));
    if (key === '2') await this.#sayTeeTimes();
    if (key === '0') await this.#callHuman();
    if (key === '#') await this.#end();
  }

  /** A tool of samples/golf-tools.json, as an example of one. */
  async #sayTeeTimes(): Promise<void> {
    const date = this.#line.now().toISOString().slice(0, 10);
    const answer = await this.#line.gateway.useTool('searchTeeTimes', { date, players: 2 }, this.#line.newId());
    if ('outcome' in answer && answer.outcome === 'done') {
      const { teeTimes } = answer.result as { teeTimes: unknown[] };
      await this.#say('i-found', ...wordsOfNumber(teeTimes.length), 'free-times');
    } else {
      await this.#say('sorry'); // An agent with a voice of its own says `answer.say`.
    }
  }

  /** Wants a human. Once they are there, the gateway takes this agent out of the room: then there is nothing left to say. */
  async #callHuman(): Promise<void> {
    if (this.#asksForHuman) return;
    this.#asksForHuman = true;
    try {
      let answer = await this.#line.gateway.handoff({
        queue: this.#line.queue,
        reason: 'customer_request',
        context: { intents: ['key 0'] },
      });
      if ('status' in answer && answer.status !== 'failed') await this.#say('one-moment');
      while ('status' in answer && ['queued', 'ringing', 'transferring'].includes(answer.status)) {
        await new Promise(resolve => setTimeout(resolve, this.#line.askEvery));
        answer = await this.#line.gateway.handoff();
      }
      if ('problem' in answer || answer.status === 'failed') await this.#say('nobody');
    } finally {
      this.#asksForHuman = false;
    }
  }

  async #end(): Promise<void> {
    await this.#say('goodbye');
    await this.#line.gateway.done();
    this.#line.leave();
  }

  async #say(...clips: string[]): Promise<void> {
    await this.#play(await soundOf(...clips));
  }

  async #play(sound: Int16Array): Promise<void> {
    this.#speaking++;
    try {
      await this.#mouth.play(sound);
    } finally {
      this.#speaking--;
    }
  }
}
