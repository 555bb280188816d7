using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Exploration.Model;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>The ports of one strand that hold what is promised.</summary>
internal sealed record HostPorts(ICallJournal Journal, ILiveKitApi LiveKit, ILimitStore Limits, EventOutbox Outbox);

/// <summary>A mistake that is planted between Core and its ports, to see whether the explorer finds it.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Scenario">The scenario in which it matters.</param>
/// <param name="Plant">Plants it into the ports of one strand.</param>
internal sealed record Bug(string Name, string Scenario, Func<HostPorts, HostPorts> Plant)
{
    /// <summary>Which rooms the gateway takes for its own.</summary>
    public RoomScope Scope { get; init; } = new(CallWorld.Naming);

    public static Bug None { get; } = new("none", "", ports => ports);

    public override string ToString() => Name;
}
