// That nothing is open that need not be, in what a parameter file would deploy.
import { rolesOfTheApp, rolesOfTheOperator } from '../known.mjs';

const own = ({ resources }, type) => resources.filter(resource => resource.type === type);
const at = (resource, path) => path.split('.').reduce((value, name) => value?.[name], resource) ?? undefined;

/** Problems of one resource: each path must hold its value. */
const mustHold = (resource, expected) =>
  Object.entries(expected)
    .filter(([path, value]) => at(resource, path) !== value)
    .map(([path, value]) => `${resource.name}: ${path} is ${JSON.stringify(at(resource, path))} and not ${JSON.stringify(value)}`);

export const storageTakesNoKeys = deployment =>
  own(deployment, 'Microsoft.Storage/storageAccounts').flatMap(account =>
    mustHold(account, {
      'properties.allowSharedKeyAccess': false,
      'properties.allowBlobPublicAccess': false,
      'properties.minimumTlsVersion': 'TLS1_2',
      'properties.supportsHttpsTrafficOnly': true,
    }),
  );

/** Only who asks for protection gets it: it cannot be undone, and a name that cannot be used again stops `azd up` after `azd down`. */
export const vaultIsGuarded = deployment =>
  own(deployment, 'Microsoft.KeyVault/vaults').flatMap(vault =>
    mustHold(vault, {
      'properties.enableRbacAuthorization': true,
      'properties.enableSoftDelete': true,
      'properties.enablePurgeProtection': deployment.isProtected ? true : undefined,
      'properties.softDeleteRetentionInDays': deployment.isProtected ? 90 : 7,
    }),
  );

export const telemetryTakesNoKeys = deployment =>
  own(deployment, 'Microsoft.Insights/components').flatMap(component => mustHold(component, { 'properties.DisableLocalAuth': true }));

export const siteIsClosed = deployment =>
  own(deployment, 'Microsoft.Web/sites').flatMap(site => {
    const passwords = own(deployment, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies');
    return [
      ...mustHold(site, {
        'identity.type': 'UserAssigned',
        'properties.httpsOnly': true,
        'properties.siteConfig.minTlsVersion': '1.2',
        'properties.siteConfig.scmMinTlsVersion': '1.2',
        'properties.siteConfig.ftpsState': 'Disabled',
        'properties.siteConfig.cors': undefined,
      }),
      ...passwords.flatMap(policy => mustHold(policy, { 'properties.allow': false })),
      ...['ftp', 'scm']
        .filter(door => !passwords.some(({ name }) => name === `${site.name}/${door}`))
        .map(door => `${site.name}: ${door} takes passwords`),
    ];
  });

/** What an assignment is on: its id begins with that, as an expression where the principal is made by the same deployment. */
const scopeOf = ({ id }) => id.match(/^\[extensionResourceId\('([^']+)'/)?.[1] ?? id.split('/providers/Microsoft.Authorization/')[0];

export function rolesAreTheLeast(deployment) {
  const given = own(deployment, 'Microsoft.Authorization/roleAssignments').map(assignment => ({
    role: assignment.properties.roleDefinitionId.split('/').at(-1),
    scope: scopeOf(assignment),
    isOfTheApp:
      assignment.properties.principalType === 'ServicePrincipal' &&
      /userAssignedIdentities.*\.principalId\]$/.test(assignment.properties.principalId),
    isOfTheOperator: [deployment.environment.OPERATOR_PRINCIPAL_ID ?? '[deployer().objectId]'].includes(assignment.properties.principalId),
    followsItsPrincipal:
      !assignment.properties.principalId.startsWith('[') ||
      assignment.name.includes(assignment.properties.principalId.replace(/^\[|\]$/g, '')),
  }));
  const allowed = ({ scope, role, isOfTheApp, isOfTheOperator }) =>
    (isOfTheApp ? rolesOfTheApp : isOfTheOperator ? rolesOfTheOperator : []).some(([on, roles]) => on.test(scope) && roles.includes(role));
  const expected = [
    ...rolesOfTheApp
      .filter(([on]) => deployment.resources.some(({ id }) => on.test(id)))
      .flatMap(([on, roles]) => roles.map(role => ({ on, role, who: 'isOfTheApp' }))),
    ...rolesOfTheOperator.flatMap(([on, roles]) => roles.map(role => ({ on, role, who: 'isOfTheOperator' }))),
  ];
  return [
    ...given.filter(assignment => !allowed(assignment)).map(({ role, scope }) => `${role} on ${scope} is too much`),
    ...given
      .filter(assignment => !assignment.followsItsPrincipal)
      .map(({ role, scope }) => `the assignment of ${role} on ${scope} is not named after its principal`),
    ...expected
      .filter(({ on, role, who }) => !given.some(assignment => assignment[who] && on.test(assignment.scope) && assignment.role === role))
      .map(({ on, role, who }) => `${role} on ${on} is missing (${who})`),
  ];
}

/** Every alert reaches somebody; where nobody is named there is none. */
export function alertsReachSomebody(deployment) {
  const somebody = own(deployment, 'Microsoft.Insights/actionGroups').filter(group =>
    group.properties.emailReceivers.some(({ emailAddress }) => emailAddress !== ''),
  );
  const alerts = [
    ...own(deployment, 'Microsoft.Insights/scheduledQueryRules').map(({ name, properties }) => ({
      name,
      to: properties.actions.actionGroups,
    })),
    ...own(deployment, 'Microsoft.Insights/metricAlerts').map(({ name, properties }) => ({
      name,
      to: properties.actions.map(({ actionGroupId }) => actionGroupId),
    })),
  ];
  const isNamed = Boolean(deployment.environment.ALERT_EMAIL);
  return [
    ...(isNamed === alerts.length > 0 ? [] : [isNamed ? 'there are no alerts' : `${alerts.length} alerts for nobody`]),
    ...alerts.filter(({ to }) => !to.some(id => somebody.some(group => group.id === id))).map(({ name }) => `${name} reaches nobody`),
  ];
}
