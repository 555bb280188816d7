namespace VoiceFunctions.Core.Settings;

/// <summary>
/// Every setting that the gateway reads, in one place. The sample file, the documentation and the infrastructure
/// are compared with this list.
/// </summary>
public static partial class SettingNames
{
    /// <summary>The URL that Twilio signs.</summary>
    public const string PublicUrl = "PUBLIC_URL";

    /// <summary>Whether new calls are accepted.</summary>
    public const string TelephonyEnabled = "TELEPHONY_ENABLED";

    /// <summary>Whether calls come through Twilio's webhooks.</summary>
    public const string TwilioEnabled = "TWILIO_ENABLED";

    /// <summary>Twilio's account.</summary>
    public const string TwilioAccountSid = "TWILIO_ACCOUNT_SID";

    /// <summary>Twilio's signing secret.</summary>
    public const string TwilioAuthToken = "TWILIO_AUTH_TOKEN";

    /// <summary>Twilio's second signing secret, for rotation.</summary>
    public const string TwilioAuthTokenSecondary = "TWILIO_AUTH_TOKEN_SECONDARY";

    /// <summary>Further accounts of Twilio.</summary>
    public const string TwilioAccounts = "TWILIO_ACCOUNTS";

    /// <summary>The region of Twilio's REST API.</summary>
    public const string TwilioRegion = "TWILIO_REGION";

    /// <summary>The edge of Twilio's REST API.</summary>
    public const string TwilioEdge = "TWILIO_EDGE";

    /// <summary>LiveKit's address.</summary>
    public const string LiveKitHost = "LIVEKIT_HOST";

    /// <summary>LiveKit's key.</summary>
    public const string LiveKitApiKey = "LIVEKIT_API_KEY";

    /// <summary>LiveKit's secret.</summary>
    public const string LiveKitApiSecret = "LIVEKIT_API_SECRET";

    /// <summary>LiveKit's second key, for rotation.</summary>
    public const string LiveKitApiKeySecondary = "LIVEKIT_API_KEY_SECONDARY";

    /// <summary>The secret of LiveKit's second key.</summary>
    public const string LiveKitApiSecretSecondary = "LIVEKIT_API_SECRET_SECONDARY";

    /// <summary>LiveKit's SIP host.</summary>
    public const string LiveKitSipUri = "LIVEKIT_SIP_URI";

    /// <summary>The inbound trunk's user.</summary>
    public const string LiveKitSipUsername = "LIVEKIT_SIP_USERNAME";

    /// <summary>The inbound trunk's password.</summary>
    public const string LiveKitSipPassword = "LIVEKIT_SIP_PASSWORD";

    /// <summary>The trunk over which humans are dialled.</summary>
    public const string LiveKitSipOutboundTrunkId = "LIVEKIT_SIP_OUTBOUND_TRUNK_ID";

    /// <summary>Inbound trunks whose calls are ours whatever their room is called.</summary>
    public const string LiveKitSipTrunkIds = "LIVEKIT_SIP_TRUNK_IDS";

    /// <summary>Dispatch rules whose calls are ours whatever their room is called.</summary>
    public const string LiveKitSipRuleIds = "LIVEKIT_SIP_RULE_IDS";

    /// <summary>The prefix of our room names.</summary>
    public const string LiveKitRoomPrefix = "LIVEKIT_ROOM_PREFIX";

    /// <summary>The default agent.</summary>
    public const string LiveKitAgentName = "LIVEKIT_AGENT_NAME";

    /// <summary>The default reserve agent.</summary>
    public const string LiveKitReserveAgentName = "LIVEKIT_RESERVE_AGENT_NAME";

    /// <summary>Agents that join by a plain token.</summary>
    public const string LiveKitAgentIdentityPrefix = "LIVEKIT_AGENT_IDENTITY_PREFIX";

    /// <summary>The routes as a file.</summary>
    public const string RoutesFile = "ROUTES_FILE";

    /// <summary>The routes as text.</summary>
    public const string RoutesJson = "ROUTES_JSON";

    /// <summary>The region whose national numbers are read.</summary>
    public const string DefaultRegion = "DEFAULT_REGION";

    /// <summary>The default dial timeout.</summary>
    public const string DialTimeoutSeconds = "DIAL_TIMEOUT_SECONDS";

    /// <summary>The default silence after which another agent is dispatched.</summary>
    public const string SilenceRedispatchSeconds = "SILENCE_REDISPATCH_SECONDS";

    /// <summary>The default silence after which the reserve agent is dispatched.</summary>
    public const string SilenceReserveSeconds = "SILENCE_RESERVE_SECONDS";

    /// <summary>The default silence after which the caller is handed over.</summary>
    public const string SilenceHandoverSeconds = "SILENCE_HANDOVER_SECONDS";

