namespace VoiceFunctions.Core.Settings;

/// <summary>The settings of the agents' tools.</summary>
public static partial class SettingNames
{
    /// <summary>The agents' tools as a file.</summary>
    public const string ToolsFile = "TOOLS_FILE";

    /// <summary>The agents' tools as text.</summary>
    public const string ToolsJson = "TOOLS_JSON";

    /// <summary>They, in the order of the documentation.</summary>
    private static IReadOnlyList<Setting> OfTools =>
    [
        new(ToolsFile, SettingNeed.Optional, null, "A JSON file with the [tools](docs/tools.md) that agents may use."),
        new(ToolsJson, SettingNeed.Optional, null, "The same JSON as text; not together with `TOOLS_FILE`.")
        {
            IsSecret = true,
            IsProse = true,
        },
    ];
}
