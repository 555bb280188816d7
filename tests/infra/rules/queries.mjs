// That the queries are KQL of the right types, and ask for what is emitted: tables, metrics, tags and the routes' names.
import { typeProblems } from '../kusto.mjs';
import { metrics, routes } from '../repository.mjs';

const found = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([match]) => match))];

/** The queries of a .kql file or of the workbook's panels. */
const queriesOf = ({ name, text }) =>
  name.endsWith('.json')
    ? JSON.parse(text)
        .items.filter(({ type }) => type === 3)
        .map(({ name: title, content }) => ({ title: `${title}: `, query: content.query }))
    : [{ title: '', query: text }];

const ofEach = rule => file => queriesOf(file).flatMap(({ title, query }) => rule(query).map(problem => title + problem));

export const queriesAreSound = ofEach(typeProblems);

export const queriesNameWhatIsEmitted = ofEach(query => {
  const names = found(query, /\bvoicefunctions(\.[a-z]+)+/g);
  const tags = names.flatMap(name => metrics.get(name) ?? []);
  return [
    ...names.filter(name => !metrics.has(name)).map(name => `${name} is no metric`),
    ...(names.length === 0
      ? []
      : found(query, /(?<=\bProperties\.)\w+/g)
          .filter(tag => !tags.includes(tag))
          .map(tag => `${tag} is no tag of ${names.join(', ')}`)),
  ];
});

export const queriesNameRealRoutes = ofEach(query => [
  ...found(query, /\b(twilio|livekit)\/[a-z-]+/g)
    .filter(path => ![...routes.values()].includes(path))
    .map(path => `${path} is no route`),
  ...found(query, /\b(Twilio|LiveKit)[A-Z]\w+/g)
    .filter(name => !routes.has(name))
    .map(name => `${name} is no route`),
]);
