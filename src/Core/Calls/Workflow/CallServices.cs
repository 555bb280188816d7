using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Handoffs;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.RoomDeletion;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>What the features of calls work with.</summary>
public sealed record CallServices(
    ICallJournal Journal,
    ILiveKitApi LiveKit,
    ILifecycleEventSink Events,
    RouteTable Routes,
    RoomNaming Rooms,
    ParticipantMapper Participants,
    TimeProvider Time,
    ILoggerFactory Loggers)
{
    /// <summary>Makes the fences of dispatches.</summary>
    public required DispatchFence Fence { get; init; }

    /// <summary>Whether calls that the gateway has not taken on yet are taken; where not, they end at once.</summary>
    public bool TakesNewCalls { get; init; } = true;

    /// <summary>Where lifecycle events go besides <see cref="Events"/>.</summary>
    public EventOutbox Outbox { get; init; } = EventOutbox.None;

    /// <summary>Whose a call is.</summary>
    public Func<State.CallState, string?> TenantOf { get; init; } = state => state.Tenant;

    /// <summary>The names of the destinations that hear of a call.</summary>
    internal IReadOnlyList<string> DestinationsOf(State.CallState state) =>
        Outbox.Destinations.Count == 0 ? [] : Outbox.NamesFor(TenantOf(state));

    /// <summary>The trunk over which humans are dialled; <c>null</c> where there is none.</summary>
    public OutboundTrunk? Outbound { get; init; }

    /// <summary>Where recordings go; <c>null</c> where there is no place for them.</summary>
    public LiveKitFileTarget? RecordingTarget { get; init; }

    /// <summary>Holds what limits count.</summary>
    public ILimitStore Limits { get; init; } = new InMemoryLimitStore();

    /// <summary>What callers are counted under; <c>null</c> where nobody is counted.</summary>
    public CallerMark? Callers { get; init; }

    /// <summary>Takes callers out of rooms that LiveKit cannot delete; <c>null</c> where the host cannot.</summary>
    public ICallerRescue? Rescue { get; init; }

    /// <summary>Gives callers of Twilio's to other numbers; <c>null</c> where the host cannot.</summary>
    public ICallerRedirect? Redirect { get; init; }
}
