namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>What a leg is to its call. Decided in <see cref="CallCast"/>, and nowhere else.</summary>
public enum LegPart
{
    /// <summary>Nobody: a recorder, an ingress, a hidden listener, or a leg that LiveKit has not described yet.</summary>
    Nobody,

    /// <summary>Whom the call is about.</summary>
    Caller,

    /// <summary>The agent that speaks with the caller.</summary>
    VoiceAgent,

    /// <summary>A part of the agent that it speaks for: its audio is that agent's.</summary>
    Avatar,

    /// <summary>Any other agent, such as a transcriber. It is never taken for the voice agent, and never removed.</summary>
    Helper,

    /// <summary>Any other person, whoever brought them.</summary>
    Human,
}
