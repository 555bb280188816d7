// Faults that the CLI itself must find, each by the gate that is named.

export const gateFaults = [
  {
    gate: 'build',
    title: 'a type fault',
    file: 'modules/vault.bicep',
    from: 'enableSoftDelete: true',
    to: "enableSoftDelete: 'yes'",
    says: /BCP036/,
  },
  { gate: 'build', title: 'a missing parameter', file: 'main.bicep', from: '    protect: protect\n', to: '', says: /BCP035/ },
  {
    gate: 'lint',
    title: 'an unused variable',
    file: 'modules/identity.bicep',
    from: 'output name string',
    to: "var unused = 1\n\n@description('x')\noutput name string",
    says: /no-unused-vars/,
  },
  {
    gate: 'format',
    title: 'a crooked line',
    file: 'prod.bicepparam',
    from: 'param protect = true',
    to: 'param protect   =   true',
    says: /prod\.bicepparam is not formatted/,
  },
  {
    gate: 'build-params',
    title: 'a setting that nobody knows',
    file: 'shared.bicepparam',
    from: '  ROUTES_FILE:',
    to: '  ROUTE_FILE:',
    says: /BCP0(37|89)/,
  },
  {
    gate: 'snapshot of prod',
    title: 'half of the memory',
    file: 'main.bicep',
    from: 'param instanceMemoryMB int = 2048',
    to: 'param instanceMemoryMB int = 512',
    says: /512/,
  },
];
