// What the compiled template says for every deployment: no key, no secret where it can be read, and names that the code knows.
import { handedOver, settings, variables } from '../repository.mjs';

const isSecure = ({ type }) => /^secure/i.test(type ?? '');
const secretWords = /(secret|secrets|password|token|connectionString)$/i;
const all = (text, pattern) => [...text.matchAll(pattern)].map(([match]) => match);
const asks = (value, kind, names) => [...names].some(name => JSON.stringify(value ?? null).includes(`${kind}('${name}')`));
const resourcesOf = template => Object.entries(template.resources ?? {});

/** The template and the ones of its modules. */
function* everyTemplate(template, name = 'main') {
  yield { name, template };
  for (const [symbol, { properties }] of resourcesOf(template)) {
    if (properties?.template) yield* everyTemplate(properties.template, symbol);
  }
}

/** Says of a value of a template whether it holds a secret: by a secure parameter, or by what is made of one. */
function secretsOf(template) {
  const { copy = [], ...variables } = template.variables ?? {};
  const parameters = Object.entries(template.parameters ?? {});
  const made = [
    ...Object.entries(variables).map(([name, value]) => ({ kind: 'variables', name, value })),
    ...copy.map(value => ({ kind: 'variables', name: value.name, value })),
    ...parameters.map(([name, { defaultValue }]) => ({ kind: 'parameters', name, value: defaultValue })),
  ];
  const found = {
    parameters: new Set(parameters.filter(([, parameter]) => isSecure(parameter)).map(([name]) => name)),
    variables: new Set(),
  };
  const isSecret = value => asks(value, 'parameters', found.parameters) || asks(value, 'variables', found.variables);
  for (let grown = true; grown;) {
    const more = made.filter(({ kind, name, value }) => !found[kind].has(name) && isSecret(value));
    more.forEach(({ kind, name }) => found[kind].add(name));
    grown = more.length > 0;
  }

  return isSecret;
}

const ofEach = rule => main =>
  [...everyTemplate(main)].flatMap(({ name, template }) => rule(template).map(problem => `${name}: ${problem}`));

export const noKeysAreRead = main => [
  ...all(JSON.stringify(main), /\blist[A-Z]\w*\(|\bgetSecret\(/g).map(call => `${call}) is asked`),
  ...all(JSON.stringify(main), /AccountKey=|SharedAccessKey=|SharedAccessSignature=/g).map(text => `a connection string with ${text}`),
];

export const secretParametersAreSecure = ofEach(template =>
  Object.entries(template.parameters ?? {})
    .filter(([name, parameter]) => secretWords.test(name) && /^(string|object)$/i.test(parameter.type) && !isSecure(parameter))
    .map(([name]) => `${name} is not @secure()`),
);

export const secretsDoNotLeakIntoModules = ofEach(template => {
  const isSecret = secretsOf(template);
  return resourcesOf(template)
    .filter(([, { properties }]) => properties?.template)
    .flatMap(([module, { properties }]) =>
      Object.entries(properties.parameters ?? {})
        .filter(([name, value]) => isSecret(value) && !isSecure(properties.template.parameters[name]))
        .map(([name]) => `${module} gets a secret as ${name}, which is not @secure()`),
    );
});

export const outputsHoldNoSecret = ofEach(template => {
  const isSecret = secretsOf(template);
  const stored = resourcesOf(template)
    .filter(([, { type }]) => type === 'Microsoft.KeyVault/vaults/secrets')
    .map(([symbol]) => symbol);
  return Object.entries(template.outputs ?? {})
    .filter(
      ([, output]) =>
        isSecret(output) || stored.some(symbol => new RegExp(`reference\\((format\\()?'${symbol}\\b`).test(JSON.stringify(output))),
    )
    .map(([name]) => `${name} tells a secret`);
});

/** azd hands the outputs of a deployment to the next one as variables: a first value would stick. */
export const outputsAreNoInputs = main =>
  Object.keys(main.outputs ?? {})
    .filter(name => variables.has(name))
    .map(name => `${name} is an output and a variable that the parameter files read`);

export const everythingIsDescribed = ofEach(template =>
  [...Object.entries(template.parameters ?? {}), ...Object.entries(template.outputs ?? {})]
    .filter(([, declared]) => !declared.metadata?.description)
    .map(([name]) => `${name} has no @description`),
);

/** The diagnostic settings have had no stable version with category groups for years. */
export const versionsAreStable = ofEach(template =>
  resourcesOf(template)
    .filter(([, { type, apiVersion }]) => apiVersion?.includes('preview') && type !== 'Microsoft.Insights/diagnosticSettings')
    .map(([symbol, { type, apiVersion }]) => `${symbol} is a ${type}@${apiVersion}`),
);

/** types.bicep against SettingNames.cs. */
export function typesMatchTheCode({ definitions = {} }) {
  const plain = definitions.gatewaySettings?.properties ?? {};
  const secret = new Set(definitions.secretName?.allowedValues ?? []);
  const isRequired = ({ need, name, isSecret }) => need === 'Required' && !isSecret && name !== 'PUBLIC_URL';
  return [
    ...handedOver.filter(({ name, isSecret }) => !(isSecret ? secret.has(name) : name in plain)).map(({ name }) => `${name} is missing`),
    ...[...Object.keys(plain), ...secret]
      .filter(name => !settings.some(setting => setting.name === name))
      .map(name => `${name} is read by nobody`),
    ...settings
      .filter(({ name, isSecret }) => (isSecret ? name in plain : secret.has(name)))
      .map(({ name }) => `${name} is of the wrong kind`),
    ...handedOver
      .filter(isRequired)
      .filter(({ name }) => plain[name]?.nullable || plain[name]?.minLength !== 1)
      .map(({ name }) => `${name} may be left out or empty`),
  ];
}
