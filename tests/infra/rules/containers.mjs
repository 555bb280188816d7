// That the image, the services beside it and the dev container are what was read, open to this machine alone, and hold no secret.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { settings } from '../repository.mjs';

const require = createRequire(import.meta.url);
const { validate } = require('dockerfile-utils');
const { DCLinter } = require('dclint');

const isDockerfile = name => path.basename(name) === 'Dockerfile';
const isCompose = name => path.basename(name) === 'compose.yaml';
const services = text => Object.entries(parse(text).services ?? {});

/** The instructions of a Dockerfile, a continued line as one, without comments. */
const instructions = text =>
  text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => [line.trim().split(/\s+/)[0].toUpperCase(), line.trim().replace(/^\S+\s*/, '')]);
const lastStage = text => {
  const all = instructions(text);
  return all.slice(all.findLastIndex(([word]) => word === 'FROM'));
};

/** What the linter of Docker's language server says. */
export const dockerfileIsSound = ({ name, text }) => (isDockerfile(name) ? validate(text).map(({ message }) => message) : []);

/** What dclint says, which knows the schema of compose files and good practice. It reads files alone. */
export function composeIsSound({ name, text }) {
  if (!isCompose(name)) return [];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'compose-'));
  try {
    const file = path.join(folder, 'compose.yaml');
    fs.writeFileSync(file, text);
    const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
    return linter.lintFiles([file], false).flatMap(({ messages }) => messages.map(({ line, message }) => `line ${line}: ${message}`));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Images, and the features of a dev container, by a version of three numbers: what two numbers name is another thing tomorrow. */
export function imagesArePinned({ name, text }) {
  const named = isDockerfile(name)
    ? instructions(text).filter(([word]) => word === 'FROM').map(([, rest]) => rest.split(/\s+/).find(part => !part.startsWith('--')))
    : isCompose(name)
      ? services(text).flatMap(([, { image }]) => image ?? [])
      : [JSON.parse(text).image, ...Object.keys(JSON.parse(text).features ?? {})];
  return named.filter(image => !/^[\w./-]+:v?\d+\.\d+\.\d+(-[\w.-]+)?(@sha256:[0-9a-f]{64})?$/.test(image)).map(image => `${image} is not pinned by its version`);
}

/** The last stage is what runs: not as root, without a shell between, and an engine can ask how it is. */
export function imageRunsWithFewRights({ name, text }) {
  if (!isDockerfile(name)) return [];
  const stage = lastStage(text);
  const last = word => stage.findLast(([one]) => one === word)?.[1] ?? '';
  return [
    ...(/^[1-9]\d*$/.test(last('USER')) ? [] : ['USER names no number other than root']),
    ...(/ CMD \["/.test(` ${last('HEALTHCHECK')}`) ? [] : ['there is no HEALTHCHECK without a shell']),
    ...(last('ENTRYPOINT').startsWith('["') ? [] : ['ENTRYPOINT goes through a shell']),
    ...stage.filter(([word]) => word === 'RUN').map(() => 'the last stage runs something'),
  ];
}

/** LiveKit's own key for development is known to everybody; any other secret comes from whoever starts it. */
export function secretsHaveNoDefault({ name, text }) {
  const isSecret = one => settings.some(setting => setting.name === one && setting.isSecret) || /KEY|SECRET|TOKEN|PASSWORD/.test(one);
  const given = isDockerfile(name)
    ? instructions(text)
        .filter(([word]) => word === 'ENV' || word === 'ARG')
        .flatMap(([, rest]) => rest.split(/\s+/).map(pair => pair.split('=')))
    : isCompose(name)
      ? services(text).flatMap(([, { environment }]) => Object.entries(environment ?? {}))
      : Object.entries({ ...JSON.parse(text).containerEnv, ...JSON.parse(text).remoteEnv });
  const known = { LIVEKIT_API_KEY: 'devkey', LIVEKIT_API_SECRET: 'secret' };
  const isEmulator = value => /^UseDevelopmentStorage=true(;DevelopmentStorageProxyUri=[^;]*)?$/.test(value);
  return given
    .filter(([one, value]) => isSecret(one) && value !== known[one] && value !== `\${${one}:-}` && !isEmulator(value))
    .map(([one]) => `${one} has a default`);
}

/** Ports are open to this machine alone, since some of what is behind them has a key that everybody knows. */
export const portsAreThisMachines = ({ name, text }) =>
  isCompose(name)
    ? services(text).flatMap(([service, { ports = [], network_mode: network }]) => [
        ...ports.filter(port => !/^127\.0\.0\.1:\d+:\d+(\/udp)?$/.test(port)).map(port => `${service} opens ${port} to others`),
        ...(network === 'host' ? [`${service} has the whole network of this machine`] : []),
      ])
    : [];

/** Every service says how it is, by the image that is built here or by itself, and starts after what it needs does. */
export const servicesAreChecked = ({ name, text }) =>
  isCompose(name)
    ? services(text).flatMap(([service, { build, healthcheck, depends_on: needs = {} }]) => [
        ...(build || healthcheck?.test?.length > 1 ? [] : [`${service} is not checked`]),
        ...Object.entries(needs)
          .filter(([, { condition }]) => condition !== 'service_healthy')
          .map(([other]) => `${service} does not wait for ${other}`),
      ])
    : [];

/** What the gateway is given are its settings by their names. */
export function settingsOfContainersExist({ name, text }) {
  const own = new Set([...settings.map(setting => setting.name), 'PORT', 'LISTEN_ADDRESS']);
  const given = isDockerfile(name)
    ? lastStage(text).filter(([word]) => word === 'ENV').flatMap(([, rest]) => rest.split(/\s+/).map(pair => pair.split('=')[0]))
    : isCompose(name)
      ? Object.keys(parse(text).services?.gateway?.environment ?? {})
      : [];
  return given.filter(one => !own.has(one) && !one.startsWith('DOTNET_')).map(one => `the gateway has no setting ${one}`);
}
