using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>What became of an effect that was begun.</summary>
public abstract record EffectOutcome
{
    private EffectOutcome()
    {
    }

    /// <summary>Events that the handler inferred, to be journaled with the outcome.</summary>
    public IReadOnlyList<CallEvent> Learnt { get; init; } = [];

    /// <summary>The keys of the claims whose part is done although the whole is not.</summary>
    public IReadOnlyList<string> DoneKeys { get; init; } = [];

    /// <summary>The keys of the claims whose part will not work, whatever became of the others.</summary>
    public IReadOnlyList<string> GivenUpKeys { get; init; } = [];

    /// <summary>The outcome for a log; no personal data.</summary>
    internal abstract string InWords { get; }

    /// <summary>It is done.</summary>
    /// <param name="Result">What came of it; no personal data.</param>
    public sealed record Done(string Result) : EffectOutcome
    {
        internal override string InWords => Result;
    }

    /// <summary>It did not work, or nobody knows whether it did; it may be begun again.</summary>
    public sealed record TryAgain(TimeSpan After, string Reason) : EffectOutcome
    {
        internal override string InWords => Reason;
    }

    /// <summary>It will not work.</summary>
    public sealed record GaveUp(string Reason) : EffectOutcome
    {
        internal override string InWords => $"gave up: {Reason}";
    }
}
