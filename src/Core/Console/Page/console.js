// The console: the calls on the left, one of them on the right, and the promises above.

import { Api, dropKey, findKey, keepKey } from './api.js';
import { CallList } from './list.js';
import { CallView } from './call.js';

const $ = id => document.getElementById(id);

/** After so long in silence a caller counts as left alone: an agent may take a moment. */
const silenceCounts = 5000;

function open(key) {
  const api = new Api(key);
  const view = new CallView(api, notice);
  const list = new CallList(api, callId => view.show(callId), notice);
  $('door').hidden = true;
  $('desk').hidden = false;
  let last = { calls: [], count: 0 };
  api.watch(
    calls => {
      last = calls;
      list.told(calls);
      view.told(calls);
      health(calls);
    },
    state => {
      link(state);
      if (state === 'refused') {
        dropKey();
        door('The gateway does not accept this key.');
      }
    });
  setInterval(() => {
    health(last);
    list.tick();
    view.tick();
  }, 1000);
  list.loadEnded();
  keepKey(key);
}

function door(error) {
  $('desk').hidden = true;
  $('door').hidden = false;
  $('door-error').textContent = error;
  $('key').focus();
}

function health({ calls, count }) {
  const silent = calls.filter(call => call.silentSince && Date.now() - Date.parse(call.silentSince) > silenceCounts).length;
  const surplus = calls.reduce((sum, call) => sum + call.surplusAgents, 0);
  const overdue = calls.filter(call => call.overdueSince).length;
  $('health-calls').textContent = count > calls.length ? count : calls.filter(call => !call.endedAt).length;
  for (const [name, count] of [['silent', silent], ['surplus', surplus], ['overdue', overdue]]) {
    const shown = $(`health-${name}`);
    shown.textContent = count;
    shown.classList.toggle('bad', count > 0);
  }
}

function link(state) {
  const words = { live: 'live', polling: 'updates every 3 s', away: 'no answer, trying again', refused: 'no access' };
  const shown = $('link');
  if (shown.className !== state) {
    [shown.textContent, shown.className] = [words[state], state];
  }
}

let forget;

function notice(text) {
  clearTimeout(forget);
  $('notice').textContent = text;
  forget = setTimeout(() => $('notice').textContent = '', 8000);
}

$('door').addEventListener('submit', event => {
  event.preventDefault();
  open($('key').value.trim());
  $('key').value = '';
});

const key = findKey();
if (key) {
  open(key);
} else {
  link('refused');
  door('');
}
