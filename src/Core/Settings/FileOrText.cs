namespace VoiceFunctions.Core.Settings;

/// <summary>Reads what is set either as a file or as text.</summary>
/// <param name="read">Gives a setting.</param>
/// <param name="readFile">Gives a file's text by its path.</param>
/// <param name="errors">Receives what is wrong, one sentence each.</param>
internal sealed class FileOrText(Func<string, string?> read, Func<string, string> readFile, ICollection<string> errors)
{
    /// <summary>The text; <c>null</c> where neither is set, and where something is wrong.</summary>
    /// <param name="fileSetting">The setting that names a file.</param>
    /// <param name="textSetting">The setting that holds the text itself.</param>
    public string? Read(string fileSetting, string textSetting)
    {
        var (file, text) = (read(fileSetting), read(textSetting));
        if (file is not null && text is not null)
        {
            errors.Add($"{fileSetting} and {textSetting} cannot both be set");
            return null;
        }

        try
        {
            return text ?? (file is null ? null : readFile(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{fileSetting} names a file that cannot be read");
            return null;
        }
    }
}
