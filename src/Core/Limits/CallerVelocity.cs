using System.Globalization;

namespace VoiceFunctions.Core.Limits;

/// <summary>
/// How often somebody has called of late. Kept under a keyed hash, no longer than a rule asks for, and as the ids and seconds of calls
/// alone.
/// </summary>
/// <param name="store">Holds the lists.</param>
public sealed class CallerVelocity(ILimitStore store)
{
    /// <summary>How many calls of one caller are kept: one more than a rule can ask for.</summary>
    public const int Most = 101;

    /// <summary>How often a list is read and written for one call. One that is never written counts for itself alone.</summary>
    public const int MaxAttempts = 4;

    /// <summary>Notes a call, once however often it is noted, and tells when the caller's calls came, this one among them.</summary>
    /// <param name="mark">The caller, by a keyed hash.</param>
    /// <param name="callId">The call.</param>
    /// <param name="at">When it came.</param>
    /// <param name="longest">How long it is kept.</param>
    /// <param name="cancellationToken">Ends the asking; the call may then be noted.</param>
    public async Task<IReadOnlyList<DateTimeOffset>> NoteAsync(
        string mark, string callId, DateTimeOffset at, TimeSpan longest, CancellationToken cancellationToken)
    {
        List<(string Call, DateTimeOffset At)> calls = [];
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var read = await store.ReadAsync($"caller:{mark}", cancellationToken);
            calls = [.. Parse(read.Text).Where(call => call.At > at - longest)];
            if (calls.Exists(call => call.Call == callId))
            {
                break;
            }

            calls.Add((callId, at));
            calls = [.. calls.OrderBy(call => call.At).TakeLast(Most)];
            if (await store.WriteAsync($"caller:{mark}", read.Version, Format(calls), at + longest, cancellationToken) is not null)
            {
                break;
            }
        }

        return [.. calls.Select(call => call.At)];
    }

    private static IEnumerable<(string Call, DateTimeOffset At)> Parse(string text) => text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(call => call.Split('@'))
        .Select(parts => (parts[0], DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture))));

    private static string Format(IEnumerable<(string Call, DateTimeOffset At)> calls) => string.Join(
        ' ', calls.Select(call => string.Create(CultureInfo.InvariantCulture, $"{call.Call}@{call.At.ToUnixTimeMilliseconds()}")));
}
