@description('A query.')
output query string = loadTextContent('nowhere.kql')
