// The list of calls: those that go on, those that ended, and the search.

const $ = id => document.getElementById(id);
const page = 50;

/** Beyond so many calls a search for a number ends. */
const searched = 1000;

export class CallList {
  #api;
  #choose;
  #notice;
  #active = [];
  #ended = [];
  #next = null;
  #chosen = '';

  constructor(api, choose, notice) {
    [this.#api, this.#choose, this.#notice] = [api, choose, notice];
    $('more').addEventListener('click', () => this.loadEnded(this.#next));
    $('search').addEventListener('submit', event => {
      event.preventDefault();
      this.#search($('query').value.trim()).catch(error => this.#notice(error.message));
    });
    $('query').addEventListener('input', () => this.#render());
  }

  /** The calls that go on are others, or stand otherwise. */
  told({ calls }) {
    const gone = this.#active.filter(call => !calls.some(other => other.callId === call.callId));
    this.#active = calls;
    this.#render();
    if (gone.length > 0) {
      this.loadEnded();
    }
  }

  /** A second has passed: times of silence grow. */
  tick() {
    if (this.#active.some(call => call.silentSince)) {
      this.#render();
    }
  }

  async loadEnded(cursor = null) {
    try {
      const got = await this.#api.get(`calls?state=ended&limit=${page}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      this.#ended = cursor ? [...this.#ended, ...got.calls] : got.calls;
      this.#next = got.next ?? null;
      this.#render();
    } catch (error) {
      this.#notice(error.message);
    }
  }

  async #search(text) {
    if (/^[a-z0-9]{26}$/.test(text)) {
      this.#show((await this.#api.get(`calls/${text}`)).callId);
    } else if (text.includes('_')) {
      this.#show((await this.#api.get(`calls?room=${encodeURIComponent(text)}`)).callId);
    } else {
      while (this.#matches(this.#ended).length === 0 && this.#next && this.#ended.length < searched) {
        await this.loadEnded(this.#next);
      }
    }
  }

  #show(callId) {
    this.#chosen = callId;
    this.#choose(callId);
    this.#render();
  }

  #matches(calls) {
    const text = $('query').value.trim().toLowerCase();
    const digits = text.replace(/[^\d]/g, '');
    return calls.filter(call => !text
      || [call.callId, call.room ?? call.roomName, call.from, call.to].some(value => value?.toLowerCase().includes(text))
      || (digits.length >= 3 && [call.from, call.to].some(value => value?.replace(/[^\d]/g, '').includes(digits))));
  }

  #render() {
    const active = new Set(this.#active.map(call => call.callId));
    const shown = this.#matches(this.#ended.filter(call => !active.has(call.callId)));
    const going = this.#matches(this.#active);
    fill($('active'), going, call => this.#item(call, nowWords(call)));
    fill($('ended'), shown, call => this.#item(call, [when(call.createdAt), text(`, ${words(call.endCause ?? call.status)}`)]));
    $('more').hidden = this.#next === null;
    $('list-note').textContent = going.length + shown.length > 0 ? ''
      : $('query').value ? `No such call among the newest ${this.#active.length + this.#ended.length}.`
      : 'No calls yet.';
  }

  #item(call, how) {
    const button = document.createElement('button');
    button.append(line('who', text(`${call.from ?? 'withheld'} → ${call.to ?? '–'}`)), line('how', ...how));
    button.addEventListener('click', () => this.#show(call.callId));
    if (call.callId === this.#chosen) {
      button.setAttribute('aria-current', 'true');
    }

    return button;
  }
}

function nowWords(call) {
  const parts = [text(
    call.endedAt ? 'ended, room still there'
      : call.hasHuman ? 'with a human'
      : call.agents > 0 ? 'with the agent'
      : words(call.status))];
  if (call.silentSince) {
    parts.push(bad(`, silent for ${Math.max(0, Math.round((Date.now() - Date.parse(call.silentSince)) / 1000))} s`));
  }

  if (call.surplusAgents > 0) {
    parts.push(bad(`, ${call.surplusAgents} agent too many`));
  }

  if (call.overdueSince) {
    parts.push(bad(', overdue'));
  }

  return parts;
}

/** Puts the items in anew; the keyboard stays where it is. */
function fill(list, calls, make) {
  const focused = list.contains(document.activeElement) ? document.activeElement.parentElement.dataset.call : null;
  list.replaceChildren(...calls.map(call => {
    const item = document.createElement('li');
    item.dataset.call = call.callId;
    item.append(make(call));
    return item;
  }));
  list.querySelector(`[data-call="${focused}"] button`)?.focus();
}

function when(at) {
  const time = document.createElement('time');
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleString();
  return time;
}

function line(name, ...children) {
  const made = document.createElement('span');
  made.className = name;
  made.append(...children);
  return made;
}

const words = name => name.replaceAll('_', ' ');
const text = content => document.createTextNode(content);
const bad = content => line('bad', text(content));
