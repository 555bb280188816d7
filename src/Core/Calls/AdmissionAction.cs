namespace VoiceFunctions.Core.Calls;

/// <summary>What is done with a call before an agent is sent: stable words, stored and shown.</summary>
public static class AdmissionAction
{
    /// <summary>It goes on as any.</summary>
    public const string Accept = "accept";

    /// <summary>It gets the agent of the rule in the place of the route's.</summary>
    public const string Agent = "agent";

    /// <summary>It gets the route's fallback: its humans, then its message.</summary>
    public const string Human = "human";

    /// <summary>It gets the message of the route's fallback.</summary>
    public const string Message = "message";

    /// <summary>It is refused: the caller hears the busy tone.</summary>
    public const string Reject = "reject";

    /// <summary>Whether no agent is sent.</summary>
    public static bool SendsNobody(string action) => action is Human or Message or Reject;
}
