// That the queries ask for what is emitted: metrics, tables and the routes' names.
import fs from 'node:fs';
import { metrics } from '../known.mjs';
import { files, routes } from '../repository.mjs';

const tables = new Set(['AppMetrics', 'AppRequests', 'AppDependencies']);
const code = files('src', '.cs').map(file => fs.readFileSync(file, 'utf8')).join('\n');
const emitted = new Set([...metrics].filter(name => code.includes(`"${name}"`)));
const found = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([match]) => match))];

export function queriesNameWhatIsEmitted({ text }) {
  const names = found(text, /\bvoicefunctions(\.[a-z]+)+/g);
  return [
    ...names.filter(name => !metrics.has(name)).map(name => `${name} is no metric`),
    ...names.filter(name => metrics.has(name) && emitted.size > 0 && !emitted.has(name)).map(name => `${name} is not emitted by the code`),
    ...found(text, /\bApp[A-Z]\w+/g).filter(name => !tables.has(name)).map(name => `${name} is no table that is filled`),
  ];
}

export const queriesNameRealRoutes = ({ text }) => [
  ...found(text, /\b(twilio|livekit)\/[a-z-]+/g).filter(path => ![...routes.values()].includes(path)).map(path => `${path} is no route`),
  ...found(text, /\b(Twilio|LiveKit)[A-Z]\w+/g).filter(name => !routes.has(name)).map(name => `${name} is no route`),
];
