namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>The leg of the human whom a call dialled: what it is called in the room, and in LiveKit's memory of requests.</summary>
public static class HumanIdentity
{
    /// <summary>What the identities of dialled humans begin with.</summary>
    public const string Prefix = "human_";

    /// <summary>The identity of a call's human. There is one of them, so a second dialling throws the earlier leg out.</summary>
    public static string Of(CallId callId) => $"{Prefix}{callId}";

    /// <summary>Names one dialling of one call, the same in each repetition of it.</summary>
    public static string RequestIdOf(CallId callId, int round) => CallId.Digest($"human:{callId}:{round}");
}
