using none

// What every deployment reads of the environment, whichever parameter file it is made with. What is not set comes as an empty text, which
// main.bicep leaves out. infra/README.md says what each variable is; infra/before-deploy.sh names the ones that are missing.

param location = readEnvironmentVariable('AZURE_LOCATION')

param settings = {
  PUBLIC_URL: readEnvironmentVariable('PUBLIC_URL', '')
  LIVEKIT_HOST: readEnvironmentVariable('LIVEKIT_HOST')
  LIVEKIT_API_KEY: readEnvironmentVariable('LIVEKIT_API_KEY')
  LIVEKIT_API_KEY_SECONDARY: readEnvironmentVariable('LIVEKIT_API_KEY_SECONDARY', '')
  TWILIO_ENABLED: readEnvironmentVariable('TWILIO_ENABLED', '')
  TWILIO_ACCOUNT_SID: readEnvironmentVariable('TWILIO_ACCOUNT_SID', '')
  TWILIO_REGION: readEnvironmentVariable('TWILIO_REGION', '')
  TWILIO_EDGE: readEnvironmentVariable('TWILIO_EDGE', '')
  LIVEKIT_SIP_URI: readEnvironmentVariable('LIVEKIT_SIP_URI', '')
  LIVEKIT_SIP_USERNAME: readEnvironmentVariable('LIVEKIT_SIP_USERNAME', '')
  LIVEKIT_SIP_OUTBOUND_TRUNK_ID: readEnvironmentVariable('LIVEKIT_SIP_OUTBOUND_TRUNK_ID', '')
  LIVEKIT_SIP_TRUNK_IDS: readEnvironmentVariable('LIVEKIT_SIP_TRUNK_IDS', '')
  LIVEKIT_SIP_RULE_IDS: readEnvironmentVariable('LIVEKIT_SIP_RULE_IDS', '')
  LIVEKIT_ROOM_PREFIX: readEnvironmentVariable('LIVEKIT_ROOM_PREFIX', '')
  LIVEKIT_AGENT_NAME: readEnvironmentVariable('LIVEKIT_AGENT_NAME', '')
  LIVEKIT_RESERVE_AGENT_NAME: readEnvironmentVariable('LIVEKIT_RESERVE_AGENT_NAME', '')
  LIVEKIT_AGENT_IDENTITY_PREFIX: readEnvironmentVariable('LIVEKIT_AGENT_IDENTITY_PREFIX', '')
  ROUTES_FILE: readEnvironmentVariable('ROUTES_FILE', '')
  TOOLS_FILE: readEnvironmentVariable('TOOLS_FILE', '')
  COST_PRICES_FILE: readEnvironmentVariable('COST_PRICES_FILE', '')
  COST_PRICES_JSON: readEnvironmentVariable('COST_PRICES_JSON', '')
  ROUTES_JSON: readEnvironmentVariable('ROUTES_JSON', '')
  DEFAULT_REGION: readEnvironmentVariable('DEFAULT_REGION', '')
  DIAL_TIMEOUT_SECONDS: readEnvironmentVariable('DIAL_TIMEOUT_SECONDS', '')
  SILENCE_REDISPATCH_SECONDS: readEnvironmentVariable('SILENCE_REDISPATCH_SECONDS', '')
  SILENCE_RESERVE_SECONDS: readEnvironmentVariable('SILENCE_RESERVE_SECONDS', '')
  SILENCE_HANDOVER_SECONDS: readEnvironmentVariable('SILENCE_HANDOVER_SECONDS', '')
  MAX_CALL_SECONDS: readEnvironmentVariable('MAX_CALL_SECONDS', '')
  ROOM_GRACE_SECONDS: readEnvironmentVariable('ROOM_GRACE_SECONDS', '')
  FALLBACK_NUMBER: readEnvironmentVariable('FALLBACK_NUMBER', '')
  FALLBACK_MESSAGE: readEnvironmentVariable('FALLBACK_MESSAGE', '')
  TELEPHONY_DEFAULT_FROM_NUMBER: readEnvironmentVariable('TELEPHONY_DEFAULT_FROM_NUMBER', '')
  TELEPHONY_ENABLED: readEnvironmentVariable('TELEPHONY_ENABLED', '')
  TENANT_LIMITS: readEnvironmentVariable('TENANT_LIMITS', '')
  CALLS_TABLE: readEnvironmentVariable('CALLS_TABLE', '')
  API_TOKEN_PUBLIC_KEYS: readEnvironmentVariable('API_TOKEN_PUBLIC_KEYS', '')
  API_SCOPES: readEnvironmentVariable('API_SCOPES', '')
  CORS_ALLOWED_ORIGINS: readEnvironmentVariable('CORS_ALLOWED_ORIGINS', '')
  ENTRA_TENANT_ID: readEnvironmentVariable('ENTRA_TENANT_ID', '')
  ENTRA_AUDIENCE: readEnvironmentVariable('ENTRA_AUDIENCE', '')
  ENTRA_CLIENTS: readEnvironmentVariable('ENTRA_CLIENTS', '')
  ENTRA_AUTHORITY: readEnvironmentVariable('ENTRA_AUTHORITY', '')
  RECORDING_AZURE_ACCOUNT: readEnvironmentVariable('RECORDING_AZURE_ACCOUNT', '')
  RECORDING_AZURE_CONTAINER: readEnvironmentVariable('RECORDING_AZURE_CONTAINER', '')
  RECORDING_S3_BUCKET: readEnvironmentVariable('RECORDING_S3_BUCKET', '')
  RECORDING_S3_REGION: readEnvironmentVariable('RECORDING_S3_REGION', '')
  RECORDING_S3_ENDPOINT: readEnvironmentVariable('RECORDING_S3_ENDPOINT', '')
  RECORDING_S3_FORCE_PATH_STYLE: readEnvironmentVariable('RECORDING_S3_FORCE_PATH_STYLE', '')
  KNOWLEDGE_PATH: readEnvironmentVariable('KNOWLEDGE_PATH', '')
  AZURE_SEARCH_ENDPOINT: readEnvironmentVariable('AZURE_SEARCH_ENDPOINT', '')
  AZURE_SEARCH_INDEX: readEnvironmentVariable('AZURE_SEARCH_INDEX', '')
  AZURE_SEARCH_SEMANTIC_CONFIGURATION: readEnvironmentVariable('AZURE_SEARCH_SEMANTIC_CONFIGURATION', '')
  EVENT_GRID_ENDPOINT: readEnvironmentVariable('EVENT_GRID_ENDPOINT', '')
  EVENT_SERVICE_BUS_QUEUE: readEnvironmentVariable('EVENT_SERVICE_BUS_QUEUE', '')
  EVENT_CONSOLE: readEnvironmentVariable('EVENT_CONSOLE', '')
  EVENT_RETRY_HOURS: readEnvironmentVariable('EVENT_RETRY_HOURS', '')
  RETENTION_DAYS: readEnvironmentVariable('RETENTION_DAYS', '')
  LOG_LEVEL: readEnvironmentVariable('LOG_LEVEL', '')
}

