using '../../../infra/bicep/main.bicep'

// For trying out: nothing waits, little is kept. The first call after a pause may meet a cold start.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'voice-dev')
param location = readEnvironmentVariable('AZURE_LOCATION')

param settings = {
  LIVEKIT_HOST: readEnvironmentVariable('LIVEKIT_HOST')
  LIVEKIT_API_KEY: readEnvironmentVariable('LIVEKIT_API_KEY')
  TWILIO_ACCOUNT_SID: readEnvironmentVariable('TWILIO_ACCOUNT_SID')
  LIVEKIT_SIP_URI: readEnvironmentVariable('LIVEKIT_SIP_URI')
  LIVEKIT_SIP_USERNAME: readEnvironmentVariable('LIVEKIT_SIP_USERNAME')
  LIVEKIT_AGENT_NAME: readEnvironmentVariable('LIVEKIT_AGENT_NAME', '')
  FALLBACK_NUMBER: readEnvironmentVariable('FALLBACK_NUMBER', '')
  RETENTION_DAYS: '7'
  LOG_LEVEL: 'Debug'
}

param secretNames = ['LIVEKIT_API_SECRET', 'LIVEKIT_SIP_PASSWORD', 'TWILIO_AUTH_TOKEN']

param secrets = {
  LIVEKIT_API_SECRET: readEnvironmentVariable('LIVEKIT_API_SECRET', '')
  LIVEKIT_SIP_PASSWORD: readEnvironmentVariable('LIVEKIT_SIP_PASSWORD', '')
  TWILIO_AUTH_TOKEN: readEnvironmentVariable('TWILIO_AUTH_TOKEN', '')
}

param alwaysReadyHtpp = 0
param alwaysReadyDurable = 0
param maximumInstanceCount = 10
param storageSku = 'Standard_LRS'
param availabilityTest = false
