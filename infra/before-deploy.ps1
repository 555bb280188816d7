# Names every setting that a deployment would miss, before it begins: before-deploy.sh, for Windows.
#
#   infra/before-deploy.ps1            for azd, which runs it at the beginning of `azd up` and `azd provision`
#   infra/before-deploy.ps1 dev|prod   for dev.bicepparam or prod.bicepparam with az
param([ValidateSet('azd', 'dev', 'prod')][string] $Target = 'azd')

$problems = [System.Collections.Generic.List[string]]::new()

function Value([string] $name) { [Environment]::GetEnvironmentVariable($name) }
function Problem([string] $name, [string] $text) { $problems.Add(('  {0,-28} {1}' -f $name, $text)) }
function Needs([string] $name, [string] $text) { if (-not (Value $name)) { Problem $name $text } }

# Once a deployment has been made, its vault holds the secrets, and its output KEY_VAULT_NAME says so.
function NeedsSecret([string] $name, [string] $text) { if (-not (Value 'KEY_VAULT_NAME')) { Needs $name $text } }

if ($Target -ne 'azd') { # which asks for it by itself
  Needs AZURE_LOCATION 'a region with Flex Consumption, such as westeurope'
}
Needs LIVEKIT_HOST "LiveKit's server API, such as https://project.livekit.cloud"
Needs LIVEKIT_API_KEY 'the API key of the LiveKit project'
NeedsSecret LIVEKIT_API_SECRET 'secret; belongs to LIVEKIT_API_KEY'
if (Value 'LIVEKIT_API_KEY_SECONDARY') {
  NeedsSecret LIVEKIT_API_SECRET_SECONDARY 'secret; belongs to LIVEKIT_API_KEY_SECONDARY'
}
if ((Value 'TWILIO_ENABLED') -ne 'false') {
  Needs TWILIO_ACCOUNT_SID 'the Twilio account (AC...); for SIP trunks alone set TWILIO_ENABLED to false instead'
  NeedsSecret TWILIO_AUTH_TOKEN 'secret; belongs to the account'
  Needs LIVEKIT_SIP_URI "LiveKit's SIP host, such as sip:project.sip.livekit.cloud"
}
if (Value 'LIVEKIT_SIP_USERNAME') {
  NeedsSecret LIVEKIT_SIP_PASSWORD 'secret; belongs to LIVEKIT_SIP_USERNAME'
}
elseif (Value 'LIVEKIT_SIP_PASSWORD') {
  Needs LIVEKIT_SIP_USERNAME 'belongs to LIVEKIT_SIP_PASSWORD'
}
if ((Value 'ROUTES_FILE') -and (Value 'ROUTES_JSON')) {
  Problem ROUTES_JSON 'cannot be set together with ROUTES_FILE'
}
if ((Value 'PUBLIC_URL') -like '*.azurewebsites.net*') {
  Problem PUBLIC_URL "is for a domain of your own; set it to '' for the app's own host, which may change"
}
if ($Target -eq 'prod') {
  Needs ALERT_EMAIL 'who gets the alerts'
}

if ($problems.Count -eq 0) { exit 0 }
[Console]::Error.WriteLine('before-deploy: these settings are missing or wrong:')
$problems | ForEach-Object { [Console]::Error.WriteLine($_) }
[Console]::Error.WriteLine(
  "Set them with 'azd env set NAME VALUE', or in this shell: azd keeps what it is told in plain text, so rather not the secrets.")
[Console]::Error.WriteLine('infra/README.md says what each of them is.')
exit 1
