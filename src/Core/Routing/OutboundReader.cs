using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Routing.Hours;
using VoiceFunctions.Core.Routing.Outbound;

namespace VoiceFunctions.Core.Routing;

/// <summary>Reads what a route says about the calls that we make: <c>redial</c>, <c>callingHours</c> and <c>whenMachine</c>.</summary>
internal static class OutboundReader
{
    /// <summary>How often a phone is called in all at most.</summary>
    public const int MostAttempts = 5;

    /// <summary>
    /// The shortest pause in seconds: LiveKit closes a room 20 s after its last phone left, so room and agent are gone by then.
    /// </summary>
    public const int ShortestPause = 30;

    private const int LongestPause = 24 * 60 * 60;
    private const int DefaultAttempts = 2;
    private const int DefaultPause = 300;

    private static readonly string[] Outcomes = [EndCause.Busy, EndCause.NoAnswer, EndCause.Rejected, EndCause.Failed];
    private static readonly string[] UnlessSaid = [EndCause.Busy, EndCause.NoAnswer];

    /// <summary>Reads the terms; what an entry leaves out comes from <paramref name="basis"/>.</summary>
    public static OutboundTerms Read(RouteJson entry, OutboundTerms basis, string where, ICollection<string> errors) => new()
    {
        Redial = entry.Redial is { } redial ? Redial(redial, $"{where}.redial", errors) : basis.Redial,
        Hours = entry.CallingHours is { } hours ? Hours(hours, $"{where}.callingHours", errors) : basis.Hours,
        WhenMachine = entry.WhenMachine is { } word ? Machine(word, $"{where}.whenMachine", errors) : basis.WhenMachine,
    };

    private static RedialTerms Redial(RedialJson json, string where, ICollection<string> errors)
    {
        var on = json.On?.OfType<string>().ToHashSet(StringComparer.Ordinal) ?? [.. UnlessSaid];
        if (on.Count == 0 || on.Count < (json.On?.Count ?? 0) || !on.IsSubsetOf(Outcomes))
        {
            errors.Add($"{where}.on: must be some of {string.Join(", ", Outcomes)}, each once");
        }

        if (json.Attempts is < 2 or > MostAttempts)
        {
            errors.Add($"{where}.attempts: must be from 2 to {MostAttempts}");
        }

        if (json.AfterSeconds is < ShortestPause or > LongestPause)
        {
            errors.Add($"{where}.afterSeconds: must be from {ShortestPause} to {LongestPause}");
        }

        return new RedialTerms(on, json.Attempts ?? DefaultAttempts, TimeSpan.FromSeconds(json.AfterSeconds ?? DefaultPause));
    }

    private static CallingHours Hours(CallingHoursJson json, string where, ICollection<string> errors)
    {
        var reader = new WeeklyHoursReader(errors);
        if (json.Open is null or { Count: 0 })
        {
            errors.Add($"{where}.open: must have a window at least");
        }

        return new CallingHours(
            reader.Windows(json.Open, $"{where}.open"),
            json.TimeZone is null ? TimeZoneInfo.Utc : reader.Zone(json.TimeZone, $"{where}.timeZone"));
    }

    private static MachineAction Machine(string word, string where, ICollection<string> errors)
    {
        switch (word)
        {
            case "go-on":
                return MachineAction.GoOn;
            case "hang-up":
                return MachineAction.HangUp;
            case "leave-message":
                return MachineAction.LeaveMessage;
            default:
                errors.Add($"{where}: must be go-on, hang-up or leave-message");
                return MachineAction.GoOn;
        }
    }
}
