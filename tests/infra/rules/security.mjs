// That nothing is open that need not be.
import { at, line, literal, walk } from '../bicep.mjs';
import { roles } from '../known.mjs';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const own = (file, type) => file.resources.filter(resource => resource.type?.startsWith(`${type}@`) && !resource.isExisting);

/** Problems of one resource: each path must hold its text. */
const mustHold = (resource, expected) =>
  Object.entries(expected).filter(([path, text]) => at(resource.body, path)?.text !== text).map(([path, text]) => `${resource.name}: ${path} is not ${text}`);

export const noKeysAreRead = file => [
  ...file.calls.filter(call => /^list[A-Z]|(^|\.)list[A-Z]\w*$|(^|\.)getSecret$/.test(call.name)).map(call => `line ${line(call.node)}: ${call.name}()`),
  ...[...file.text.matchAll(/AccountKey=|SharedAccessKey=|SharedAccessSignature=/g)].map(([text]) => `a connection string with ${text}`),
];

export const storageTakesNoKeys = file =>
  own(file, 'Microsoft.Storage/storageAccounts').flatMap(account => mustHold(account, {
    'properties.allowSharedKeyAccess': 'false',
    'properties.allowBlobPublicAccess': 'false',
    'properties.minimumTlsVersion': "'TLS1_2'",
    'properties.supportsHttpsTrafficOnly': 'true',
  }));

export const vaultIsGuarded = file =>
  own(file, 'Microsoft.KeyVault/vaults').flatMap(vault => mustHold(vault, {
    'properties.enableRbacAuthorization': 'true',
    'properties.enablePurgeProtection': 'true',
  }));

export const telemetryTakesNoKeys = file =>
  own(file, 'Microsoft.Insights/components').flatMap(component => mustHold(component, { 'properties.DisableLocalAuth': 'true' }));

export const siteIsClosed = file =>
  own(file, 'Microsoft.Web/sites').flatMap(site => {
    const passwords = own(file, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies');
    return [
      ...mustHold(site, {
        'identity.type': "'UserAssigned'",
        'properties.httpsOnly': 'true',
        'properties.siteConfig.minTlsVersion': "'1.2'",
        'properties.siteConfig.ftpsState': "'Disabled'",
      }),
      ...passwords.flatMap(policy => mustHold(policy, { 'properties.allow': 'false' })),
      ...['ftp', 'scm'].filter(door => !passwords.some(policy => literal(at(policy.body, 'name')) === door)).map(door => `${site.name}: ${door} takes passwords`),
    ];
  });

export function rolesAreTheLeast(file) {
  const ids = new Map([...file.variables].filter(([, value]) => guid.test(literal(value) ?? '')).map(([name, value]) => [name, literal(value)]));
  const known = new Set([...roles.values()].flat());
  const strangers = [...walk(file.root)].map(literal).filter(text => guid.test(text ?? '') && !known.has(text)).map(text => `${text} is no role of the app`);
  return [...strangers, ...own(file, 'Microsoft.Authorization/roleAssignments').flatMap(assignment => {
    const scope = at(assignment.body, 'scope')?.text;
    const given = [...walk(assignment.node)].filter(node => node.type === 'identifier' && ids.has(node.text)).map(node => ids.get(node.text));
    const name = at(assignment.body, 'name')?.text ?? '';
    return [
      ...(given.length === 0 ? [`${assignment.name}: its role cannot be read`] : []),
      ...given.filter(id => known.has(id) && !roles.get(scope)?.includes(id)).map(id => `${assignment.name}: ${id} on ${scope} is too much`),
      ...(name.startsWith('guid(') && name.includes('principalId') ? [] : [`${assignment.name}: its name does not follow the principal`]),
      ...mustHold(assignment, { 'properties.principalType': "'ServicePrincipal'" }),
    ];
  })];
}

export function outputsHoldNoSecret(file) {
  const secret = new Set([
    ...file.parameters.filter(parameter => parameter.isSecure).map(parameter => parameter.name),
    ...file.resources.filter(resource => resource.type?.startsWith('Microsoft.KeyVault/vaults/secrets@')).map(resource => resource.name),
  ]);

  for (let grown = true; grown;) {
    const more = [...file.variables].filter(([name, value]) => !secret.has(name) && [...walk(value)].some(node => secret.has(node.text)));
    more.forEach(([name]) => secret.add(name));
    grown = more.length > 0;
  }

  return file.outputs
    .filter(output => [...walk(output.value)].some(node => node.type === 'identifier' && secret.has(node.text)))
    .map(output => `${output.name} tells a secret`);
}

export const secretParametersAreSecure = file =>
  file.parameters
    .filter(({ name, isSecure, node }) => !isSecure && /(secret|secrets|password|token|connectionString)$/i.test(name) && /^(string|object)\b/.test(node.namedChildren[1].text))
    .map(({ name }) => `${name} is not @secure()`);