    /// <summary>The default longest duration.</summary>
    public const string MaxCallSeconds = "MAX_CALL_SECONDS";

    /// <summary>The default time from the end of a call to the deletion of its room.</summary>
    public const string RoomGraceSeconds = "ROOM_GRACE_SECONDS";

    /// <summary>The human who is called if no agent answers.</summary>
    public const string FallbackNumber = "FALLBACK_NUMBER";

    /// <summary>The message that is spoken if no agent answers.</summary>
    public const string FallbackMessage = "FALLBACK_MESSAGE";

    /// <summary>The caller id that a human sees.</summary>
    public const string DefaultFromNumber = "TELEPHONY_DEFAULT_FROM_NUMBER";

    /// <summary>The key of the diagnostic routes.</summary>
    public const string DiagnosticsKey = "DIAGNOSTICS_KEY";

    /// <summary>The tenants and their API keys.</summary>
    public const string ApiKeys = "API_KEYS";

    /// <summary>What signs the API's access tokens.</summary>
    public const string ApiTokenSecret = "API_TOKEN_SECRET";

    /// <summary>What each tenant may do.</summary>
    public const string TenantLimits = "TENANT_LIMITS";

    /// <summary>The journal's storage account, by connection string.</summary>
    public const string StorageConnection = "CALLS_STORAGE_CONNECTION";

    /// <summary>The journal's storage account, by managed identity.</summary>
    public const string StorageTableUri = "CALLS_STORAGE_TABLE_URI";

    /// <summary>The managed identity.</summary>
    public const string AzureClientId = "AZURE_CLIENT_ID";

    /// <summary>The journal's table.</summary>
    public const string CallsTable = "CALLS_TABLE";

    /// <summary>That simulated calls may meet a stored journal; read by the local host.</summary>
    public const string SimulateWithRealJournal = "SIMULATE_WITH_REAL_JOURNAL";

    /// <summary>The storage account of recordings.</summary>
    public const string RecordingAzureAccount = "RECORDING_AZURE_ACCOUNT";

    /// <summary>Its key.</summary>
    public const string RecordingAzureKey = "RECORDING_AZURE_KEY";

    /// <summary>The container of recordings.</summary>
    public const string RecordingAzureContainer = "RECORDING_AZURE_CONTAINER";

    /// <summary>The bucket of recordings.</summary>
    public const string RecordingS3Bucket = "RECORDING_S3_BUCKET";

    /// <summary>The access key of the bucket.</summary>
    public const string RecordingS3AccessKey = "RECORDING_S3_ACCESS_KEY";

    /// <summary>The secret of that key.</summary>
    public const string RecordingS3Secret = "RECORDING_S3_SECRET";

    /// <summary>The region of the bucket.</summary>
    public const string RecordingS3Region = "RECORDING_S3_REGION";

    /// <summary>The URL of a store other than Amazon's.</summary>
    public const string RecordingS3Endpoint = "RECORDING_S3_ENDPOINT";

    /// <summary>Whether the bucket stands in the path.</summary>
    public const string RecordingS3ForcePathStyle = "RECORDING_S3_FORCE_PATH_STYLE";

    /// <summary>How long the histories of closed calls are kept.</summary>
    public const string RetentionDays = "RETENTION_DAYS";

    /// <summary>Whether metrics can be read without a key.</summary>
    public const string MetricsOpen = "METRICS_OPEN";

    /// <summary>The lowest log level.</summary>
    public const string LogLevel = "LOG_LEVEL";

