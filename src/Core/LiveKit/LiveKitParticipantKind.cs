namespace VoiceFunctions.Core.LiveKit;

/// <summary>The kinds of participant, as LiveKit names them.</summary>
public static class LiveKitParticipantKind
{
    /// <summary>A person with an app or a browser. Also the meaning of a missing kind.</summary>
    public const string Standard = "STANDARD";

    /// <summary>An ingress: an external stream.</summary>
    public const string Ingress = "INGRESS";

    /// <summary>A recorder.</summary>
    public const string Egress = "EGRESS";

    /// <summary>A phone.</summary>
    public const string Sip = "SIP";

    /// <summary>An AI agent.</summary>
    public const string Agent = "AGENT";

    /// <summary>A phone or messenger over one of LiveKit Cloud's connectors.</summary>
    public const string Connector = "CONNECTOR";

    /// <summary>A bridge to another media system.</summary>
    public const string Bridge = "BRIDGE";
}
