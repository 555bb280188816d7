namespace VoiceFunctions.Core.LiveKit;

/// <summary>How far a recording has come, as LiveKit names it.</summary>
public static class LiveKitEgressStatus
{
    /// <summary>It was taken, and nothing is recorded yet.</summary>
    public const string Starting = "EGRESS_STARTING";

    /// <summary>It records.</summary>
    public const string Active = "EGRESS_ACTIVE";

    /// <summary>It was stopped, and its file is being written.</summary>
    public const string Ending = "EGRESS_ENDING";

    /// <summary>Its file is there.</summary>
    public const string Complete = "EGRESS_COMPLETE";

    /// <summary>It failed; there may be no file.</summary>
    public const string Failed = "EGRESS_FAILED";

    /// <summary>It was stopped before it recorded anything.</summary>
    public const string Aborted = "EGRESS_ABORTED";

    /// <summary>It ran into the server's limit of time, and its file is there.</summary>
    public const string LimitReached = "EGRESS_LIMIT_REACHED";

    /// <summary>Whether a recording goes on. A status that a later server invents is taken for an end.</summary>
    public static bool GoesOn(string status) => status is Starting or Active or Ending;

    /// <summary>Whether a recording that is over has its file.</summary>
    public static bool HasFile(string status) => status is Complete or LimitReached;
}
