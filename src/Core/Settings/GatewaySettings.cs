using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Settings;

/// <summary>The gateway's settings after they were checked. Printing them shows no secret.</summary>
public sealed class GatewaySettings
{
    /// <summary>Where Twilio and LiveKit reach the gateway, without a trailing slash.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>LiveKit's server API.</summary>
    public required LiveKitHost LiveKitHost { get; init; }

    /// <summary>LiveKit's keys; the first one signs.</summary>
    public required LiveKitKeyring LiveKitKeys { get; init; }

    /// <summary>Twilio's side; <c>null</c> where calls come over SIP trunks alone.</summary>
    public TwilioSettings? Twilio { get; init; }

    /// <summary>What the names of our rooms begin with.</summary>
    public required string RoomPrefix { get; init; }

    /// <summary>The trunk over which LiveKit dials a human; <c>null</c> where there is none.</summary>
    public string? SipOutboundTrunkId { get; init; }

    /// <summary>Identities that begin so are agents; <c>null</c> for none.</summary>
    public string? AgentIdentityPrefix { get; init; }

    /// <summary>The routes.</summary>
    public required RouteTable Routes { get; init; }

    /// <summary>The caller id that a human sees; <c>null</c> for the caller's own.</summary>
    public PhoneNumber? DefaultFrom { get; init; }

    /// <summary>Whether new calls are taken.</summary>
    public required bool TelephonyEnabled { get; init; }

    /// <summary>The key of the diagnostic routes; <c>null</c> closes them.</summary>
    public string? DiagnosticsKey { get; init; }

    /// <summary>Where the journal is kept; <c>null</c> for memory, which only a local host offers.</summary>
    public StorageSettings? Storage { get; init; }

    /// <summary>How long stories of closed calls are kept.</summary>
    public required TimeSpan Retention { get; init; }

    /// <summary>The least level that is logged.</summary>
    public required string LogLevel { get; init; }
}
