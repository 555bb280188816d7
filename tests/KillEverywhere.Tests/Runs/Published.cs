using System.Text.RegularExpressions;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.KillEverywhere.Steps;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>The lifecycle events that processes published, read from what they printed.</summary>
internal static partial class Published
{
    private static readonly string[] Names =
    [
        LifecycleEventName.CallStarted,
        LifecycleEventName.ParticipantJoined,
        LifecycleEventName.ParticipantLeft,
        LifecycleEventName.AgentDispatched,
        LifecycleEventName.CallEnded,
        LifecycleEventName.RoomDeleted,
        LifecycleEventName.SurplusAgentRemoved,
        LifecycleEventName.RoomDeleteFailed,
        LifecycleEventName.QualityWarning,
    ];

    /// <summary>Each event, named with what tells it from others of its kind, and how often it was published.</summary>
    public static IReadOnlyDictionary<string, int> In(string output, CallNumbers numbers) => Line.Matches(output)
        .Where(line => Names.Contains(line.Groups["name"].Value))
        .GroupBy(
            line => CallNumbers.Name(
                $"{line.Groups["name"].Value} {line.Groups["which"].Value}".Trim(), numbers.Of(line.Groups["call"].Value)),
            StringComparer.Ordinal)
        .ToDictionary(alike => alike.Key, alike => alike.Count(), StringComparer.Ordinal);

    /// <summary>As the logging sink writes it: the sid or the epoch comes first of the details that tell events apart.</summary>
    [GeneratedRegex(@"(?<!take )(?<name>\b[A-Z_]{8,}) of call (?<call>[a-z2-7]{26}): (?<which>PA_\w+|epoch \d+)?")]
    private static partial Regex Line { get; }
}
