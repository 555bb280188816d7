using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds whether it was let in: nothing where its route lets every call in.</summary>
public sealed record CallScreening
{
    /// <summary>Nothing was decided.</summary>
    public static CallScreening None { get; } = new();

    /// <summary>When it was decided.</summary>
    public CallEvent? First { get; private init; }

    /// <summary>What was decided; <c>null</c> where nothing was.</summary>
    public CallFact.CallScreened? Verdict => First?.Fact as CallFact.CallScreened;

    /// <summary>The slice after one more event.</summary>
    internal CallScreening Apply(CallEvent callEvent) =>
        callEvent.Fact is CallFact.CallScreened ? this with { First = CallEvent.Earlier(First, callEvent) } : this;
}
