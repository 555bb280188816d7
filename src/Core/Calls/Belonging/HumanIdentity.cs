namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>The leg of the human whom a call dialled: what it is called in the room, and in LiveKit's memory of requests.</summary>
public static class HumanIdentity
{
    /// <summary>What the identities of dialled humans begin with.</summary>
    public const string Prefix = "human_";

    /// <summary>The identity of one of a call's humans. A second dialling of the same throws the earlier leg out.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="index">Which of the route's humans, from 0.</param>
    public static string Of(CallId callId, int index = 0) => index == 0 ? $"{Prefix}{callId}" : $"{Prefix}{callId}_{index + 1}";

    /// <summary>The identity of one of a handoff's humans.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="handoff">The handoff's number, from 1.</param>
    /// <param name="index">Which of its humans, from 0.</param>
    public static string OfHandoff(CallId callId, int handoff, int index) => $"{PrefixOfHandoff(callId, handoff)}{index + 1}";

    /// <summary>What the identities of a handoff's dialled humans begin with.</summary>
    public static string PrefixOfHandoff(CallId callId, int handoff) => $"{Prefix}{callId}_{handoff}_";

    /// <summary>
    /// Whether an identity is one that a call gives out. Whoever else begins a name with the same word is somebody else's human.
    /// </summary>
    public static bool IsOne(string identity) =>
        identity.StartsWith(Prefix, StringComparison.Ordinal)
        && identity.Length >= Prefix.Length + CallId.Length
        && CallId.TryParse(identity.Substring(Prefix.Length, CallId.Length), out _)
        && (identity.Length == Prefix.Length + CallId.Length || identity[Prefix.Length + CallId.Length] == '_');

    /// <summary>Names one dialling of a handoff, the same in each repetition of it.</summary>
    public static string RequestIdOf(CallId callId, int handoff, int index) => CallId.Digest($"handoff:{callId}:{handoff}:{index}");

    /// <summary>Names one dialling of one call, the same in each repetition of it.</summary>
    public static string RequestIdOf(CallId callId, int round) => CallId.Digest($"human:{callId}:{round}");
}
