using 'main.bicep'
extends 'shared.bicepparam'

// What azd takes: everything comes from the azd environment (azd env set NAME value) or the shell. dev and prod.bicepparam are for az.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param storageSku = empty(readEnvironmentVariable('STORAGE_SKU', '')) ? 'Standard_ZRS' : readEnvironmentVariable('STORAGE_SKU', '')
param protect = toLower(readEnvironmentVariable('PROTECT_VAULT', 'false')) == 'true'
param alertEmail = empty(readEnvironmentVariable('ALERT_EMAIL', '')) ? null : readEnvironmentVariable('ALERT_EMAIL', '')
