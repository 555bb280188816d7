using System.Text.Json;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Settings;

/// <summary>Reads which tools agents may use, from a file or as text.</summary>
/// <param name="read">Gives a setting.</param>
/// <param name="readFile">Gives a file's text by its path.</param>
/// <param name="errors">Receives what is wrong, one sentence each.</param>
/// <param name="schemaFault">What whoever checks by schemas says against one; <c>null</c> where it takes it.</param>
internal sealed class ToolsReader(
    Func<string, string?> read, Func<string, string> readFile, ICollection<string> errors, Func<JsonElement, string?> schemaFault)
{
    /// <summary>The tools; none where none are set, and where something is wrong.</summary>
    public ToolTable Read()
    {
        var (file, json) = (read(SettingNames.ToolsFile), read(SettingNames.ToolsJson));
        if (file is not null && json is not null)
        {
            errors.Add($"{SettingNames.ToolsFile} and {SettingNames.ToolsJson} cannot both be set");
            return ToolTable.Empty;
        }

        try
        {
            json ??= file is null ? null : readFile(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{SettingNames.ToolsFile} names a file that cannot be read");
            return ToolTable.Empty;
        }

        return json is null ? ToolTable.Empty : ToolFile.Parse(json, errors, schemaFault) ?? ToolTable.Empty;
    }
}
