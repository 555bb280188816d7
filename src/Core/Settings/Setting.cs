namespace VoiceFunctions.Core.Settings;

/// <summary>When a setting is required.</summary>
public enum SettingNeed
{
    /// <summary>Always.</summary>
    Required,

    /// <summary>Unless <c>TWILIO_ENABLED</c> is false.</summary>
    RequiredForTwilio,

    /// <summary>Never; <see cref="Setting.Default"/> says what applies without it.</summary>
    Optional,
}

/// <summary>One setting of the gateway: an environment variable or app setting.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Need">When it is required.</param>
/// <param name="Default">What applies without it; <c>null</c> if nothing does.</param>
/// <param name="Meaning">What it is for; also the text of its row in the settings table.</param>
public sealed record Setting(string Name, SettingNeed Need, string? Default, string Meaning)
{
    /// <summary>Whether its value is secret.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether its value is a message or JSON, in which line breaks and quotes may have a meaning.</summary>
    public bool IsProse { get; init; }
}
