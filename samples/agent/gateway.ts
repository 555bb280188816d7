// The gateway, as the job of an agent sees it. docs/agents.md tells the rules that this keeps. It needs nothing but Node.

/** What of LiveKit's job is needed here. */
export interface Job {
  id: string;
  metadata: string;
}

/** What the gateway gives to the job that it sends, in the job's metadata: of the fields in docs/agents.md those that are used here. */
export interface Sent {
  callId: string;
  fence: string;
  epoch: number;
  direction?: 'inbound' | 'outbound';
  language?: string;
  agent?: { name: string; prompt?: string; greeting?: string; voice?: string; model?: string; tools?: string[] };
}

/** Whom an agent wants for its caller: a queue of the routes, or a number that the route lets it name. */
export interface Wish {
  queue?: string;
  to?: string;
  mode?: 'warm' | 'cold';
  reason?: string;
  context?: Record<string, unknown>;
}

/** What came of it, or of a request that the gateway would not take. `problem` says which of its problems it was. */
export type Answer<T> = T | { problem: string };

export interface Handoff {
  status: 'queued' | 'ringing' | 'connected' | 'transferring' | 'transferred' | 'failed';
  failure?: string;
}

export interface ToolAnswer {
  outcome: 'done' | 'refused' | 'failed' | 'timed_out' | 'unavailable' | 'bad_answer' | 'unknown';
  result?: unknown;
  /** What to say where the tool did not serve. */
  say?: string;
}

/** How long a request may take, how long an unanswered one is repeated, and how long the pause between is: in milliseconds. */
export const defaultPatience = { request: 3000, lease: 10_000, done: 3000, tool: 30_000, pause: 1000 };

export class Gateway {
  readonly sent: Sent | undefined;
  readonly #job: Job;
  readonly #url: string;
  readonly #token: () => Promise<string>;
  readonly #patience: typeof defaultPatience;

  /** @param token makes a token of the job's own, as docs/agents.md describes it */
  constructor(job: Job, url: string, token: () => Promise<string>, patience: Partial<typeof defaultPatience> = {}) {
    this.sent = sentTo(job);
    this.#job = job;
    this.#url = url;
    this.#token = token;
    this.#patience = { ...defaultPatience, ...patience };
  }

  /**
   * Asks whether this job is the one that may speak. undefined: do not join, shut the job down. Otherwise until when (`performance.now()`)
   * the answer holds for a job that is not in the room yet. A job that the gateway did not send has nobody to ask and may speak.
   */
  async askForLease(): Promise<number | undefined> {
    if (!this.sent) return Number.POSITIVE_INFINITY;

    for (const end = performance.now() + this.#patience.lease; ; await this.#pause()) {
      const asked = performance.now();
      const answer = await this.#post('agents/lease', {});
      if (answer?.ok) return asked + ((await answer.json()) as { validSeconds: number }).validSeconds * 1000;
      if (isRefusal(answer)) return undefined;
      if (performance.now() >= end) return undefined; // Nobody decided: leave, so that two never speak.
    }
  }

  /**
   * Renews the lease until the function that it returns is called: a worker that dies is then replaced within seconds. Calls `lost` once
   * if the gateway says that another agent has taken over. No answer changes nothing.
   */
  keepLease(lost: () => void): () => void {
    let keeps = this.sent !== undefined;
    const renew = async () => {
      while (keeps) {
        const answer = await this.#post('agents/lease', { renews: true });
        if (!keeps) return;
        if (isRefusal(answer)) return lost();
        await pause(answer?.ok ? ((await answer.json()) as { renewSeconds: number }).renewSeconds * 1000 : this.#patience.pause);
      }
    };
    renew();
    return () => {
      keeps = false;
    };
  }

  /** Says that the agent has finished, so that the call ends and no other agent is sent. Whether the gateway took it down. */
  async done(): Promise<boolean> {
    const answer = await this.#ask<{ done: boolean }>('agents/done', {}, this.#patience.done);
    return !('problem' in answer);
  }

  /** Wants a human for the caller. Without a wish it asks how the last one stands. It may be repeated: there is one handoff at a time. */
  handoff(wish: Wish = {}): Promise<Answer<Handoff>> {
    return this.#ask('handoff', wish, this.#patience.done);
  }

  /** Uses a tool of the call's tenant. The same `toolCallId` is one use, however often it is asked for. */
  useTool(name: string, args: unknown, toolCallId: string): Promise<Answer<ToolAnswer>> {
    return this.#ask(`tools/${encodeURIComponent(name)}`, { toolCallId, arguments: args }, this.#patience.tool);
  }

  /** Reports what the SDK measured. What does not arrive is missed by nobody. */
  async reportQuality(samples: unknown[]): Promise<void> {
    if (this.sent && samples.length > 0) await this.#post(`calls/${encodeURIComponent(this.sent.callId)}/quality`, { samples });
  }

  /** Asks until there is an answer: no answer, 429 and 5xx are asked again. */
  async #ask<T>(path: string, body: object, patience: number): Promise<Answer<T>> {
    if (!this.sent) return { problem: 'not-sent-by-the-gateway' };

    for (const end = performance.now() + patience; ; await this.#pause()) {
      const answer = await this.#post(path, body);
      if (answer?.ok) return (await answer.json()) as T;
      if (isRefusal(answer) || performance.now() >= end) return { problem: await problemOf(answer) };
    }
  }

  /** undefined where there was no answer. */
  async #post(path: string, body: object): Promise<Response | undefined> {
    const { callId, fence, epoch } = this.sent as Sent;
    try {
      return await fetch(`${this.#url}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await this.#token()}`, 'content-type': 'application/json' },
        body: JSON.stringify({ callId, fence, epoch, job: this.#job.id, ...body }),
        signal: AbortSignal.timeout(path.startsWith('tools/') ? this.#patience.tool : this.#patience.request),
      });
    } catch {
      return undefined;
    }
  }

  #pause(): Promise<void> {
    return pause(this.#patience.pause);
  }
}

/** A gateway's answer that stays so, however often one asks. */
const isRefusal = (answer: Response | undefined) =>
  answer !== undefined && answer.status >= 400 && answer.status < 500 && answer.status !== 429;

/** The name of a problem: the end of its type, such as `agent-lease-taken`. */
async function problemOf(answer: Response | undefined): Promise<string> {
  if (!answer) return 'no-answer';
  try {
    return ((await answer.json()) as { type: string }).type.split(/[:/#]/).at(-1) ?? `${answer.status}`;
  } catch {
    return `${answer.status}`;
  }
}

const pause = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds));

function sentTo(job: Job): Sent | undefined {
  try {
    const sent = JSON.parse(job.metadata) as Partial<Sent> | null;
    return sent?.fence ? (sent as Sent) : undefined;
  } catch {
    return undefined;
  }
}
