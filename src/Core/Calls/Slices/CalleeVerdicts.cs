using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds who answered the phone that we called, as the agent says.</summary>
public sealed record CalleeVerdicts
{
    /// <summary>No agent said anything.</summary>
    public static CalleeVerdicts None { get; } = new();

    /// <summary>The first event that says that it was a human, or a machine; otherwise the first that says that nobody knows.</summary>
    public CallEvent? First => Certain ?? Uncertain;

    /// <summary>Who answered, a word of <see cref="CallFact.CalleeVerdict"/>; <c>null</c> while no agent said anything.</summary>
    public string? AnsweredBy => (First?.Fact as CallFact.CalleeVerdict)?.AnsweredBy;

    private CallEvent? Certain { get; init; }

    private CallEvent? Uncertain { get; init; }

    /// <summary>The verdicts after one more event.</summary>
    internal CalleeVerdicts Apply(CallEvent callEvent) => callEvent.Fact switch
    {
        CallFact.CalleeVerdict { AnsweredBy: CallFact.CalleeVerdict.Unknown } =>
            this with { Uncertain = CallEvent.Earlier(Uncertain, callEvent) },
        CallFact.CalleeVerdict => this with { Certain = CallEvent.Earlier(Certain, callEvent) },
        _ => this,
    };
}
