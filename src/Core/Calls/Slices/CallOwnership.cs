using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds whose it is: nobody's where no tenant asked for it or owns its route.</summary>
public sealed record CallOwnership
{
    /// <summary>Nothing has made it a call yet.</summary>
    public static CallOwnership None { get; } = new();

    /// <summary>The event that made it a call: the one that its place in the list is from.</summary>
    public CallEvent? First { get; private init; }

    /// <summary>The slice after one more event.</summary>
    internal CallOwnership Apply(CallEvent callEvent) =>
        callEvent.Fact.MakesCall ? this with { First = CallEvent.Earlier(First, callEvent) } : this;
}
