using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Which promises to tenants' systems and to agents were broken. Pure, like <see cref="DefectRules"/>.</summary>
internal static class TenantRules
{
    /// <summary>Every defect of a call.</summary>
    public static IEnumerable<Defect> Of(CallEvidence call) =>
    [
        .. EventPromises.Broken(call.Sample.Happened, call.Received).Select(words => new Defect(DefectKind.BrokenEvents, call.Name, words)),
        .. ToolPromises.Broken(call.CallId, call.Sample.Tools, call.ToldOfTools, call.ToolKeys)
            .Select(words => new Defect(DefectKind.BrokenTools, call.Name, words)),
        .. call.Sample.Warnings
            .CountBy(warning => warning)
            .Where(warning => warning.Value > 1)
            .Select(warning =>
                new Defect(DefectKind.RepeatedWarnings, call.Name, $"it was warned {warning.Value} times of the {warning.Key}")),
    ];
}
