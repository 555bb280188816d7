using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds which call was in its room before; nothing for a call that opened its room.</summary>
public sealed record CallSuccession
{
    /// <summary>No call was there before.</summary>
    public static CallSuccession None { get; } = new();

    /// <summary>The event that the call follows another one in its room.</summary>
    public CallEvent? Follows { get; private init; }

    /// <summary>The id of the earlier call.</summary>
    public string? Previous => (Follows?.Fact as CallFact.CallFollows)?.Previous;

    /// <summary>The succession after one more event.</summary>
    internal CallSuccession Apply(CallEvent callEvent) => callEvent.Fact is CallFact.CallFollows
        ? this with { Follows = CallEvent.Earlier(Follows, callEvent) }
        : this;
}
