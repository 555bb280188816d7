// Faults that a rule over queries or workflows must find, planted into a file of this repository as it is read.

const noAgent = 'infra/bicep/monitoring/no-agent.kql';
const workbook = 'infra/bicep/monitoring/workbook.json';
const slow = 'infra/bicep/monitoring/slow-webhooks.kql';
const workflow = 'tests/infra/faults/workflow.yml';

export const queryFaults = [
  {
    rule: 'queriesAreSound',
    title: 'a text is added up',
    file: noAgent,
    from: 'sumif(Sum, Name == "voicefunctions.call.ended"),',
    to: 'sumif(Name, Name == "voicefunctions.call.ended"),',
  },
  { rule: 'queriesAreSound', title: 'a table that is not filled', file: slow, from: 'union AppRequests,', to: 'union AppPageViews,' },
  {
    rule: 'queriesAreSound',
    title: 'a panel',
    file: workbook,
    from: 'Calls = sum(ItemCount), MeanSeconds',
    to: 'Calls = sum(ItemsCount), MeanSeconds',
  },
  {
    rule: 'queriesNameWhatIsEmitted',
    title: 'a metric',
    file: 'infra/bicep/monitoring/sweep-missing.kql',
    from: 'voicefunctions.calls.open',
    to: 'voicefunctions.calls.opened',
  },
  {
    rule: 'queriesNameWhatIsEmitted',
    title: 'a tag',
    file: 'infra/bicep/monitoring/signature-failures.kql',
    from: 'Properties.reason',
    to: 'Properties.why',
  },
  { rule: 'queriesNameRealRoutes', file: slow, from: '"livekit/webhook"', to: '"livekit/webhooks"' },
];

export const workflowFaults = [
  { rule: 'workflowsAreSound', title: 'an event that GitHub does not know', file: workflow, from: '[push]', to: '[pushed]' },
  {
    rule: 'workflowsAreSound',
    title: 'a property that is not there',
    file: workflow,
    from: 'github.event.head_commit',
    to: 'github.evnt.head_commit',
  },
  { rule: 'actionsArePinned', title: 'a tag', file: workflow, from: '@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1', to: '@v7' },
  { rule: 'actionsArePinned', title: 'no version beside the commit', file: workflow, from: ' # v7.0.1', to: '' },
  { rule: 'rightsAreTheLeast', title: 'by default', file: workflow, from: 'permissions: {}\n\n', to: '' },
  { rule: 'rightsAreTheLeast', title: 'to write', file: workflow, from: 'contents: read', to: 'contents: write' },
  { rule: 'rightsAreTheLeast', title: 'to write findings', file: workflow, from: 'contents: read', to: 'security-events: write' },
  {
    rule: 'rightsAreTheLeast',
    title: 'a token that stays',
    file: workflow,
    from: 'persist-credentials: false',
    to: 'persist-credentials: true',
  },
  { rule: 'scriptsTakeNoExpressions', title: 'in a line', file: workflow, from: 'run: ./test.sh', to: 'run: echo ${{ github.actor }}' },
  { rule: 'scriptsTakeNoExpressions', title: 'in a block', file: workflow, from: '"$TITLE"', to: '${{ github.actor }}' },
];
