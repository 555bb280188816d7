resource account 'Microsoft.Storage/storageAccounts@2019-04-01' existing = {
  name: 'stold'
}

@description('The id.')
output id string = account.id
