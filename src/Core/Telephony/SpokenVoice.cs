namespace VoiceFunctions.Core.Telephony;

/// <summary>How Twilio speaks a text of ours.</summary>
/// <param name="Language">A BCP 47 tag such as <c>de-DE</c>; <c>null</c> for Twilio's own choice.</param>
/// <param name="Name">One of Twilio's voices, such as <c>Polly.Vicki-Neural</c>; <c>null</c> for the language's own.</param>
public sealed record SpokenVoice(string? Language, string? Name)
{
    /// <summary>Twilio's own choice: English.</summary>
    public static SpokenVoice OfTwilio { get; } = new(null, null);
}
