namespace VoiceFunctions.Core.Limits;

/// <summary>A text of <see cref="ILimitStore"/> as it was read.</summary>
/// <param name="Text">The text; empty where there is none.</param>
/// <param name="Version">Changes with every writing; <see cref="Absent"/> where there is no text.</param>
public sealed record LimitText(string Text, string Version)
{
    /// <summary>The version of a text that is not there.</summary>
    public const string Absent = "";

    /// <summary>There is no text.</summary>
    public static LimitText None { get; } = new("", Absent);
}
