@description('A name.')
param name string
