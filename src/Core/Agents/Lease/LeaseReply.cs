namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>What an agent's job is told that asks for the lease.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Validity">For how long a grant holds for a job that is not in the room yet; zero where it was not granted.</param>
public sealed record LeaseReply(LeaseAnswer Answer, TimeSpan Validity)
{
    /// <summary>In what time the job is to ask again, where it said that it renews; <c>null</c> for all others.</summary>
    public TimeSpan? RenewIn { get; init; }
}
