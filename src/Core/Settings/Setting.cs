namespace VoiceFunctions.Core.Settings;

/// <summary>When a setting must be there.</summary>
public enum SettingNeed
{
    /// <summary>Always.</summary>
    Required,

    /// <summary>Unless <c>TWILIO_ENABLED</c> is false.</summary>
    RequiredForTwilio,

    /// <summary>Never; <see cref="Setting.Default"/> says what holds without it.</summary>
    Optional,
}

/// <summary>One setting of the gateway: an environment variable or app setting.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Need">When it must be there.</param>
/// <param name="Default">What holds without it; <c>null</c> where there is nothing to say.</param>
/// <param name="Meaning">What it is, for people; also the row of the settings table.</param>
public sealed record Setting(string Name, SettingNeed Need, string? Default, string Meaning)
{
    /// <summary>Whether its value must not be seen.</summary>
    public bool IsSecret { get; init; }
}
