namespace VoiceFunctions.Simulator.Phones;

/// <summary>Somebody at the number that calls fall back to.</summary>
public sealed record Human
{
    /// <summary>Picks up after four seconds.</summary>
    public static Human AtTheDesk { get; } = new();

    /// <summary>Never picks up.</summary>
    public static Human Away { get; } = new() { AnswersAfter = null };

    /// <summary>How long it rings before they pick up; <c>null</c> for never.</summary>
    public TimeSpan? AnswersAfter { get; init; } = TimeSpan.FromSeconds(4);
}
