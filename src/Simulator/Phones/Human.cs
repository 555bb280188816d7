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

    /// <summary>How long it rings before they pick up; <c>null</c> for never.</summary>
    public TimeSpan? AnswersAfter { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The SIP status with which their phone refuses the call after <see cref="RefusalTakes"/>; <c>null</c> where it just rings.
    /// </summary>
    public int? RefusesWith { get; init; }

    /// <summary>How long they talk before they hang up; <c>null</c> for as long as the others do.</summary>
    public TimeSpan? Talks { get; init; }

    /// <summary>How long a refusal takes.</summary>
    internal static TimeSpan RefusalTakes { get; } = TimeSpan.FromSeconds(1);
}