    /// <summary>All settings, in the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(PublicUrl, SettingNeed.Required, null, "The URL under which Twilio and LiveKit reach the gateway, such as "
            + "`https://voice.example.com`. Signatures are checked against it, never against request headers."),
        new(
            LiveKitHost,
            SettingNeed.Required,
            null,
            "The URL of LiveKit's server API, such as `https://project.livekit.cloud`; `ws` and `wss` work too."),
        new(LiveKitApiKey, SettingNeed.Required, null, "The API key of the LiveKit project. LiveKit also signs its webhooks with it."),
        new(LiveKitApiSecret, SettingNeed.Required, null, "The secret of that key.") { IsSecret = true },
        new(LiveKitApiKeySecondary, SettingNeed.Optional, null, "A second key whose webhooks are accepted, during a key rotation."),
        new(LiveKitApiSecretSecondary, SettingNeed.Optional, null, "The secret of the second key.") { IsSecret = true },
        new(
            TwilioEnabled,
            SettingNeed.Optional,
            "true",
            "`false` if you only use SIP trunks: the Twilio routes then refuse every request, and Twilio settings are not needed."),
        new(TwilioAccountSid, SettingNeed.RequiredForTwilio, null, "The Twilio account whose calls the gateway accepts (`AC…`)."),
        new(TwilioAuthToken, SettingNeed.RequiredForTwilio, null, "The account's auth token. Twilio signs its webhooks with it.")
        {
            IsSecret = true,
        },
        new(TwilioAuthTokenSecondary, SettingNeed.Optional, null, "A second token that is accepted, during a token rotation.")
        {
            IsSecret = true,
        },
        new(
            TwilioAccounts,
            SettingNeed.Optional,
            null,
            "Further accounts or subaccounts whose calls the gateway accepts, as JSON: a list of `accountSid` and `authToken`, and "
                + "optionally `authTokenSecondary`, `region` and `edge`.")
        {
            IsSecret = true,
            IsProse = true,
        },
        new(
            TwilioRegion,
            SettingNeed.Optional,
            "us1",
            "The region of the first account's calls at Twilio's REST API, such as `ie1`. The auth token must be the one of that region."),
        new(TwilioEdge, SettingNeed.Optional, "Twilio's default", "The edge location of Twilio's REST API, such as `dublin`."),
        new(
            LiveKitSipUri,
            SettingNeed.RequiredForTwilio,
            null,
            "LiveKit's SIP host, which Twilio dials, such as `sip:project.sip.livekit.cloud`. `;transport=tls` at its end is kept; "
                + "otherwise TCP is used."),
        new(LiveKitSipUsername, SettingNeed.Optional, null, "The user name of LiveKit's inbound SIP trunk for calls from Twilio."),
        new(LiveKitSipPassword, SettingNeed.Optional, null, "The password of that trunk.") { IsSecret = true },
        new(
            LiveKitSipOutboundTrunkId,
            SettingNeed.Optional,
            null,
            "The outbound SIP trunk (`ST_…`) through which LiveKit calls phones: for `POST /calls`, and to bring a human into a room."),
        new(
            LiveKitSipTrunkIds,
            SettingNeed.Optional,
            null,
            "Inbound SIP trunks (`ST_…`, separated by commas) whose calls the gateway handles although their rooms lack the room prefix."),
        new(
            LiveKitSipRuleIds,
            SettingNeed.Optional,
            null,
            "The same for dispatch rules (`SDR_…`, separated by commas), such as a direct rule with a fixed room."),
        new(
            LiveKitRoomPrefix,
            SettingNeed.Optional,
            "call",
            "The room prefix of the callee dispatch rule. Rooms are named `{prefix}_{callId}`."),
        new(LiveKitAgentName, SettingNeed.Optional, "voice-agent", "The agent that is dispatched if a route names none."),
        new(LiveKitReserveAgentName, SettingNeed.Optional, null,
            "Backup agent that is dispatched if the first one stays silent. Run it on other workers."),
        new(
            LiveKitAgentIdentityPrefix,
            SettingNeed.Optional,
            null,
            "For agents that join with a plain token: participants of kind STANDARD whose identity begins with this prefix count as "
                + "agents and may take the lease. 3 to 32 letters, digits, `_` or `-`."),
        new(RoutesFile, SettingNeed.Optional, null, "A JSON file with the [routes](docs/routes.md): which call gets which agent."),
        new(RoutesJson, SettingNeed.Optional, null, "The same JSON as text. Only one of the two can be set.") { IsProse = true },
        new(
            DefaultRegion,
            SettingNeed.Optional,
            null,
            "The country whose national numbers and international prefix are understood, in two letters (ISO 3166) such as `DE`. "
                + "Without it a number must begin with `+` or `00`."),
        new(DialTimeoutSeconds, SettingNeed.Optional, "25", "How many seconds a caller waits for an agent that speaks, 5 to 600."),
        new(
            SilenceRedispatchSeconds,
            SettingNeed.Optional,
            "10",
            "Seconds without an agent in the room before another one is dispatched, 3 to 600."),
        new(SilenceReserveSeconds, SettingNeed.Optional, "16", "Seconds of silence before the reserve agent is dispatched, 3 to 600."),
        new(
            SilenceHandoverSeconds,
            SettingNeed.Optional,
            "the dial timeout",
            "Seconds of silence before the caller gets the human or the message, 5 to 600."),
        new(MaxCallSeconds, SettingNeed.Optional, "3600", "How many seconds a call may last, 10 to 14400."),
        new(RoomGraceSeconds, SettingNeed.Optional, "10", "How many seconds the room stays open after the call has ended, 0 to 300."),
        new(FallbackNumber, SettingNeed.Optional, null, "The number of a human, in E.164, who is called if no agent answers."),
        new(FallbackMessage, SettingNeed.Optional, "an apology in English", "What callers hear if neither an agent nor a human answers.")
        {
            IsProse = true,
        },
        new(
            DefaultFromNumber,
            SettingNeed.Optional,
            null,
            "The caller id, in E.164, of calls that LiveKit makes. Calls that Twilio makes to a human use it only if neither the caller "
                + "nor the called side is a phone number."),
        new(
            TelephonyEnabled,
            SettingNeed.Optional,
            "true",
            "`false`: new callers from Twilio get the fallback, new callers of a SIP trunk are disconnected, running calls continue."),
        new(
            DiagnosticsKey,
            SettingNeed.Optional,
            "the diagnostic routes are closed",
            "The key of the [diagnostic routes](docs/http.md), such as `GET /calls`, sent in the header `X-Diagnostics-Key`.")
        {
            IsSecret = true,
        },
        new(
            ApiKeys,
            SettingNeed.Optional,
            "the API is closed",
            "The tenants and their API keys, for `POST /auth/token`: `{\"tenant\": \"key\", \"other\": [\"new key\", \"old key\"]}`. A "
                + "key has at least 16 characters. A phone call belongs to the tenant of its [route](docs/routes.md), or to the only "
                + "tenant.")
        {
            IsSecret = true,
        },
        new(
            ApiTokenSecret,
            SettingNeed.Optional,
            "the API is closed",
            "The secret that signs the API's access tokens, at least 32 characters. This or a private key opens the API. A new secret "
                + "makes all tokens invalid.")
        {
            IsSecret = true,
        },
        .. AccessSettingNames.All,
        new(
            TenantLimits,
            SettingNeed.Optional,
            "no limits",
            "The [limits](docs/limits.md) of each tenant; `*` means every tenant that is not named: `{\"*\": {\"concurrentCalls\": 20, "
                + "\"requests\": 600, \"seconds\": 60}, \"acme\": {\"concurrentCalls\": 50}}`."),
        new(
            StorageConnection,
            SettingNeed.Optional,
            null,
            "The connection string of the storage account that holds the journal; `UseDevelopmentStorage=true` means Azurite.")
        {
            IsSecret = true,
        },
        new(
            StorageTableUri,
            SettingNeed.Optional,
            null,
            "The account's table endpoint, instead of a connection string; the managed identity is used."),
        new(AzureClientId, SettingNeed.Optional, null, "The client id of the user-assigned managed identity that may use the storage "
            + "account."),
        new(CallsTable, SettingNeed.Optional, "calls", "The name of the journal's table."),
        new(
            SimulateWithRealJournal,
            SettingNeed.Optional,
            null,
            "For `./run.sh` without `LIVEKIT_HOST`: the value of `CALLS_TABLE` again, to confirm that all calls in that table are "
                + "simulated. A simulated LiveKit ends every other call there."),
        new(
            RecordingAzureAccount,
            SettingNeed.Optional,
            null,
            "The storage account to which LiveKit writes recordings. Set it together with `RECORDING_AZURE_KEY` and "
                + "`RECORDING_AZURE_CONTAINER`."),
        new(
            RecordingAzureKey,
            SettingNeed.Optional,
            null,
            "A key of that account, in base64. LiveKit supports neither a SAS nor a managed identity.")
        {
            IsSecret = true,
        },
        new(RecordingAzureContainer, SettingNeed.Optional, null, "The blob container in that account."),
        new(
            RecordingS3Bucket,
            SettingNeed.Optional,
            null,
            "The S3 bucket to which LiveKit writes recordings, instead of Azure. Set it together with `RECORDING_S3_ACCESS_KEY` and "
                + "`RECORDING_S3_SECRET`."),
        new(RecordingS3AccessKey, SettingNeed.Optional, null, "The access key of the bucket.") { IsSecret = true },
        new(RecordingS3Secret, SettingNeed.Optional, null, "The secret of that access key.") { IsSecret = true },
        new(RecordingS3Region, SettingNeed.Optional, "the store's own", "The region of the bucket, such as `eu-central-1`."),
        new(RecordingS3Endpoint, SettingNeed.Optional, "Amazon's", "The URL of a store with an S3-compatible API."),
        new(
            RecordingS3ForcePathStyle,
            SettingNeed.Optional,
            "false",
            "`true`: the bucket's name is in the URL's path, as many stores other than Amazon's need it."),
        .. OfTools,
        .. KnowledgeSettingNames.All,
        .. OfEvents,
        new(RetentionDays, SettingNeed.Optional, "30", "How many days the histories of closed calls are kept, 1 to 3650."),
        new(
            MetricsOpen,
            SettingNeed.Optional,
            "false",
            "`true`: `GET /metrics` of `./run.sh` needs no key. The gateway refuses it if other machines can reach it."),
        new(
            LogLevel,
            SettingNeed.Optional,
            "Information",
            "The lowest level that is logged: Trace, Debug, Information, Warning, Error or Critical."),
    ];
}
