using System.Globalization;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Measures;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Prints what a run came to.</summary>
internal sealed class ChaosReport(TextWriter output, ChaosOptions options)
{
    private static readonly (DefectKind Kind, string Name)[] Kinds =
    [
        (DefectKind.DuplicateAgents, "duplicate agents"),
        (DefectKind.MissingAgents, "missing agents"),
        (DefectKind.MissingEnds, "missing ends"),
        (DefectKind.DuplicateEnds, "duplicate ends"),
        (DefectKind.GhostRooms, "ghost rooms"),
        (DefectKind.RegressedStates, "regressed states"),
        (DefectKind.UnprovenHistories, "unproven histories"),
        (DefectKind.BrokenLimits, "broken limits"),
        (DefectKind.BrokenEvents, "lost or disordered events"),
        (DefectKind.BrokenTools, "tools asked for wrongly"),
        (DefectKind.RepeatedWarnings, "repeated warnings"),
        (DefectKind.AcceptedForgeries, "accepted forgeries"),
        (DefectKind.RefusedAuthentics, "refused authentics"),
    ];

    private static readonly double[] Shares = [0.5, 0.95, 0.99, 0.999, 1];

    /// <summary>Prints the tables, and every defect.</summary>
    public void Print(Outcome outcome, Tally tally, TrafficWitness witness)
    {
        Title("defects");
        Line("", "found", "per 100,000 calls");
        foreach (var (kind, name) in Kinds)
        {
            var found = outcome.Defects.Count(defect => defect.Kind == kind);
            Line(name, Text(found), (found * 100_000.0 / outcome.Calls).ToString("0.#", CultureInfo.InvariantCulture));
        }

        Title("calls");
        Line("placed", Text(outcome.Calls));
        Line(
            "started = ended + active",
            $"{outcome.Started} = {outcome.Ended} + "
                + $"{outcome.Active}{(outcome.Started == outcome.Ended + outcome.Active ? "" : "  BROKEN")}");
        Line("ended by", string.Join(", ", outcome.Causes.Select(cause => $"{cause.Key} {cause.Value}")));

        Title("faults injected");
        foreach (var (name, count) in tally.Counts)
        {
            Line(name, Text(count));
        }

        Title("no defects, but worth knowing");
        Line("agents sent after the first", Text(outcome.MoreDispatches));
        Line("trunk calls handed over to a human", Text(outcome.HandedOver));
        Line(
            "two agents heard at once, briefly",
            $"{outcome.Overlaps}, at most {Time(outcome.LongestOverlap)}; {Time(Windows.Surplus)} are allowed, "
                + $"{Time(Windows.Takeover)} more where a host died over it, nothing to two that hold the lease");
        Line("ends told again, same id", $"{outcome.ToldAgain}, after a kill or a pause of the storage");
        Line("ends told by a host killed before it printed", Text(outcome.Unprinted));
        Line("calls turned away over the limit", Text(outcome.TurnedAway));
        Line("events that the receiver took", $"{outcome.EventsTaken}, {outcome.EventsAgain} of them again, same id");
        Line("tool calls", string.Join(", ", outcome.ToolOutcomes.Select(tool => $"{tool.Key} {tool.Value}")));
        Line("calls with measurements, and warnings", $"{outcome.Measured}, {outcome.Warnings}");
        Line("webhooks that LiveKit gave up", Text(witness.GivenUp));
        Line("callers gone before anybody could know", Text(outcome.Untold));
        Line("callers who heard an application error", Text(outcome.ApplicationErrors));
        Line("rooms in which nobody ever was", Text(outcome.UnusedRooms));

        Title("latency");
        Line("", "p50", "p95", "p99", "p99.9", "max", "of");
        Times("voice webhook, from the scheduled arrival", witness.Voice);
        Times("LiveKit webhook, from the event to the 200", witness.Webhooks);
        Times("LiveKit webhook, one attempt", witness.Attempts);
        Times("caller joined → CreateDispatch", outcome.Dispatch);
        Times("caller left → CALL_ENDED", outcome.End);
        Times($"CALL_ENDED → room gone (grace {Time(Windows.Grace)})", outcome.Room);

        foreach (var defect in outcome.Defects)
        {
            var call = defect.Call.Length > 0 ? defect.Call + ": " : "";
            output.WriteLine($"DEFECT  {Kinds.Single(kind => kind.Kind == defect.Kind).Name}: {call}{defect.Words}; seed {options.Seed}");
        }
    }

    private void Title(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
    }

    private void Line(string name, params string[] values) =>
        output.WriteLine($"  {name,-46}{(values is [var only] ? only : Columns(values))}".TrimEnd());

    private static string Columns(string[] values) => string.Concat(values.Select(value => value.PadLeft(values.Length == 2 ? 20 : 10)));

    private void Times(string name, Samples samples) =>
        Line(name, [.. Shares.Select(share => samples.Percentile(share) is { } time ? Time(time) : "–"), Text(samples.Count)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
