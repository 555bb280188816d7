namespace VoiceFunctions.Core.Settings;

/// <summary>Settings are missing or wrong. The message lists each error on its own line and contains no values.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Without details.</summary>
    public SettingsException()
    {
    }

    /// <summary>With a message.</summary>
    public SettingsException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public SettingsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With all errors.</summary>
    public SettingsException(IReadOnlyList<string> errors)
        : base($"These settings are missing or wrong:{string.Concat(errors.Select(error => $"{Environment.NewLine}  - {error}"))}") =>
        Errors = errors;

    /// <summary>The errors, one sentence each.</summary>
    public IReadOnlyList<string> Errors { get; } = [];
}
