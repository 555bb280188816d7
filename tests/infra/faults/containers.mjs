// Faults that a rule over containers or forms must find, planted into a file of this repository as it is read.

const dockerfile = 'Dockerfile';
const compose = 'compose.yaml';
const dev = '.devcontainer/devcontainer.json';
const bug = '.github/ISSUE_TEMPLATE/bug.yml';
const config = '.github/ISSUE_TEMPLATE/config.yml';

export const containerFaults = [
  { rule: 'dockerfileIsSound', title: 'an instruction that there is not', file: dockerfile, from: 'EXPOSE 7071', to: 'EXPOSES 7071' },
  { rule: 'dockerfileIsSound', title: 'a flag that there is not', file: dockerfile, from: '--interval=15s', to: '--every=15s' },
  { rule: 'composeIsSound', title: 'a key that there is not', file: compose, from: '    read_only: true', to: '    readonly: true' },
  { rule: 'imagesArePinned', title: 'two numbers', file: dockerfile, from: 'sdk:10.0.401-noble-aot', to: 'sdk:10.0-noble-aot' },
  { rule: 'imagesArePinned', title: 'the newest', file: compose, from: 'azurite:3.35.0', to: 'azurite:latest', also: 'composeIsSound' },
  { rule: 'imagesArePinned', title: 'a feature', file: dev, from: 'features/node:2.1.0', to: 'features/node:2' },
  { rule: 'imagesArePinned', title: 'the image of the dev container', file: dev, from: 'base:2.1.13-bookworm', to: 'base:bookworm' },
  { rule: 'imageRunsWithFewRights', title: 'root', file: dockerfile, from: 'USER 1654', to: 'USER 0' },
  { rule: 'imageRunsWithFewRights', title: 'nobody named', file: dockerfile, from: 'USER 1654\n', to: '' },
  { rule: 'imageRunsWithFewRights', title: 'a shell', file: dockerfile, from: 'ENTRYPOINT ["./VoiceFunctions.LocalHost"]', to: 'ENTRYPOINT ./VoiceFunctions.LocalHost' },
  { rule: 'imageRunsWithFewRights', title: 'no check', file: dockerfile, from: 'HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["./VoiceFunctions.LocalHost", "health"]', to: 'HEALTHCHECK NONE' },
  { rule: 'secretsHaveNoDefault', title: 'in the image', file: dockerfile, from: 'ENV LISTEN_ADDRESS=0.0.0.0', to: 'ENV DIAGNOSTICS_KEY=0123456789abcdef LISTEN_ADDRESS=0.0.0.0' },
  { rule: 'secretsHaveNoDefault', title: 'among the services', file: compose, from: '${DIAGNOSTICS_KEY:-}', to: '${DIAGNOSTICS_KEY:-0123456789abcdef}' },
  { rule: 'secretsHaveNoDefault', title: 'a storage account', file: compose, from: 'UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite', to: 'AccountName=a;AccountKey=YQ==' },
  { rule: 'portsAreThisMachines', title: 'a port', file: compose, from: "'127.0.0.1:7880:7880'", to: "'7880:7880'", also: 'composeIsSound' },
  { rule: 'servicesAreChecked', title: 'none asks', file: compose, from: "      test:\n        - CMD\n        - node\n        - -e\n        - require('net').connect(10002, '127.0.0.1').on('connect', () => process.exit()).on('error', () => process.exit(1))\n", to: '' },
  { rule: 'servicesAreChecked', title: 'nobody waits', file: compose, from: '      livekit:\n        condition: service_healthy', to: '      livekit:\n        condition: service_started' },
  { rule: 'settingsOfContainersExist', title: 'in the image', file: dockerfile, from: 'PORT=7071', to: 'HTTP_PORT=7071' },
  { rule: 'settingsOfContainersExist', title: 'among the services', file: compose, from: '      PUBLIC_URL:', to: '      PUBLIC_URI:' },
].map(({ rule, also, ...fault }) => ({ rules: also ? [rule, also] : [rule], ...fault }));

export const formFaults = [
  { rule: 'formsAreSound', title: 'a kind that there is not', file: bug, from: '  - type: dropdown', to: '  - type: select' },
  { rule: 'formsAreSound', title: 'two fields of one name', file: bug, from: 'id: logs', to: 'id: proof' },
  { rule: 'formsAreSound', title: 'no description', file: bug, from: 'description: A call, a webhook', to: 'about: A call, a webhook' },
  { rule: 'formsAreSound', title: 'a link that leads nowhere', file: config, from: 'https://docs.livekit.io/telephony/', to: 'docs/livekit.md' },
  { rule: 'faultsAreReportedWithoutPersonalData', title: 'no warning', file: bug, from: 'The rows hold personal data', to: 'The rows hold the call' },
  { rule: 'faultsAreReportedWithoutPersonalData', title: 'no doctor', file: bug, from: './run.sh doctor --json', to: './run.sh help' },
];
