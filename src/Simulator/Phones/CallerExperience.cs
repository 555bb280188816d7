namespace VoiceFunctions.Simulator.Phones;

/// <summary>One call as its caller lived it.</summary>
/// <param name="Heard">What they heard, in order.</param>
/// <param name="End">How it ended.</param>
public sealed record CallerExperience(IReadOnlyList<Heard> Heard, CallEnd End)
{
    /// <summary>Twilio's sid of the caller's leg; <c>null</c> where Twilio had no part.</summary>
    public string? CallSid { get; init; }

    /// <summary>LiveKit rooms that the call was brought to, in order.</summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <summary>Somebody else's call that belongs to the same story; <c>null</c> for none.</summary>
    public CallerExperience? Next { get; init; }

    /// <summary>How long it rang, altogether.</summary>
    public TimeSpan Rang => Sum<Heard.Ringing>();

    /// <summary>How long an agent could be heard, altogether.</summary>
    public TimeSpan HeardAgent => Sum<Heard.Agent>();

    /// <summary>How long a human could be heard, altogether.</summary>
    public TimeSpan HeardHuman => Sum<Heard.Human>();

    /// <summary>The longest time of silence on an open line.</summary>
    public TimeSpan LongestSilence => Heard.OfType<Heard.Silence>().Select(silence => silence.For).DefaultIfEmpty().Max();

    private TimeSpan Sum<T>()
        where T : Heard =>
        Heard.OfType<T>().Aggregate(TimeSpan.Zero, (sum, heard) => sum + heard.For);
}
