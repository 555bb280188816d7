namespace VoiceFunctions.Core.Settings;

/// <summary>The settings of the agents' tools and of the price list.</summary>
public static partial class SettingNames
{
    /// <summary>The agents' tools as a file.</summary>
    public const string ToolsFile = "TOOLS_FILE";

    /// <summary>The agents' tools as text.</summary>
    public const string ToolsJson = "TOOLS_JSON";

    /// <summary>The operator's prices as a file.</summary>
    public const string PricesFile = "COST_PRICES_FILE";

    /// <summary>The operator's prices as text.</summary>
    public const string PricesJson = "COST_PRICES_JSON";

    /// <summary>They, in the order of the documentation.</summary>
    private static IReadOnlyList<Setting> OfTools =>
    [
        new(ToolsFile, SettingNeed.Optional, null, "A JSON file with the [tools](docs/tools.md) that agents may use."),
        new(ToolsJson, SettingNeed.Optional, null, "The same JSON as text. Only one of the two can be set.")
        {
            IsSecret = true,
            IsProse = true,
        },
        new(
            PricesFile,
            SettingNeed.Optional,
            "the built-in list",
            "A JSON file with your own [prices](docs/cost.md#what-one-call-cost) of calls, for your region and contract."),
        new(PricesJson, SettingNeed.Optional, null, "The same JSON as text. Only one of the two can be set.") { IsProse = true },
    ];
}
