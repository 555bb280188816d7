using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>The slice of a call's state that holds the sessions of its room, by room sid.</summary>
public sealed record CallRooms
{
    /// <summary>Made when first asked for: a tree is slow to walk, and every rule asks.</summary>
    private RoomState[]? all;

    /// <summary>No room.</summary>
    public static CallRooms None { get; } = new();

    /// <summary>The room's name, the same in each session; <c>null</c> until an event named the room.</summary>
    public string? Name { get; private init; }

    /// <summary>The sessions in no particular order.</summary>
    public IEnumerable<RoomState> All => all ??= [.. BySid.Values];

    private ImmutableDictionary<string, RoomState> BySid
    {
        get;
        init => (field, all) = (value, null);
    } = ImmutableDictionary<string, RoomState>.Empty;

    /// <summary>What is known of a session; <c>null</c> where no event named it.</summary>
    public RoomState? Find(string sid) => BySid.GetValueOrDefault(sid);

    /// <summary>The rooms after one more event.</summary>
    internal CallRooms Apply(CallEvent callEvent)
    {
        if (callEvent.Room is not { } room)
        {
            return this;
        }

        var known = Find(room.Sid);
        var state = known ?? new RoomState(room.Sid) { FirstSeen = callEvent };
        state = CallEvent.Earlier(state.FirstSeen, callEvent) is var first && first != state.FirstSeen
            ? state with { FirstSeen = first }
            : state;
        state = callEvent.Fact switch
        {
            CallFact.RoomStarted when !callEvent.Inferred => Start(state, callEvent),
            CallFact.RoomFinished => state with { Finished = CallEvent.Earlier(state.Finished, callEvent) },
            CallFact.RoomAbandoned when !(callEvent.At <= state.Abandoned?.At) => state with { Abandoned = callEvent },
            _ => state,
        };
        return ReferenceEquals(state, known) && Name == room.Name
            ? this
            : this with { Name = room.Name, BySid = BySid.SetItem(room.Sid, state) };
    }

    /// <summary>Of all webhooks that say that a session began, the first and the last count.</summary>
    private static RoomState Start(RoomState state, CallEvent callEvent)
    {
        var first = CallEvent.Earlier(state.Started, callEvent);
        CallEvent?[] starts = [state.Started, state.Restarted, callEvent];
        var last = starts.OfType<CallEvent>().Where(start => start.Id != first.Id).MaxBy(start => (start.At, start.Id));
        return state with { Started = first, Restarted = last };
    }
}
