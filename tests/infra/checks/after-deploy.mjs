// Runs infra/after-deploy.sh as a person does, without Azure.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root, routes } from '../repository.mjs';

const script = path.join(root, 'infra/after-deploy.sh');
const environment = { PATH: '/usr/bin:/bin' };
const run = (args, more = {}) => spawnSync('bash', [script, ...args], { encoding: 'utf8', env: { ...environment, ...more } });
const blocks = text => [...text.matchAll(/^\{$[\s\S]*?^\}$/gm)].map(([json]) => JSON.parse(json));
const unless = (holds, problem) => (holds ? [] : [problem]);

export function checkAfterDeploy() {
  const results = [];
  const report = (title, problems) => results.push([title, problems]);
  const told = run(['--public-url', 'https://voice.example.com/', '--sip-username', 'trunk-1', '--room-prefix', 'ring']);
  const urls = [...told.stdout.matchAll(/https:\/\/voice\.example\.com\/(\S+)/g)].map(([, rest]) => rest.split('#'));
  const fragments = new Map(urls.map(([route, fragment]) => [route, fragment]));
  report('after-deploy.sh names real routes', [
    ...unless(told.status === 0, told.stderr),
    ...['twilio/voice', 'twilio/status', 'livekit/webhook', 'readyz']
      .filter(route => !fragments.has(route))
      .map(route => `${route} is not told`),
    ...[...fragments.keys()].filter(route => ![...routes.values()].includes(route)).map(route => `${route} is no route`),
  ]);

  const overrides = new URLSearchParams(fragments.get('twilio/voice'));
  report('after-deploy.sh gives Twilio retries that fit into 15 seconds', [
    ...unless(overrides.toString() === 'rc=2&rp=ct%2Crt%2C5xx&ct=2000&rt=5000&tt=15000', `${fragments.get('twilio/voice')}`),
    ...unless(fragments.get('livekit/webhook') === undefined, 'LiveKit would send the fragment'),
  ]);

  const [inbound, dispatch] = blocks(told.stdout);
  report('after-deploy.sh gives a trunk that lets in who knows its password', [
    ...unless(
      inbound?.trunk.auth_username === 'trunk-1' && inbound.trunk.auth_password === 'LIVEKIT_SIP_PASSWORD',
      'user name or password',
    ),
    ...unless(inbound?.trunk.include_headers === 'SIP_X_HEADERS', 'include_headers'),
    ...unless(inbound?.trunk.numbers.length === 0, 'numbers'),
  ]);
  report('after-deploy.sh gives a callee rule for that trunk alone', [
    ...unless(dispatch?.dispatch_rule.trunk_ids.length === 1, 'trunk_ids'),
    ...unless(dispatch?.dispatch_rule.rule.dispatch_rule_callee.room_prefix === 'ring', 'room_prefix'),
    ...unless(dispatch?.dispatch_rule.rule.dispatch_rule_callee.randomize === false, 'randomize'),
  ]);

  report(
    'after-deploy.sh reads the environment that azd gives',
    unless(
      run([], {
        GATEWAY_URL: 'https://azd.example.com',
        GATEWAY_ROOM_PREFIX: 'call',
        GATEWAY_SIP_USERNAME: 'x',
        GATEWAY_USES_TWILIO: 'true',
      }).stdout.includes('https://azd.example.com/twilio/voice#'),
      'not told',
    ),
  );

  const trunks = run(['--public-url', 'https://voice.example.com', '--twilio', 'False']);
  const [rule, ...others] = blocks(trunks.stdout);
  report('after-deploy.sh leaves Twilio out where calls come over SIP trunks alone', [
    ...unless(trunks.status === 0 && others.length === 0, trunks.stderr),
    ...unless(!/twilio/i.test(trunks.stdout), 'Twilio is told'),
    ...unless(
      rule?.dispatch_rule.rule.dispatch_rule_individual?.room_prefix === 'call' && rule.dispatch_rule.trunk_ids.length === 1,
      'no individual rule for the trunk',
    ),
  ]);

  const wrong = [
    [],
    ['--public-url'],
    ['--public-url', 'http://voice.example.com'],
    ['--public-url', 'https://x/?a=b'],
    ['--nonsense', '1'],
    ['--public-url', 'https://x', '--room-prefix', 'a"b'],
    ['--public-url', 'https://x', '--sip-username', 'a"b'],
    ['--public-url', 'https://x', '--twilio', 'no'],
  ];
  report(
    'after-deploy.sh refuses what it cannot use',
    wrong.filter(args => run(args).status !== 2).map(args => args.join(' ')),
  );
  return results;
}
