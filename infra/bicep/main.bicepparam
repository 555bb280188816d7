using 'main.bicep'

// What azd takes: everything comes from the azd environment (azd env set NAME value). See dev.bicepparam and prod.bicepparam for az.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
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

param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
