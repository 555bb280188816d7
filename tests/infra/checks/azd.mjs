// azure.yaml, the workflow that deploys, and what the documents say of them.
import fs from 'node:fs';
import path from 'node:path';
import { files, read, root, settings, templates, variables } from '../repository.mjs';

const unless = (holds, problem) => (holds ? [] : [problem]);
const hook = (text, name) => text.match(new RegExp(`^  ${name}:\\n((?: {4,}.*\\n)+)`, 'm'))?.[1] ?? '';

function azureYaml() {
  const text = `${read('azure.yaml')}\n`;
  const value = name => text.match(new RegExp(`^ +${name}: (\\S+)$`, 'm'))?.[1] ?? '';
  const template = path.join(root, value('path'), `${value('module')}.bicep`);
  const service = text.match(/^services:\n  (\w+):$/m)?.[1];
  return [
    [
      'azure.yaml finds the template, the service and the scripts',
      [
        ...[template, `${template}param`, ...[...text.matchAll(/infra\/[\w-]+\.(sh|ps1)/g)].map(([file]) => path.join(root, file))]
          .filter(file => !fs.existsSync(file))
          .map(file => `${file} is not there`),
        ...unless(
          read('infra/bicep/modules/function-app.bicep').includes(`'azd-service-name': '${service}'`),
          `no resource is tagged ${service}`,
        ),
      ],
    ],
    [
      'azure.yaml names what is missing before azd begins',
      ['preup', 'preprovision'].flatMap(name => [
        ...unless(/posix:[\s\S]*run: bash infra\/before-deploy\.sh$/m.test(hook(text, name)), `${name} runs no before-deploy.sh`),
        ...unless(/windows:[\s\S]*run: \.\/infra\/before-deploy\.ps1$/m.test(hook(text, name)), `${name} runs no before-deploy.ps1`),
        ...unless(!hook(text, name).includes('continueOnError'), `${name} stops nothing`),
      ]),
    ],
  ];
}

function workflow() {
  const text = read('.github/workflows/deploy.yml');
  const ofAzdAlone = ['AZURE_ENV_NAME', 'PROTECT_VAULT'];
  const isSecret = name => settings.some(setting => setting.name === name && setting.isSecret);
  const expected = name => `${name}: \${{ ${isSecret(name) ? 'secrets' : 'vars'}.${name} }}`;
  return [
    [
      'deploy.yml hands over every variable that the parameter files read',
      [...variables]
        .filter(name => !ofAzdAlone.includes(name) && !text.includes(` ${expected(name)}\n`))
        .map(name => `${expected(name)} is missing`),
    ],
    [
      'deploy.yml names what is missing before it begins',
      unless(text.indexOf('before-deploy.sh') > 0 && text.indexOf('before-deploy.sh') < text.indexOf('az deployment'), 'it does not'),
    ],
  ];
}

function documents() {
  const guide = read('infra/README.md');
  const runbook = read('docs/runbook.md');
  const overrides = read('infra/after-deploy.sh').match(/^overrides='(.*)'$/m)[1];
  const alerts = files(path.join(templates, 'monitoring'), '.kql')
    .map(file => path.basename(file, '.kql'))
    .concat('not-ready');
  const panels = JSON.parse(read('infra/bicep/monitoring/workbook.json')).items.map(({ content }) => content.title);
  const chapters = [
    ...runbook
      .split('\n## Alerts\n')[1]
      .split('\n## ')[0]
      .matchAll(/^### (\S+)$/gm),
  ].map(([, name]) => name);
  const settingNames = settings.map(({ name }) => name);
  return [
    [
      'infra/README.md names every variable that is no setting',
      [...variables].filter(name => !settingNames.includes(name) && !guide.includes(`\`${name}\``)).map(name => `${name} is missing`),
    ],
    [
      'infra/README.md names every file',
      files(templates, '.bicep', '.bicepparam')
        .map(file => path.basename(file))
        .filter(name => !guide.includes(name) && name !== 'main.bicep')
        .map(name => `${name} is missing`),
    ],
    [
      'the runbook has a chapter for each alert and no other',
      [
        ...alerts.filter(name => !chapters.includes(name)).map(name => `${name} is missing`),
        ...chapters.filter(name => !alerts.includes(name)).map(name => `${name} is no alert`),
      ],
    ],
    [
      'the runbook names panels that the workbook has',
      [...runbook.matchAll(/[Ww]orkbook, \*([^*]+)\*/g)]
        .map(([, title]) => title)
        .filter(title => !panels.includes(title))
        .map(title => `${title} is no panel`),
    ],
    [
      'docs/livekit-and-twilio.md and doctor give Twilio the same retries',
      [
        ['docs/livekit-and-twilio.md', `TRIES='${overrides}'`],
        ['src/LocalHost/Doctor/Checks/Twilio/UrlSetting.cs', `Retries = "${overrides}"`],
      ]
        .filter(([file, words]) => !read(file).includes(words))
        .map(([file]) => `${file} has others`),
    ],
    [
      'what a deployment builds is ignored by git',
      ['/publish/', '/publish.zip'].filter(line => !read('.gitignore').split('\n').includes(line)),
    ],
  ];
}

export const checkAzd = async () => [...azureYaml(), ...workflow(), ...documents()];
