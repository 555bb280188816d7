using VoiceFunctions.Core.Agents;

namespace VoiceFunctions.Core.Routing.Admission;

/// <summary>One rule for callers: all its conditions must hold. Printing one shows nothing of a caller.</summary>
/// <param name="Action">What is done with such a call, a word of <see cref="Calls.AdmissionAction"/>.</param>
public sealed record AdmissionRule(string Action)
{
    /// <summary>What the caller's number begins with: a plus and digits; empty for any.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>What the network says about the caller's number, words of <see cref="CallerVerdict"/>; empty for anything.</summary>
    public IReadOnlyList<string> Verdicts { get; init; } = [];

    /// <summary>More calls than this from one number within <see cref="Within"/>; <c>null</c> for any number of calls.</summary>
    public int? MoreThan { get; init; }

    /// <summary>The time in which calls are counted.</summary>
    public TimeSpan Within { get; init; }

    /// <summary>The agent where <see cref="Action"/> is <c>agent</c>.</summary>
    public AgentConfig? Agent { get; init; }

    /// <summary>Whether it fits a caller.</summary>
    /// <param name="number">The caller's number in E.164; <c>null</c> where it is not known.</param>
    /// <param name="verdict">What the network says; <c>null</c> where the call came by a way that tells nothing.</param>
    /// <param name="calls">How many calls came from that number within a time, this one among them.</param>
    public bool Fits(string? number, string? verdict, Func<TimeSpan, int> calls) =>
        (From.Count == 0 || (number is not null && From.Any(prefix => number.StartsWith(prefix, StringComparison.Ordinal))))
        && (Verdicts.Count == 0 || (verdict is not null && Verdicts.Contains(verdict)))
        && (MoreThan is not { } most || calls(Within) > most);
}
