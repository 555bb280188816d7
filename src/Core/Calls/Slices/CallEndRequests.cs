using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds whether somebody wants it to end.</summary>
public sealed record CallEndRequests
{
    /// <summary>Nobody does.</summary>
    public static CallEndRequests None { get; } = new();

    /// <summary>The first request; <c>null</c> while there is none.</summary>
    public CallEvent? First { get; private init; }

    /// <summary>The requests after one more event.</summary>
    internal CallEndRequests Apply(CallEvent callEvent) =>
        callEvent.Fact is CallFact.EndRequested ? this with { First = CallEvent.Earlier(First, callEvent) } : this;
}
