// azure.yaml against the files and the tag that it goes by.
import fs from 'node:fs';
import path from 'node:path';
import { read, root } from './repository.mjs';

export function checkAzd(report) {
  const text = read('azure.yaml');
  const value = name => text.match(new RegExp(`^ +${name}: (\\S+)$`, 'm'))?.[1] ?? '';
  const template = path.join(root, value('path'), `${value('module')}.bicep`);
  const service = text.match(/^services:\n  (\w+):$/m)?.[1];
  report('azure.yaml finds the template, the service and the script', [
    ...[template, `${template}param`, path.join(root, 'infra/after-deploy.sh')].filter(file => !fs.existsSync(file)).map(file => `${file} is not there`),
    ...(read('infra/bicep/modules/function-app.bicep').includes(`'azd-service-name': '${service}'`) ? [] : [`no resource is tagged ${service}`]),
  ]);
}
