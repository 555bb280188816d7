using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing;

/// <summary>What a caller gets if no agent could be reached. There is always at least the message.</summary>
/// <param name="Human">The number that is called first; <c>null</c> for none.</param>
/// <param name="Message">The message that is spoken without a human, or if none takes the call. Then the call ends.</param>
public sealed record RouteFallback(PhoneNumber? Human, string Message)
{
    /// <summary>The most humans that one call rings.</summary>
    public const int MaxHumans = 10;

    /// <summary>The numbers that are called one after the other where <paramref name="Human"/> does not take the call.</summary>
    public IReadOnlyList<PhoneNumber> Others { get; init; } = [];

    /// <summary>Everybody who is called, in this order.</summary>
    public IReadOnlyList<PhoneNumber> Humans => Human is null ? [] : [Human, .. Others];

    /// <summary>How long each human's phone rings. Twilio adds 5 s.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a human has to press 1 before the caller is put through to them.</summary>
    public RouteScreening Screening { get; init; } = RouteScreening.Off;

    /// <summary>How the texts are spoken.</summary>
    public SpokenVoice Voice { get; init; } = SpokenVoice.OfTwilio;
}
