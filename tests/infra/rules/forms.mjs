// That GitHub shows the forms for issues, and that the form for faults asks for what helps and warns of what must not be shown.
import { parse } from 'yaml';

const isConfig = name => name.endsWith('config.yml');
const fields = text => parse(text).body ?? [];
const kinds = ['markdown', 'textarea', 'input', 'dropdown', 'checkboxes'];

/** By GitHub's syntax of issue forms; a form with a fault in it is not shown, and nobody is told. */
export function formsAreSound({ name, text }) {
  const form = parse(text);
  if (isConfig(name)) {
    const links = form.contact_links ?? [];
    return [
      ...(typeof form.blank_issues_enabled === 'boolean' ? [] : ['blank_issues_enabled is not said']),
      ...links.filter(({ name: title, url, about }) => !title || !about || !/^https:\/\/\S+$/.test(url)).map(({ name: title }) => `the link ${title} is not whole`),
    ];
  }

  const body = fields(text);
  const ids = body.flatMap(({ id }) => id ?? []);
  return [
    ...['name', 'description'].filter(key => typeof form[key] !== 'string' || form[key] === '').map(key => `there is no ${key}`),
    ...(body.some(({ type }) => type !== 'markdown') ? [] : ['nothing is asked']),
    ...body.filter(({ type }) => !kinds.includes(type)).map(({ type }) => `${type} is no kind of field`),
    ...body.filter(({ type, attributes }) => type !== 'markdown' && !attributes?.label).map(({ id }) => `${id} has no label`),
    ...body.filter(({ type, attributes }) => ['dropdown', 'checkboxes'].includes(type) && !attributes?.options?.length).map(({ id }) => `${id} has no options`),
    ...body.filter(({ type, id }) => type !== 'markdown' && !/^[\w-]+$/.test(id ?? '')).map(({ id }) => `${id} is no id`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map(id => `there are two fields ${id}`),
  ];
}

/** Whoever reports a fault is asked for what the gateway says of itself, and told that a proof's rows hold personal data. */
export function faultsAreReportedWithoutPersonalData({ name, text }) {
  if (!name.endsWith('bug.yml')) return [];
  const said = fields(text).map(({ attributes }) => `${attributes.description ?? ''} ${attributes.value ?? ''}`);
  const asks = command => said.find(words => words.includes(command)) ?? '';
  return [
    ...(asks('./run.sh doctor --json') ? [] : ['nobody is asked for the doctor']),
    ...(/hold personal data/.test(asks('./run.sh proof --json')) ? [] : ['nobody is told what a proof holds']),
    ...(fields(text).some(({ type, attributes }) => type === 'checkboxes' && attributes.options.every(({ required }) => required)) ? [] : ['nobody has to look it over']),
  ];
}
