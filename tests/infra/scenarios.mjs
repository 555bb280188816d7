// Deployments that must be possible, or refused: a parameter file, the environment it is used in, and lines that a user adds to it.
import { handedOver } from './repository.mjs';

const azure = { AZURE_ENV_NAME: 'voice', AZURE_LOCATION: 'westeurope' };
const liveKit = { LIVEKIT_HOST: 'https://project.livekit.cloud', LIVEKIT_API_KEY: 'key' };
const twilio = {
  TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000000',
  LIVEKIT_SIP_URI: 'sip:project.sip.livekit.cloud',
  LIVEKIT_SIP_USERNAME: 'voice',
};

/** Also the environment of the committed snapshot. */
export const production = { ...azure, AZURE_ENV_NAME: 'voice-prod', ...liveKit, ...twilio, ALERT_EMAIL: 'alerts@example.com' };

/** Each setting that a parameter file must hand over, with a value that can be found again. */
export const everySetting = Object.fromEntries(
  handedOver.map(({ name }) => [name, name === 'TWILIO_ENABLED' ? 'true' : `the-${name.toLowerCase()}-set`]),
);

const scheduler = `
param useScheduler = true
param otlpEndpoint = 'https://otlp.example.com'
`;

/** Required variables that are empty, as GitHub gives the ones that are not set. */
const emptied = ['LIVEKIT_HOST', 'LIVEKIT_API_KEY', 'ALERT_EMAIL', 'AZURE_LOCATION'];
const tooShort = /too short to assign to a target for which the minimum allowable length is 1/;
const twilioLacks = /Twilio needs TWILIO_ACCOUNT_SID and LIVEKIT_SIP_URI\. For SIP trunks alone set TWILIO_ENABLED to false/;

export const scenarios = {
  prod: { file: 'prod', environment: production },
  dev: { file: 'dev', environment: { ...azure, ...liveKit, ...twilio } },
  'azd, trunks alone, no alerts': { file: 'main', environment: { ...azure, ...liveKit, TWILIO_ENABLED: 'false' } },
  'azd with every setting': {
    file: 'main',
    environment: {
      ...azure,
      ...everySetting,
      ALERT_EMAIL: 'alerts@example.com',
      OPERATOR_PRINCIPAL_ID: 'the-operator',
      STORAGE_SKU: 'Standard_LRS',
      PROTECT_VAULT: 'true',
    },
  },
  // Keys are rotated, and the vault has the secrets of it: none is given.
  'prod with a scheduler and second keys': {
    file: 'prod',
    environment: { ...production, LIVEKIT_API_KEY_SECONDARY: 'second', MORE_SECRETS: 'TWILIO_AUTH_TOKEN_SECONDARY, DIAGNOSTICS_KEY' },
    more: scheduler,
  },
  ...Object.fromEntries(
    emptied.map(name => [`prod with an empty ${name}`, { file: 'prod', environment: { ...production, [name]: '' }, refused: tooShort }]),
  ),
  'prod with Twilio, but without its account': {
    file: 'prod',
    environment: { ...production, TWILIO_ACCOUNT_SID: '', LIVEKIT_SIP_URI: '' },
    refused: twilioLacks,
  },
};

/** Runs of the CLI that must be refused, with what it says. */
export const refusals = [
  {
    title: 'prod where every required variable is empty',
    file: 'prod',
    environment: { ...production, ...Object.fromEntries(emptied.map(name => [name, ''])) },
    says: [/BCP333: .*"location"/, /BCP333: .*"settings"/, /Error BCP333: The provided value/],
  },
  {
    title: 'azd with nothing set',
    file: 'main',
    environment: {},
    says: ['AZURE_ENV_NAME', 'AZURE_LOCATION', 'LIVEKIT_HOST', 'LIVEKIT_API_KEY'].map(
      name => new RegExp(`BCP427: Environment variable "${name}" does not exist`),
    ),
  },
];
