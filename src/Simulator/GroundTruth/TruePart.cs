namespace VoiceFunctions.Simulator.GroundTruth;

/// <summary>What somebody in a room really is, whatever a gateway takes them for.</summary>
public enum TruePart
{
    /// <summary>Nobody to the call: a recorder, a hidden listener.</summary>
    Nobody,

    /// <summary>Whoever rang up.</summary>
    Caller,

    /// <summary>An agent of the gateway's.</summary>
    VoiceAgent,

    /// <summary>A worker that publishes for an agent.</summary>
    Avatar,

    /// <summary>An agent of somebody else's, such as a transcriber.</summary>
    Helper,

    /// <summary>A human whose phone the API was asked to dial, or whose token is for the call.</summary>
    OurHuman,

    /// <summary>Any other human: an operator in a browser, a phone that somebody else dialled, a guest of a meeting.</summary>
    Human,
}
