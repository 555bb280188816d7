using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Costs.Prices;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Settings;

/// <summary>The gateway's settings after validation. Printing them shows no secret.</summary>
public sealed class GatewaySettings
{
    /// <summary>The URL under which Twilio and LiveKit reach the gateway, without a trailing slash.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>The same URL with the capitals of the setting: a signer may use that spelling too.</summary>
    public required string PublicUrlAsWritten { get; init; }

    /// <summary>Its path prefix, without a trailing slash; empty for none.</summary>
    public string PublicPath =>
        PublicUrl.IndexOf('/', PublicUrl.IndexOf("://", StringComparison.Ordinal) + 3) is var at and >= 0 ? PublicUrl[at..] : "";

    /// <summary>Which settings were repaired and how, one sentence each and without values; logged at start.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];

    /// <summary>LiveKit's server API.</summary>
    public required LiveKitHost LiveKitHost { get; init; }

    /// <summary>LiveKit's keys; the first one signs.</summary>
    public required LiveKitKeyring LiveKitKeys { get; init; }

    /// <summary>Twilio's settings; <c>null</c> if calls come only over SIP trunks.</summary>
    public TwilioSettings? Twilio { get; init; }

    /// <summary>The prefix of the gateway's room names.</summary>
    public required string RoomPrefix { get; init; }

    /// <summary>The inbound trunks whose calls the gateway handles in rooms of any name.</summary>
    public IReadOnlySet<string> SipTrunkIds { get; init; } = new HashSet<string>();

    /// <summary>The dispatch rules whose calls the gateway handles in rooms of any name.</summary>
    public IReadOnlySet<string> SipRuleIds { get; init; } = new HashSet<string>();

    /// <summary>The outbound trunk through which LiveKit calls phones; <c>null</c> for none.</summary>
    public string? SipOutboundTrunkId { get; init; }

    /// <summary>Participants of kind STANDARD with this identity prefix count as agents; <c>null</c> for none.</summary>
    public string? AgentIdentityPrefix { get; init; }

    /// <summary>Reads the phone numbers of callers and of called sides.</summary>
    public required NumberReader Numbers { get; init; }

    /// <summary>The routes.</summary>
    public required RouteTable Routes { get; init; }

    /// <summary>The caller id that a human sees; <c>null</c> for the caller's own.</summary>
    public PhoneNumber? DefaultFrom { get; init; }

    /// <summary>Whether new calls are accepted.</summary>
    public required bool TelephonyEnabled { get; init; }

    /// <summary>The key of the diagnostic routes; <c>null</c> closes them.</summary>
    public string? DiagnosticsKey { get; init; }

    /// <summary>The tenants' API keys in the settings; <c>null</c> for none.</summary>
    public ApiKeys? ApiKeys { get; init; }

    /// <summary>The only tenant, to whom calls of routes without a tenant belong; <c>null</c> if there are several, or none.</summary>
    public string? OnlyTenant => NamedTenants.Only(ApiKeys, [.. Routes.Owners, .. Entra?.Clients.Values ?? []]);

    /// <summary>The keys that sign the API's access tokens; <c>null</c> closes the API.</summary>
    public ApiTokenKeys? ApiTokenKeys { get; init; }

    /// <summary>The scopes of each tenant.</summary>
    public TenantScopes TenantScopes { get; init; } = TenantScopes.Defaults;

    /// <summary>The Entra ID directory whose tokens are accepted; <c>null</c> for none.</summary>
    public EntraSettings? Entra { get; init; }

    /// <summary>Which web pages may call the API.</summary>
    public CorsPolicy Cors { get; init; } = CorsPolicy.Closed;

    /// <summary>The limits of each tenant.</summary>
    public TenantLimits TenantLimits { get; init; } = TenantLimits.None;

    /// <summary>The journal's storage; <c>null</c> keeps it in memory, which only the local host supports.</summary>
    public StorageSettings? Storage { get; init; }

    /// <summary>The table whose calls are all simulated; <c>null</c> for none.</summary>
    public string? SimulatedTable { get; init; }

    /// <summary>Where recordings are stored; <c>null</c> if no call is recorded.</summary>
    public LiveKitFileTarget? RecordingTarget { get; init; }

    /// <summary>The tools that agents may use.</summary>
    public ToolTable Tools { get; init; } = ToolTable.Empty;

    /// <summary>The operator's own prices; <c>null</c> if none are set.</summary>
    public PriceList? OwnPrices { get; init; }

    /// <summary>The prices for the cost of calls. The built-in list is read at its first use, not at start.</summary>
    public PriceList Prices => OwnPrices ?? PriceList.Shipped;

    /// <summary>Where the tenants' documents are stored; <c>null</c> if no setting says so.</summary>
    public KnowledgeSettings? Knowledge { get; init; }

    /// <summary>Where lifecycle events go.</summary>
    public EventSettings Events { get; init; } = new();

    /// <summary>How long the histories of closed calls are kept.</summary>
    public required TimeSpan Retention { get; init; }

    /// <summary>Whether metrics can be read without the operator's key.</summary>
    public bool MetricsOpen { get; init; }

    /// <summary>The lowest log level.</summary>
    public required string LogLevel { get; init; }
}
