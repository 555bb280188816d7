namespace VoiceFunctions.Simulator.LiveKit.Wire;

/// <summary>The two ways in which a LiveKit server writes its messages as JSON.</summary>
internal enum ProtoStyle
{
    /// <summary>Webhooks: camelCase names, zero values left out.</summary>
    Webhook,

    /// <summary>API answers: snake_case names, every field there.</summary>
    Api,
}
