// Plants a fault: in its file, the one place that reads `from` becomes `to`.
import fs from 'node:fs';
import path from 'node:path';
import { words } from './report.mjs';

export function plant({ file, from, to, more = '' }, folder) {
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  const places = text.split(from).length - 1;
  if (places !== 1) throw new Error(`${file} reads '${from.trim()}' ${places} times and not once: the fault cannot be planted`);
  return text.replace(from, () => to) + more;
}

export const write = (fault, folder) => fs.writeFileSync(path.join(folder, fault.file), plant(fault, folder));

/** What stands in the place of planted faults while the files have faults of their own, which every one of them would meet. */
export const unsound = results =>
  results.every(([, problems]) => problems.length === 0) ? [] : [['faults are planted', ['not before the files themselves are sound']]];

export const titleOf = ({ rule, rules = [rule], title }) =>
  `${rules.map(words).join(' and ')}: a planted fault is caught${title ? ` (${title})` : ''}`;

/** The rules for which no fault is planted. */
export function unshown({ rules, faults }) {
  const shown = new Set(faults.flatMap(({ rule, rules: several = [rule] }) => several));
  return [`every rule has a planted fault (${Object.keys(rules).length} rules)`, Object.keys(rules).filter(name => !shown.has(name))];
}

/** What is wrong with how a fault was caught: just the rules that it names must find it. */
export async function problemsOfCatch({ rule, rules = [rule] }, all, subject) {
  const caught = [];
  for (const [name, check] of Object.entries(all)) {
    if ((await check(subject)).length > 0) caught.push(name);
  }

  return caught.sort().join() === [...rules].sort().join()
    ? []
    : [`caught by ${caught.join(', ') || 'nothing'} and not by ${rules.join(', ')}`];
}
