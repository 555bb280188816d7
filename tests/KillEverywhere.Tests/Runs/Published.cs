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

    private static readonly string[] TellingApart = ["name", "which", "measure"];

    /// <summary>Each event, named with what tells it from others of its kind, and how often it was published.</summary>
    public static IReadOnlyDictionary<string, int> In(string output, CallNumbers numbers) => Line.Matches(output)
        .Where(line => Names.Contains(line.Groups["name"].Value))
        .GroupBy(
            line => CallNumbers.Name(NameOf(line), numbers.Of(line.Groups["call"].Value)),
            StringComparer.Ordinal)
        .ToDictionary(alike => alike.Key, alike => alike.Count(), StringComparer.Ordinal);

    private static string NameOf(Match line) =>
        string.Join(' ', TellingApart.Select(part => line.Groups[part].Value).Where(part => part.Length > 0));

    /// <summary>
    /// As the logging sink writes it: the sid or the epoch comes first of the details that tell events apart. Warnings of one leg differ in
    /// their measure.
    /// </summary>
    [GeneratedRegex(
        @"(?<!take )(?<name>\b[A-Z_]{8,}) of call (?<call>[a-z2-7]{26}): "
        + @"(?<which>PA_\w+|epoch \d+)?(?:, \w+, (?<measure>[a-z_]+), [\d.]+ after)?")]
    private static partial Regex Line { get; }
}
