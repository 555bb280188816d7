// One call: its facts, its timeline and story, its proof, its record, and what can be done to it.

import { draw, laneName, offset } from './timeline.js';

const $ = id => document.getElementById(id);
const look = 2000;

/** What a call that does not go on is among those that do. */
const none = 'null';

export class CallView {
  #api;
  #notice;
  #callId = null;
  #timeline = null;
  #proof = null;
  #chosen = null;
  #seen = none;
  #isOver = false;
  #lookedAt = 0;

  constructor(api, notice) {
    [this.#api, this.#notice] = [api, notice];
    addEventListener('resize', () => this.#draw());
    this.#tabs();
    $('end').addEventListener('click', () => this.#ask('end-dialog', () => this.#end()));
    $('hand-off').addEventListener('click', () => this.#ask('hand-off-dialog', () => this.#handOff()));
  }

  async show(callId) {
    [this.#callId, this.#chosen, this.#proof, this.#timeline] = [callId, null, null, null];
    await this.#load();
    $('nothing').hidden = true;
    $('shown').hidden = false;
    this.#draw();
    $('call').focus({ preventScroll: true });
  }

  /** The calls that go on have changed: the one that is shown is read anew where it is among them, or was. */
  told({ calls }) {
    const mine = JSON.stringify(calls.find(call => call.callId === this.#callId) ?? null);
    if (this.#callId && mine !== this.#seen) {
      this.#seen = mine;
      this.#load();
    }
  }

  /** A second has passed: a call that goes on has grown. */
  tick() {
    if (this.#callId && !(this.#isOver && this.#seen === none) && Date.now() - this.#lookedAt >= look) {
      this.#load();
    }
  }

  async #load() {
    const callId = this.#callId;
    this.#lookedAt = Date.now();
    try {
      const [record, timeline] = await Promise.all([this.#api.get(`calls/${callId}`), this.#api.get(`calls/${callId}/timeline`)]);
      if (callId !== this.#callId) {
        return;
      }

      [this.#timeline, this.#proof, this.#isOver] = [timeline, null, Boolean(record.endedAt)];
      this.#facts(record);
      this.#draw();
      this.#story();
      $('record-text').textContent = JSON.stringify(record, null, 2);
      if (!$('proof').hidden) {
        await this.#showProof();
      }
    } catch (error) {
      this.#notice(error.message);
    }
  }

  #facts(record) {
    $('title').textContent = `${record.from ?? 'withheld'} → ${record.to ?? '–'}`;
    $('end').disabled = $('hand-off').disabled = Boolean(record.endedAt);
    const facts = [
      ['status', record.status.replaceAll('_', ' ')],
      ['cause', record.endCause?.replaceAll('_', ' ')],
      ['began', new Date(record.createdAt).toLocaleString()],
      ['lasted', record.endedAt && offset(record.endedAt, record.createdAt)],
      ['silence', record.silenceSeconds !== undefined ? `${record.silenceSeconds.toFixed(1)} s` : undefined],
      ['handoff', record.handoff && `${record.handoff.mode}, ${record.handoff.status}`],
      ['room', record.roomName],
      ['call', record.callId],
    ];
    $('facts').replaceChildren(...facts.filter(([, value]) => value).map(([name, value]) => pair(name, value)));
  }

  #draw() {
    if (this.#timeline && !$('shown').hidden) {
      draw($('line'), this.#timeline, this.#marks().find(({ mark }) => same(mark, this.#chosen))?.mark, mark => this.#choose(mark));
    }
  }

  #marks() {
    return this.#timeline.lanes
      .flatMap(lane => lane.marks.map(mark => ({ lane: lane.name, mark })))
      .sort((one, other) => Date.parse(one.mark.at) - Date.parse(other.mark.at));
  }

  #story() {
    const focused = $('marks').contains(document.activeElement) ? document.activeElement.dataset.mark : null;
    $('marks').replaceChildren(...this.#marks().map(({ lane, mark }) => {
      const button = document.createElement('button');
      button.dataset.mark = `${mark.id} ${mark.at}`;
      button.append(
        made('time', offset(mark.at, this.#timeline.from)), made('span', laneName(lane), lane), made('span', mark.text, 'words'));
      button.addEventListener('click', () => this.#choose(mark));
      if (same(mark, this.#chosen)) {
        button.setAttribute('aria-current', 'true');
      }

      const item = document.createElement('li');
      item.append(button);
      return item;
    }));
    if (focused) {
      $('marks').querySelector(`[data-mark="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  async #choose(mark) {
    this.#chosen = mark;
    this.#draw();
    this.#story();
    $('marks').querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
    const isStep = /^\d+$/.test(mark.id);
    const detail = document.createElement('dl');
    detail.append(
      pair('what', mark.text),
      pair('when', new Date(mark.at).toISOString()),
      pair(isStep ? 'step' : 'stored as', mark.id),
      ...(isStep || !mark.step ? [] : [pair('first seen in step', String(mark.step))]));
    $('detail').replaceChildren(detail);
    const stored = await this.#stored(mark, isStep);
    if (stored && same(mark, this.#chosen)) {
      $('detail').append(made('pre', stored));
    }
  }

  /** The row of a fact or a step as it is stored; nothing for whoever may not see the proof. */
  async #stored(mark, isStep) {
    try {
      this.#proof ??= await this.#api.get(`calls/${this.#callId}/proof`);
    } catch {
      return null;
    }

    const read = row => {
      try {
        return JSON.parse(row.columns.data);
      } catch {
        return null;
      }
    };
    const row = this.#proof.rows
      .filter(one => one.key.startsWith(isStep ? 'z:s:' : 'e:'))
      .map(read)
      .find(one => one && (isStep ? one.number === Number(mark.id) : one.id === mark.id));
    return row ? JSON.stringify(row, null, 2) : null;
  }

  async #showProof() {
    try {
      this.#proof ??= await this.#api.get(`calls/${this.#callId}/proof`);
      const list = document.createElement('ul');
      list.append(...this.#proof.promises.map(promise => made('li', promise.text, promise.answer)));
      $('proof').replaceChildren(list);
    } catch (error) {
      $('proof').replaceChildren(made('p', error.status === 401 ? 'The proof needs the operator\'s key.' : error.message));
    }
  }

  #tabs() {
    const tabs = ['story', 'proof', 'record'];
    const select = name => {
      for (const each of tabs) {
        $(each).hidden = each !== name;
        $(`tab-${each}`).setAttribute('aria-selected', String(each === name));
        $(`tab-${each}`).tabIndex = each === name ? 0 : -1;
      }

      $(`tab-${name}`).focus();
      if (name === 'proof') {
        this.#showProof();
      }
    };
    tabs.forEach((name, number) => {
      $(`tab-${name}`).addEventListener('click', () => select(name));
      $(`tab-${name}`).addEventListener('keydown', event => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) {
          select(tabs[(number + step + tabs.length) % tabs.length]);
        }
      });
    });
  }

  #ask(dialog, then) {
    $(dialog).returnValue = '';
    $(dialog).addEventListener('close', () => $(dialog).returnValue === 'yes' && then(), { once: true });
    $(dialog).showModal();
  }

  async #end() {
    await this.#do(() => this.#api.post(`calls/${this.#callId}/end`, {}), () => 'The call is being ended.');
  }

  async #handOff() {
    const target = $('target').value.trim();
    await this.#do(
      () => this.#api.post(`calls/${this.#callId}/handoff`, {
        [target.startsWith('+') ? 'to' : 'queue']: target,
        mode: document.querySelector('[name=mode]:checked').value,
        reason: 'operator',
      }),
      answer => `The handoff is ${answer.status}.`);
  }

  async #do(act, words) {
    try {
      this.#notice(words(await act()));
      await this.#load();
    } catch (error) {
      this.#notice(error.message);
    }
  }
}

const same = (mark, other) => other !== null && mark.id === other.id && mark.at === other.at;

function pair(name, value) {
  const made = document.createElement('div');
  made.append(Object.assign(document.createElement('dt'), { textContent: name }));
  made.append(Object.assign(document.createElement('dd'), { textContent: value }));
  return made;
}

function made(name, text, className = '') {
  return Object.assign(document.createElement(name), { textContent: text, className });
}
