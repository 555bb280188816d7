using 'main.bicep'

// For callers: one warm instance for webhooks and one for orchestrations, data in three zones, alerts to somebody.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'voice-prod')
param location = readEnvironmentVariable('AZURE_LOCATION')

param settings = {
  PUBLIC_URL: readEnvironmentVariable('PUBLIC_URL', '')
  LIVEKIT_HOST: readEnvironmentVariable('LIVEKIT_HOST')
  LIVEKIT_API_KEY: readEnvironmentVariable('LIVEKIT_API_KEY')
  TWILIO_ACCOUNT_SID: readEnvironmentVariable('TWILIO_ACCOUNT_SID')
  LIVEKIT_SIP_URI: readEnvironmentVariable('LIVEKIT_SIP_URI')
  LIVEKIT_SIP_USERNAME: readEnvironmentVariable('LIVEKIT_SIP_USERNAME')
  LIVEKIT_AGENT_NAME: readEnvironmentVariable('LIVEKIT_AGENT_NAME', '')
  FALLBACK_NUMBER: readEnvironmentVariable('FALLBACK_NUMBER', '')
}

param secretNames = ['LIVEKIT_API_SECRET', 'LIVEKIT_SIP_PASSWORD', 'TWILIO_AUTH_TOKEN']

param secrets = {
  LIVEKIT_API_SECRET: readEnvironmentVariable('LIVEKIT_API_SECRET', '')
  LIVEKIT_SIP_PASSWORD: readEnvironmentVariable('LIVEKIT_SIP_PASSWORD', '')
  TWILIO_AUTH_TOKEN: readEnvironmentVariable('TWILIO_AUTH_TOKEN', '')
}

param alwaysReadyHttp = 1
param alwaysReadyDurable = 1
param maximumInstanceCount = 100
param storageSku = 'Standard_ZRS'
param logRetentionDays = 90
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
