using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.Chaos.Calls;

/// <summary>A call that was placed.</summary>
/// <param name="plan">How it was meant to go.</param>
/// <param name="scheduledAt">When it was to arrive, however late it was placed.</param>
internal sealed class PlacedCall(CallPlan plan, DateTimeOffset scheduledAt)
{
    public CallPlan Plan => plan;

    public DateTimeOffset ScheduledAt => scheduledAt;

    /// <summary>What its caller lived through; <c>null</c> while it goes on.</summary>
    public CallerExperience? Experience { get; private set; }

    /// <summary>When its caller put the phone down; <c>null</c> while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(CallerExperience experience, DateTimeOffset at)
    {
        EndedAt = at;
        Experience = experience;
    }
}
