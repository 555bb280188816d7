// The timeline of a call as SVG: a lane for each side, spans, marks, and the silences behind them all.

const svg = 'http://www.w3.org/2000/svg';
const names = { twilio: 'Twilio', livekit: 'LiveKit', people: 'People', agent: 'Agent', gateway: 'Gateway' };
const laneHeight = 36;
const left = 66;
const right = 12;
const top = 6;

export const laneName = lane => names[lane] ?? lane;

/** Seconds since the call began, as 1:02.3. */
export function offset(at, from) {
  const tenths = Math.max(0, Math.round((Date.parse(at) - Date.parse(from)) / 100));
  const seconds = (tenths % 600) / 10;
  return `${Math.floor(tenths / 600)}:${seconds < 10 ? '0' : ''}${seconds.toFixed(1)}`;
}

/** Draws it, and tells of each mark that is chosen. */
export function draw(target, call, chosen, choose) {
  const width = Math.max(target.clientWidth, 320);
  const height = top + call.lanes.length * laneHeight + 22;
  const from = Date.parse(call.from);
  const length = Math.max(Date.parse(call.to) - from, 1000);
  const x = at => left + Math.min(Math.max((Date.parse(at) - from) / length, 0), 1) * (width - left - right);
  const until = span => x(span.to ?? call.to);
  const bar = (span, y, tall, name) => node('rect', {
    x: x(span.from), y, width: Math.max(until(span) - x(span.from), 1.5), height: tall, rx: 2, class: name,
  }, title(`${span.text}, ${offset(span.from, call.from)} to ${span.to ? offset(span.to, call.from) : 'now'}`));

  target.setAttribute('viewBox', `0 0 ${width} ${height}`);
  target.style.height = `${height}px`;
  target.replaceChildren(
    node('defs', {}, hatch()),
    ...call.silences.map(span => bar(span, top, call.lanes.length * laneHeight, 'silence')),
    ...ticks(length).map(second => scale(second, left + (second * 1000 / length) * (width - left - right), height)),
    ...call.lanes.flatMap((lane, number) => {
      const y = top + number * laneHeight;
      return [
        node('text', { x: 0, y: y + 21 }, names[lane.name] ?? lane.name),
        ...lane.spans.map(span => {
          const isHeard = span.text.endsWith('is heard');
          return bar(span, y + (isHeard ? 8 : 11), isHeard ? 18 : 12, `${lane.name} ${isHeard ? 'heard' : 'there'}`);
        }),
        ...lane.marks.map(mark => {
          const dot = node('circle', {
            cx: x(mark.at), cy: y + 17, r: 4.5, class: `mark ${lane.name}${mark === chosen ? ' chosen' : ''}`,
          }, title(`${offset(mark.at, call.from)} ${mark.text}`));
          dot.addEventListener('click', () => choose(mark));
          return dot;
        }),
      ];
    }));
}

function scale(second, x, height) {
  const text = second >= 60 ? `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}` : `${second} s`;
  return node('g', {},
    node('line', { x1: x, x2: x, y1: top, y2: height - 18, class: 'axis' }),
    node('text', { x, y: height - 5, 'text-anchor': 'middle' }, text));
}

/** About eight lines at round seconds. */
function ticks(length) {
  const seconds = length / 1000;
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200].find(each => seconds / each <= 8) ?? 14400;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, number) => number * step);
}

const hatch = () =>
  node('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse' }, node('path', { d: 'M0 6L6 0' }));

const title = text => node('title', {}, text);

function node(name, attributes, ...children) {
  const made = document.createElementNS(svg, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}
