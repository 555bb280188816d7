using VoiceFunctions.Core.Calls.Delivery;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Simulator.Receivers;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Something that happened to a call, as its journal has it: the receiver is to hear of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What happened.</param>
/// <param name="FirstOffered">When it was first to be offered to the receiver; <c>null</c> where it never was.</param>
public sealed record Happening(string Id, string Name, DateTimeOffset? FirstOffered)
{
    /// <summary>Everything that happened to a call.</summary>
    public static IReadOnlyList<Happening> Of(CallState state) =>
    [
        .. LifecycleEvents.Of(state).Select(happened => new Happening(
            happened.Id, happened.Name, DeliveryTrail.FirstOffered(state, EventReceiver.Name, happened))),
    ];
}
