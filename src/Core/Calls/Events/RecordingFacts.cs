using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.Events;

/// <summary>Reads what LiveKit says of a recording as a fact, whether a webhook or an answer says it.</summary>
internal static class RecordingFacts
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>What is said of a recording of ours; <c>null</c> where its file is not named as ours are.</summary>
    public static CallFact? Of(LiveKitEgress egress)
    {
        if (egress.EgressId.Length == 0 || RecordingFile.Parse(egress.Path) is not { } file)
        {
            return null;
        }

        return LiveKitEgressStatus.GoesOn(egress.Status)
            ? new CallFact.RecordingStarted(egress.EgressId, file) { IsActive = egress.Status != LiveKitEgressStatus.Starting }
            : new CallFact.RecordingEnded(egress.EgressId, file, egress.Status)
            {
                Error = ErrorOf(egress),
                Location = LocationOf(egress.Location),
                SizeBytes = egress.SizeBytes,
                DurationMs = egress.DurationNs / NanosecondsPerMillisecond,
            };
    }

    /// <summary>LiveKit's error, with the status that goes with it. What could hold a key of the storage is not kept.</summary>
    private static string? ErrorOf(LiveKitEgress egress)
    {
        var text = SafeText.IsSafe(egress.Error) ? Cut(egress.Error) : "withheld: it could hold a secret";
        return (egress.ErrorCode, text) switch
        {
            (0, "") => null,
            (0, _) => text,
            (var code, "") => $"{code}",
            var (code, _) => $"{code} {text}",
        };
    }

    /// <summary>The file's address without its parameters, which can be a key to it.</summary>
    private static string? LocationOf(string location)
    {
        var address = location.Split('?', 2)[0];
        return address.Length == 0 || address.Contains('@', StringComparison.Ordinal) ? null : Cut(address);
    }

    private static string Cut(string text) =>
        text.Length <= CallFact.RecordingEnded.MaxTextLength ? text : text[..CallFact.RecordingEnded.MaxTextLength];
}
