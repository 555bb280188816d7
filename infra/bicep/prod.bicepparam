using 'main.bicep'
extends 'shared.bicepparam'

// For callers: one warm instance for webhooks, one for orchestrations, data in three zones, a vault that nobody purges, alerts.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'voice-prod')
param alwaysReadyHttp = 1
param alwaysReadyDurable = 1
param maximumInstanceCount = 100
param storageSku = empty(readEnvironmentVariable('STORAGE_SKU', '')) ? 'Standard_ZRS' : readEnvironmentVariable('STORAGE_SKU', '')
param protect = true
param logRetentionDays = 90
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
