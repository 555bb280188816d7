metadata description = 'The gateway settings by their own names. tests/infra compares these types with the list that the code reads.'

@export()
@description('Settings that are no secrets. Whatever is missing or empty is not written, and the default of the gateway holds.')
type gatewaySettings = {
  @description('The URL under which Twilio and LiveKit reach the gateway; without it the host name that Azure gives the app.')
  PUBLIC_URL: string?

  @minLength(1)
  @description('The server API of LiveKit, such as https://project.livekit.cloud.')
  LIVEKIT_HOST: string

  @minLength(1)
  @description('The API key of the LiveKit project.')
  LIVEKIT_API_KEY: string

  @description('A second key while keys are rotated; its secret is LIVEKIT_API_SECRET_SECONDARY.')
  LIVEKIT_API_KEY_SECONDARY: string?

  @description('false for SIP trunks alone.')
  TWILIO_ENABLED: string?

  @description('The Twilio account, AC and 32 hexadecimal digits. Required unless TWILIO_ENABLED is false.')
  TWILIO_ACCOUNT_SID: string?

  @description('The region of the Twilio account for its REST API, such as ie1; us1 by default.')
  TWILIO_REGION: string?

  @description('The edge at which the REST API of Twilio is entered, such as dublin.')
  TWILIO_EDGE: string?

  @description('The SIP host of LiveKit, such as sip:project.sip.livekit.cloud. Required unless TWILIO_ENABLED is false.')
  LIVEKIT_SIP_URI: string?

  @description('The user name of the inbound SIP trunk; its password is LIVEKIT_SIP_PASSWORD.')
  LIVEKIT_SIP_USERNAME: string?

  @description('The outbound SIP trunk, ST_ and an id, over which LiveKit dials a human into the room.')
  LIVEKIT_SIP_OUTBOUND_TRUNK_ID: string?

  @description('Inbound SIP trunks, ST_ and an id, separated by commas, whose calls are ours in rooms without our prefix too.')
  LIVEKIT_SIP_TRUNK_IDS: string?

  @description('The same by dispatch rules, SDR_ and an id.')
  LIVEKIT_SIP_RULE_IDS: string?

  @description('The room prefix of the callee dispatch rule.')
  LIVEKIT_ROOM_PREFIX: string?

  @description('The agent that is dispatched where a route names none.')
  LIVEKIT_AGENT_NAME: string?

  @description('The agent that is sent where the other one is not heard.')
  LIVEKIT_RESERVE_AGENT_NAME: string?

  @description('Participants of kind STANDARD whose identity begins so count as agents.')
  LIVEKIT_AGENT_IDENTITY_PREFIX: string?

  @description('A JSON file in the package that routes called numbers to agents.')
  ROUTES_FILE: string?

  @description('The same JSON as text; not together with ROUTES_FILE.')
  ROUTES_JSON: string?

  @description('A JSON file in the package with the tools that agents may use.')
  TOOLS_FILE: string?
  COST_PRICES_FILE: string?
  COST_PRICES_JSON: string?

  @description('The country whose national numbers are read, in two letters such as DE.')
  DEFAULT_REGION: string?

  @description('How long a caller waits for an agent that speaks.')
  DIAL_TIMEOUT_SECONDS: string?

  @description('After how much silence another agent is sent where none is in the room.')
  SILENCE_REDISPATCH_SECONDS: string?

  @description('After how much silence the reserve agent is sent.')
  SILENCE_RESERVE_SECONDS: string?

  @description('After how much silence the caller is handed over.')
  SILENCE_HANDOVER_SECONDS: string?

  @description('The longest a call may last.')
  MAX_CALL_SECONDS: string?

  @description('How long after the end the room stays for the agent.')
  ROOM_GRACE_SECONDS: string?

  @description('A human in E.164 who is called where no agent answers.')
  FALLBACK_NUMBER: string?

  @description('What is said where no agent answers and there is no FALLBACK_NUMBER.')
  FALLBACK_MESSAGE: string?

  @description('The caller id in E.164 that a human sees whom LiveKit dials; with Twilio only where neither caller nor called number is one.')
  TELEPHONY_DEFAULT_FROM_NUMBER: string?

  @description('false drains the gateway.')
  TELEPHONY_ENABLED: string?

  @description('Further RSA public keys in PEM whose access tokens are accepted.')
  API_TOKEN_PUBLIC_KEYS: string?

  @description('What the access tokens of tenants are good for, as JSON.')
  API_SCOPES: string?

  @description('The origins of the web pages that may call the API.')
  CORS_ALLOWED_ORIGINS: string?

  @description('The directory of Entra ID whose access tokens are taken, a GUID.')
  ENTRA_TENANT_ID: string?

  @description('The application for which they must be.')
  ENTRA_AUDIENCE: string?

  @description('The tenant of each client application, as JSON.')
  ENTRA_CLIENTS: string?

  @description('Who issues them, in other clouds.')
  ENTRA_AUTHORITY: string?

  @description('What each tenant may do, in JSON: calls at one time, and requests.')
  TENANT_LIMITS: string?

  @description('The table of the journal, calls by default.')
  CALLS_TABLE: string?

  @description('The storage account into whose blobs LiveKit writes recordings; its key is RECORDING_AZURE_KEY.')
  RECORDING_AZURE_ACCOUNT: string?

  @description('The container of recordings in that account.')
  RECORDING_AZURE_CONTAINER: string?

  @description('The bucket into which LiveKit writes recordings, instead of Azure.')
  RECORDING_S3_BUCKET: string?

  @description('The region of that bucket.')
  RECORDING_S3_REGION: string?

  @description('The URL of a store that speaks like S3.')
  RECORDING_S3_ENDPOINT: string?

  @description('true where the bucket stands in the path of that URL.')
  RECORDING_S3_FORCE_PATH_STYLE: string?

  @description('The folder in which the documents of the tenants are kept, such as a mounted share; without it and AZURE_SEARCH_ENDPOINT none are kept.')
  KNOWLEDGE_PATH: string?

  @description('The Azure AI Search service that keeps them instead.')
  AZURE_SEARCH_ENDPOINT: string?

  @description('The index in that service.')
  AZURE_SEARCH_INDEX: string?

  @description('The semantic configuration of that index.')
  AZURE_SEARCH_SEMANTIC_CONFIGURATION: string?

  @description('The endpoint of an Event Grid topic with the schema CloudEvents 1.0.')
  EVENT_GRID_ENDPOINT: string?

  @description('The queue or topic of lifecycle events; its namespace is EVENT_SERVICE_BUS.')
  EVENT_SERVICE_BUS_QUEUE: string?

  @description('true writes each lifecycle event as a line.')
  EVENT_CONSOLE: string?

  @description('For how many hours a lifecycle event is offered.')
  EVENT_RETRY_HOURS: string?

  @description('How many days the stories of closed calls are kept.')
  RETENTION_DAYS: string?

  @description('The least level that is logged.')
  LOG_LEVEL: string?
}

@export()
@description('Settings that are secrets. They live in the vault, under the same name in lower case with dashes.')
type secretName =
  | 'LIVEKIT_API_SECRET'
  | 'LIVEKIT_API_SECRET_SECONDARY'
  | 'LIVEKIT_SIP_PASSWORD'
  | 'TWILIO_AUTH_TOKEN'
  | 'TWILIO_AUTH_TOKEN_SECONDARY'
  | 'TWILIO_ACCOUNTS'
  | 'DIAGNOSTICS_KEY'
  | 'API_KEYS'
  | 'API_TOKEN_SECRET'
  | 'API_TOKEN_PRIVATE_KEY'
  | 'TOOLS_JSON'
  | 'RECORDING_AZURE_KEY'
  | 'RECORDING_S3_ACCESS_KEY'
  | 'RECORDING_S3_SECRET'
  | 'AZURE_SEARCH_KEY'
  | 'EVENT_WEBHOOKS'
  | 'EVENT_GRID_KEY'
  | 'EVENT_SERVICE_BUS'
  | 'EVENT_REDIS'
