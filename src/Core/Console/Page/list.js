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
  #count = 0;
  #others = [];
  #nextOther = null;
  #ended = [];
  #next = null;
  #chosen = '';

  constructor(api, choose, notice) {
    [this.#api, this.#choose, this.#notice] = [api, choose, notice];
    $('more').addEventListener('click', () => this.loadEnded(this.#next));
    $('more-active').addEventListener('click', () => this.#loadOthers());
    $('search').addEventListener('submit', event => {
      event.preventDefault();
      this.#search($('query').value.trim()).catch(error => this.#notice(error.message));
    });
    $('query').addEventListener('input', () => this.#render());
  }

  /** The calls that go on are others, or stand otherwise. */
  told({ calls, count }) {
    const gone = this.#active.filter(call => !calls.some(other => other.callId === call.callId));
    [this.#active, this.#count] = [calls, count];
    if (count === calls.length) {
      [this.#others, this.#nextOther] = [[], null];
    }

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

  /** Running calls that are older than those that are told, a page at a time. They are shown as they stood at that moment. */
  async #loadOthers() {
    try {
      do {
        const after = this.#nextOther ? `&cursor=${encodeURIComponent(this.#nextOther)}` : '';
        const got = await this.#api.get(`calls?state=active&limit=${page}${after}`);
        this.#others = this.#nextOther ? [...this.#others, ...got.calls] : got.calls;
        this.#nextOther = got.next ?? null;
      } while (this.#nextOther && this.#older().length === 0);
    } catch (error) {
      this.#nextOther = null;
      this.#notice(error.message);
    }

    this.#render();
  }

  /** Those of the others that are not told, and have not ended since. */
  #older() {
    const shown = new Set([...this.#active, ...this.#ended].map(call => call.callId));
    return this.#others.filter(call => !shown.has(call.callId));
  }

  /** Whether there are running calls that are neither told nor loaded. */
  get #hasOlder() {
    return this.#count > this.#active.length && (this.#others.length === 0 || this.#nextOther !== null);
  }

  async #search(text) {
    if (/^[a-z0-9]{26}$/.test(text)) {
      this.#show((await this.#api.get(`calls/${text}`)).callId);
    } else if (text.includes('_')) {
      this.#show((await this.#api.get(`calls?room=${encodeURIComponent(text)}`)).callId);
    } else {
      const isFound = () => this.#matches([...this.#active, ...this.#others, ...this.#ended]).length > 0;
      for (let more = this.#hasOlder; !isFound() && more && this.#others.length < searched; more = this.#nextOther !== null) {
        await this.#loadOthers();
      }

      while (!isFound() && this.#next && this.#ended.length < searched) {
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
    const older = this.#matches(this.#older());
    fill($('active'), [...going, ...older], call => this.#item(call, call.createdAt ? [text(words(call.status))] : nowWords(call)));
    $('more-active').hidden = !this.#hasOlder;
    $('active-note').textContent = this.#count > this.#active.length
      ? `The newest ${this.#active.length} of ${this.#count} running calls are watched.` : '';
    fill($('ended'), shown, call => this.#item(call, [when(call.createdAt), text(`, ${words(call.endCause ?? call.status)}`)]));
    $('more').hidden = this.#next === null;
    $('list-note').textContent = going.length + older.length + shown.length > 0 ? ''
      : $('query').value ? `No such call among the newest ${this.#active.length + this.#older().length + this.#ended.length}.`
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
    parts.push(bad(', room overdue'));
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
