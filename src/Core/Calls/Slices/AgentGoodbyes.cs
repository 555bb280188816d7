using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds which jobs said that they have finished, by their epoch.</summary>
public sealed record AgentGoodbyes
{
    /// <summary>No job said so.</summary>
    public static AgentGoodbyes None { get; } = new();

    private ImmutableSortedDictionary<int, CallEvent> ByEpoch { get; init; } = ImmutableSortedDictionary<int, CallEvent>.Empty;

    /// <summary>The first event by which the job of an epoch said so; <c>null</c> where it did not.</summary>
    public CallEvent? Of(int epoch) => ByEpoch.GetValueOrDefault(epoch);

    /// <summary>The goodbyes after one more event.</summary>
    internal AgentGoodbyes Apply(CallEvent callEvent) => callEvent.Fact is CallFact.AgentDone { Epoch: var epoch }
        ? this with { ByEpoch = ByEpoch.SetItem(epoch, CallEvent.Earlier(Of(epoch), callEvent)) }
        : this;
}
