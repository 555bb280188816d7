namespace VoiceFunctions.Core.Routing;

/// <summary>Whether a human is told who calls and has to press 1, so that a voicemail takes no call. Only where Twilio dials.</summary>
/// <param name="IsOn">Whether they are asked.</param>
/// <param name="Prompt">What they hear; <c>{from}</c> and <c>{to}</c> become the caller and the called number.</param>
/// <param name="Withheld">What <c>{from}</c> becomes where the caller has no number and no name.</param>
public sealed record RouteScreening(bool IsOn, string Prompt, string Withheld)
{
    /// <summary>The longest <see cref="Prompt"/> in characters.</summary>
    public const int MaxPromptLength = 1000;

    /// <summary>The longest <see cref="Withheld"/> in characters.</summary>
    public const int MaxWithheldLength = 100;

    /// <summary>Nobody is asked; the texts are there for who turns it on.</summary>
    public static RouteScreening Off { get; } =
        new(false, "A call from {from} for {to}. Press 1 to take it.", "a withheld number");
}
