using VoiceFunctions.Core.Calls;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Tenants;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>What a gateway promises about a call's tools, judged by what its agents were told and what the backend was asked.</summary>
public static class ToolPromises
{
    /// <summary>Those that were not kept, in words.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="recorded">The tool calls on its record.</param>
    /// <param name="told">What its agents were told.</param>
    /// <param name="keys">The idempotency keys under which the backend was asked, whichever call's.</param>
    public static IEnumerable<string> Broken(
        string callId, IReadOnlyList<ToolRecord> recorded, IReadOnlyList<ToolTruth> told, IReadOnlyList<string> keys)
    {
        string[] asked = [.. keys.Where(key => key.StartsWith($"{callId}.", StringComparison.Ordinal))];
        foreach (var strange in asked.Distinct().Except(recorded.Select(use => KeyOf(callId, use))))
        {
            yield return $"the backend was asked under the key {strange}, which is no tool call's on the record";
        }

        foreach (var use in recorded)
        {
            var times = asked.Count(key => key == KeyOf(callId, use));
            if (times > 1 && GolfClub.AskedOnce.Contains(use.Tool))
            {
                yield return $"the backend was asked {times} times for {use.Tool}, which must not be asked again";
            }
        }

        foreach (var answers in told.Where(one => one.Answer.Contains("\"outcome\"", StringComparison.Ordinal)).GroupBy(one => one.Id))
        {
            var use = recorded.SingleOrDefault(one => one.ToolCallId == answers.Key);
            if (answers.Select(one => one.Answer).Distinct().Count() > 1)
            {
                yield return $"for {answers.First().Tool} the agent was told {string.Join(" and ", answers.Select(one => one.Answer))}";
            }
            else if (!answers.First().Answer.Contains($"\"outcome\":\"{use?.Outcome}\"", StringComparison.Ordinal))
            {
                yield return $"the record has {use?.Outcome ?? "nothing"}, and the agent was told {answers.First().Answer}";
            }
        }
    }

    private static string KeyOf(string callId, ToolRecord use) => $"{callId}.{use.ToolCallId}";
}
