namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>The leg of the callee of a call that we dialled: what it is called in the room.</summary>
public static class CalleeIdentity
{
    /// <summary>What the identities of callees begin with.</summary>
    public const string Prefix = "callee_";

    /// <summary>The identity of a call's callee. There is one of them, so a second dialling throws the earlier leg out.</summary>
    public static string Of(CallId callId) => $"{Prefix}{callId}";

    /// <summary>Whether an identity is one that <see cref="Of"/> made.</summary>
    public static bool IsOne(string identity) =>
        identity.StartsWith(Prefix, StringComparison.Ordinal) && CallId.TryParse(identity[Prefix.Length..], out _);
}