var secretValues = {
  LIVEKIT_API_SECRET: readEnvironmentVariable('LIVEKIT_API_SECRET', '')
  LIVEKIT_API_SECRET_SECONDARY: readEnvironmentVariable('LIVEKIT_API_SECRET_SECONDARY', '')
  LIVEKIT_SIP_PASSWORD: readEnvironmentVariable('LIVEKIT_SIP_PASSWORD', '')
  TWILIO_AUTH_TOKEN: readEnvironmentVariable('TWILIO_AUTH_TOKEN', '')
  TWILIO_AUTH_TOKEN_SECONDARY: readEnvironmentVariable('TWILIO_AUTH_TOKEN_SECONDARY', '')
  TWILIO_ACCOUNTS: readEnvironmentVariable('TWILIO_ACCOUNTS', '')
  DIAGNOSTICS_KEY: readEnvironmentVariable('DIAGNOSTICS_KEY', '')
  API_KEYS: readEnvironmentVariable('API_KEYS', '')
  API_TOKEN_SECRET: readEnvironmentVariable('API_TOKEN_SECRET', '')
  API_TOKEN_PRIVATE_KEY: readEnvironmentVariable('API_TOKEN_PRIVATE_KEY', '')
  TOOLS_JSON: readEnvironmentVariable('TOOLS_JSON', '')
  RECORDING_AZURE_KEY: readEnvironmentVariable('RECORDING_AZURE_KEY', '')
  RECORDING_S3_ACCESS_KEY: readEnvironmentVariable('RECORDING_S3_ACCESS_KEY', '')
  RECORDING_S3_SECRET: readEnvironmentVariable('RECORDING_S3_SECRET', '')
  AZURE_SEARCH_KEY: readEnvironmentVariable('AZURE_SEARCH_KEY', '')
  EVENT_WEBHOOKS: readEnvironmentVariable('EVENT_WEBHOOKS', '')
  EVENT_GRID_KEY: readEnvironmentVariable('EVENT_GRID_KEY', '')
  EVENT_SERVICE_BUS: readEnvironmentVariable('EVENT_SERVICE_BUS', '')
  EVENT_REDIS: readEnvironmentVariable('EVENT_REDIS', '')
}

param secrets = secretValues

// No setting tells whether the app gets these: it does where the value is given, and where the vault has it and MORE_SECRETS names it.
var wanted = split(replace(readEnvironmentVariable('MORE_SECRETS', ''), ' ', ''), ',')
param moreSecretNames = filter(
  [
    'TWILIO_AUTH_TOKEN_SECONDARY'
    'TWILIO_ACCOUNTS'
    'DIAGNOSTICS_KEY'
    'API_KEYS'
    'API_TOKEN_SECRET'
    'API_TOKEN_PRIVATE_KEY'
    'TOOLS_JSON'
    'RECORDING_AZURE_KEY'
    'RECORDING_S3_ACCESS_KEY'
    'RECORDING_S3_SECRET'
    'AZURE_SEARCH_KEY'
    'EVENT_WEBHOOKS'
    'EVENT_GRID_KEY'
    'EVENT_SERVICE_BUS'
    'EVENT_REDIS'
  ],
  name => contains(wanted, name) || !empty(secretValues[name])
)

param operatorPrincipalId = readEnvironmentVariable('OPERATOR_PRINCIPAL_ID', '')
