namespace VoiceFunctions.Core.LiveKit;

/// <summary>The job of an agent's worker, as its participant shows it.</summary>
public static class LiveKitJob
{
    /// <summary>The identity under which LiveKit's agents join unless they choose another.</summary>
    public static string IdentityOf(string job) => $"agent-{job}";

    /// <summary>Whether a job joins under that identity: LiveKit's for it, or the one that it gave instead of its id.</summary>
    public static bool IsIdentityOf(string job, string identity) => identity == job || identity == IdentityOf(job);
}
