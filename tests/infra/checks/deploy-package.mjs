// Runs infra/deploy-package.sh with an az that fails as often as it is told.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../repository.mjs';

const script = path.join(root, 'infra/deploy-package.sh');

/** How the script ended, and what az was asked. */
function deploy(failures, args) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'az-'));
  try {
    const az = '#!/usr/bin/env bash\necho "$*" >> "$0.log"\n[ "$(wc -l < "$0.log")" -gt "$FAILURES" ]\n';
    fs.writeFileSync(path.join(folder, 'az'), az, { mode: 0o755 });
    const env = { PATH: `${folder}:/usr/bin:/bin`, FAILURES: `${failures}`, RETRY_SECONDS: '0' };
    const { status } = spawnSync('bash', [script, ...args], { env });
    const log = path.join(folder, 'az.log');
    return { status, asked: fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim().split('\n') : [] };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const says = ({ status, asked }, expected, times) =>
  status === expected && asked.length === times ? [] : [`ended with ${status} after ${asked.length} attempts`];

export function checkDeployPackage() {
  const args = ['rg-voice', 'func-voice', script];
  const refusedOnce = deploy(1, args);
  const command = `functionapp deployment source config-zip --resource-group rg-voice --name func-voice --src ${script} --output none`;
  return [
    [
      'deploy-package.sh deploys again after a first refusal',
      [...says(refusedOnce, 0, 2), ...refusedOnce.asked.filter(line => line !== command)],
    ],
    ['deploy-package.sh gives up after four refusals', says(deploy(9, args), 1, 4)],
    ['deploy-package.sh refuses a package that is not there', says(deploy(0, ['rg-voice', 'func-voice', `${script}.zip`]), 2, 0)],
  ];
}
