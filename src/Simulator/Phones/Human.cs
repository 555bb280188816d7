namespace VoiceFunctions.Simulator.Phones;

/// <summary>Somebody at the number that calls fall back to.</summary>
public sealed record Human
{
    /// <summary>Picks up after four seconds.</summary>
    public static Human AtTheDesk { get; } = new();

    /// <summary>Never picks up.</summary>
    public static Human Away { get; } = new() { AnswersAfter = null };

    /// <summary>Is on the phone: the call is refused with 486 after a second.</summary>
    public static Human Busy { get; } = new() { AnswersAfter = null, RefusesWith = 486 };

    /// <summary>Has a phone that is switched off: the call is refused with 480 after a second.</summary>
    public static Human SwitchedOff { get; } = new() { AnswersAfter = null, RefusesWith = 480 };

    /// <summary>Is asked whether to take the call, and does not want to.</summary>
    public static Human Declining { get; } = new() { Presses = '2' };

    /// <summary>Is away, and a voicemail picks up: it talks, and presses no key.</summary>
    public static Human Voicemail { get; } = new() { AnswersAfter = TimeSpan.FromSeconds(12), Presses = null };

    /// <summary>How long it rings before they pick up; <c>null</c> for never.</summary>
    public TimeSpan? AnswersAfter { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The SIP status with which their phone refuses the call after <see cref="RefusalTakes"/>; <c>null</c> where it just rings.
    /// </summary>
    public int? RefusesWith { get; init; }

    /// <summary>The key that they press when they are asked whether to take the call; <c>null</c> for none: they are a voicemail.</summary>
    public char? Presses { get; init; } = '1';

    /// <summary>How long they talk before they hang up; <c>null</c> for as long as the others do.</summary>
    public TimeSpan? Talks { get; init; }

    /// <summary>What a caller hears who is put through to a voicemail.</summary>
    internal const string VoicemailGreeting = "the greeting of a voicemail";

    /// <summary>How long they take to press a key.</summary>
    internal static TimeSpan PressingTakes { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a refusal takes.</summary>
    internal static TimeSpan RefusalTakes { get; } = TimeSpan.FromSeconds(1);
}
