// The gateway's API, as the console uses it.

const root = new URL('.', location.href);
const stored = 'voicefunctions-key';
const poll = 3000;

/** The pauses after a stream that broke off: short at first, because a gateway is often back within a second. */
const pauses = [300, 700, 1500, 3000];

/** A refusal of the gateway, or no answer at all. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The key or token of this tab: from the address, which forgets it, from the page itself, or from before. */
export function findKey() {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given) {
    history.replaceState(null, '', location.pathname + location.search);
  }

  return given || document.querySelector('meta[name=console-key]').content || sessionStorage.getItem(stored) || '';
}

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

export const keepKey = key => sessionStorage.setItem(stored, key);
export const dropKey = () => sessionStorage.removeItem(stored);

export class Api {
  #credential;

  /** An access token has two dots in it, and a key has not. */
  constructor(key) {
    this.#credential = key.split('.').length === 3 ? { Authorization: `Bearer ${key}` } : { 'X-Diagnostics-Key': key };
  }

  get(path) {
    return this.#ask(path, {});
  }

  post(path, body) {
    return this.#ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  }

  /**
   * Tells how the calls that go on stand, each time that it has changed: as events where the host sends them, and by asking where not.
   * @param {(calls: object) => void} told
   * @param {(state: 'live' | 'polling' | 'away' | 'refused') => void} link
   */
  async watch(told, link) {
    for (let lost = 0; ;) {
      try {
        await this.#listen(calls => {
          lost = 0;
          link('live');
          told(calls);
        });
      } catch (error) {
        if (error.status === 401 || error.status === 403) {
          link('refused');
          return;
        }

        if (error.status === 404) {
          await this.#pollOnce(told, link);
          await pause(poll);
          continue;
        }

        link('away');
      }

      await pause(pauses[Math.min(lost++, pauses.length - 1)]);
    }
  }

  async #listen(told) {
    const response = await this.#fetch('console/stream', {});
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }

      const parts = (rest + value).split('\n\n');
      rest = parts.pop();
      parts.filter(part => part.startsWith('data: ')).forEach(part => told(JSON.parse(part.slice('data: '.length))));
    }
  }

  async #pollOnce(told, link) {
    try {
      told(await this.get('console/calls'));
      link('polling');
    } catch {
      link('away');
    }
  }

  async #ask(path, options) {
    return (await this.#fetch(path, options)).json();
  }

  async #fetch(path, options) {
    let response;
    try {
      response = await fetch(new URL(path, root), { ...options, headers: { ...options.headers, ...this.#credential } });
    } catch {
      throw new ApiError(0, 'The gateway does not answer.');
    }

    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      throw new ApiError(response.status, problem.detail ?? problem.title ?? `The gateway answered ${response.status}.`);
    }

    return response;
  }
}
