using 'main.bicep'
extends 'shared.bicepparam'

// For trying out: nothing waits, little is kept, nobody is woken. The first call after a pause may meet a cold start.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'voice-dev')
param settings = {
  ...base.settings
  RETENTION_DAYS: empty(base.settings.RETENTION_DAYS) ? '7' : base.settings.RETENTION_DAYS
  LOG_LEVEL: empty(base.settings.LOG_LEVEL) ? 'Debug' : base.settings.LOG_LEVEL
}
param alwaysReadyHttp = 0
param alwaysReadyDurable = 0
param maximumInstanceCount = 10
param storageSku = empty(readEnvironmentVariable('STORAGE_SKU', '')) ? 'Standard_LRS' : readEnvironmentVariable('STORAGE_SKU', '')
param protect = false
param alertEmail = empty(readEnvironmentVariable('ALERT_EMAIL', '')) ? null : readEnvironmentVariable('ALERT_EMAIL', '')
param availabilityTest = false
