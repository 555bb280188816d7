// Runs infra/before-deploy.sh as azd, a person and GitHub do.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { read, root, settings } from '../repository.mjs';

const liveKit = { LIVEKIT_HOST: 'https://x.livekit.cloud', LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: 's' };
const twilio = { TWILIO_ACCOUNT_SID: 'AC0', TWILIO_AUTH_TOKEN: 't', LIVEKIT_SIP_URI: 'sip:x.sip.livekit.cloud' };
const always = settings.filter(({ need, name }) => need === 'Required' && name !== 'PUBLIC_URL').map(({ name }) => name);
const forTwilio = settings.filter(({ need }) => need === 'RequiredForTwilio').map(({ name }) => name);
const plain = names => names.filter(name => !settings.some(setting => setting.name === name && setting.isSecret));

/** Each environment with the settings that must be named, in any order; none where the deployment may begin. */
const cases = [
  { title: 'names all that azd misses in a clean environment', names: [...always, ...forTwilio] },
  { title: 'names all that prod misses', target: 'prod', names: ['AZURE_LOCATION', ...always, ...forTwilio, 'ALERT_EMAIL'] },
  { title: 'names all that dev misses, where nobody is woken', target: 'dev', names: ['AZURE_LOCATION', ...always, ...forTwilio] },
  { title: 'asks for no Twilio where there are trunks alone', given: { ...liveKit, TWILIO_ENABLED: 'False' }, names: [] },
  { title: 'is content with Twilio', given: { ...liveKit, ...twilio }, names: [] },
  { title: 'asks for no secret that a vault has already', given: { KEY_VAULT_NAME: 'kv' }, names: plain([...always, ...forTwilio]) },
  {
    title: 'names what lacks its other half',
    given: { ...liveKit, ...twilio, LIVEKIT_SIP_USERNAME: 'u', LIVEKIT_API_KEY_SECONDARY: 'k2' },
    names: ['LIVEKIT_SIP_PASSWORD', 'LIVEKIT_API_SECRET_SECONDARY'],
  },
  {
    title: 'names a password without its user',
    given: { ...liveKit, ...twilio, LIVEKIT_SIP_PASSWORD: 'p' },
    names: ['LIVEKIT_SIP_USERNAME'],
  },
  {
    title: 'names routes that are given twice',
    given: { ...liveKit, ...twilio, ROUTES_FILE: 'f', ROUTES_JSON: '{}' },
    names: ['ROUTES_JSON'],
  },
  {
    title: "refuses the app's own host as its public URL",
    given: { ...liveKit, ...twilio, PUBLIC_URL: 'https://func-voice-x.azurewebsites.net' },
    names: ['PUBLIC_URL'],
  },
];

const scripts = {
  sh: ['bash', path.join(root, 'infra/before-deploy.sh')],
  ps1: ['pwsh', '-NoProfile', '-File', path.join(root, 'infra/before-deploy.ps1')],
};

function run([command, ...args], { target, given = {} }) {
  const { status, stderr } = spawnSync(command, [...args, ...(target ? [target] : [])], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...given },
  });
  return { status, stderr, names: [...(stderr ?? '').matchAll(/^  ([A-Z_]+) /gm)].map(([, name]) => name) };
}

function problemsOf(script, example) {
  const { status, stderr, names } = run(script, example);
  const isRight = status === (example.names.length === 0 ? 0 : 1) && [...names].sort().join() === [...example.names].sort().join();
  return isRight ? [] : [`ended with ${status}: ${stderr}`];
}

/** The two scripts ask the same in the same words; where there is a PowerShell, they also behave so. */
function sameForWindows() {
  const asked = text =>
    [...text.matchAll(/^ *(needs|needs_secret|needssecret|problem) ([A-Z_]+) (["'])(.*)\3$/gim)].map(([, verb, name, , words]) =>
      [verb.replace('_', '').toLowerCase(), name, words].join(' '),
    );
  const [sh, ps1] = ['sh', 'ps1'].map(ending => asked(read(`infra/before-deploy.${ending}`)));
  const hasPowerShell = spawnSync('pwsh', ['-Version']).status === 0;
  return [
    ...(sh.length > 0 && sh.join('\n') === ps1.join('\n')
      ? []
      : sh
          .filter(line => !ps1.includes(line))
          .concat(
            ps1.filter(line => !sh.includes(line)),
            `${sh.length} and ${ps1.length} questions`,
          )),
    ...(hasPowerShell ? cases.flatMap(example => problemsOf(scripts.ps1, example)) : []),
  ];
}

export const checkBeforeDeploy = () => [
  ...cases.map(example => [`before-deploy.sh ${example.title}`, problemsOf(scripts.sh, example)]),
  ['before-deploy.sh takes no other target', run(scripts.sh, { target: 'test' }).status === 2 ? [] : ['it does']],
  ['before-deploy.ps1 asks the same', sameForWindows()],
];
