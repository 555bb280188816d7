module identity 'nowhere.bicep' = {
  params: {}
}
