@secure()
@description('A secret.')
param key string

var text = 'key=${key}'

@description('The text.')
output text string = text
