using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing.Queues;

/// <summary>Humans who take handoffs, tried one after the other.</summary>
/// <param name="Name">What a request calls it.</param>
/// <param name="Members">Their numbers, at least one.</param>
public sealed record QueuedHumans(string Name, IReadOnlyList<PhoneNumber> Members)
{
    /// <summary>The most members of a queue, which are the most phones that one handoff rings.</summary>
    public const int MaxMembers = 20;

    /// <summary>How long a member's phone rings where the queue does not say.</summary>
    public static TimeSpan DefaultRingTime { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The tenant whose calls may be handed to it; <c>null</c> for everybody's.</summary>
    public string? Tenant { get; init; }

    /// <summary>How long each member's phone rings.</summary>
    public TimeSpan RingTime { get; init; } = DefaultRingTime;

    /// <summary>Whether each call begins with another member; otherwise every call begins with the first.</summary>
    public bool IsRoundRobin { get; init; }

    /// <summary>
    /// The members in the order in which a call tries them. Nothing is counted: round robin begins where the call's id says, which is as
    /// good as drawn by lot, so that over many calls each member is first equally often, and any host says the same of one call.
    /// </summary>
    public IReadOnlyList<PhoneNumber> MembersFor(CallId callId)
    {
        var start = IsRoundRobin ? callId.Value.Aggregate(0, (sum, letter) => (sum * 31 + letter) % Members.Count) : 0;
        return [.. Members.Skip(start), .. Members.Take(start)];
    }
}
