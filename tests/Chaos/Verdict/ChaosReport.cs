using System.Globalization;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Measures;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Prints what a run came to.</summary>
internal sealed class ChaosReport(CommandConsole console, ChaosOptions options)
{
    private const int NameWidth = 46;
    private const string Indent = "  ";

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
        Defects(outcome);

        var calls = Titled("calls");
        calls.Add("placed", Text(outcome.Calls));
        calls.Add(
            "started = ended + active",
            $"{outcome.Started} = {outcome.Ended} + "
                + $"{outcome.Active}{(outcome.Started == outcome.Ended + outcome.Active ? "" : "  BROKEN")}");
        calls.Add("ended by", string.Join(", ", outcome.Causes.Select(cause => $"{cause.Key} {cause.Value}")));
        console.Tell(calls);

        var faults = Titled("faults injected");
        foreach (var (name, count) in tally.Counts)
        {
            faults.Add(name, Text(count));
        }

        console.Tell(faults);
        if (tally.Total == 0)
        {
            console.Tell($"{Indent}none");
        }

        WorthKnowing(outcome, witness);
        Latency(outcome, witness);
        foreach (var defect in outcome.Defects)
        {
            var call = defect.Call.Length > 0 ? defect.Call + ": " : "";
            console.Tell($"DEFECT  {NameOf(defect.Kind)}: {call}{defect.Words}; seed {options.Seed}", Tone.Bad);
        }
    }

    /// <summary>What each kind of defect is called.</summary>
    public static IReadOnlyList<(DefectKind Kind, string Name)> Names => Kinds;

    /// <summary>What a kind of defect is called.</summary>
    public static string NameOf(DefectKind kind) => Kinds.Single(one => one.Kind == kind).Name;

    private void Defects(Outcome outcome)
    {
        Title("defects");
        var defects = new Listing(new("", NameWidth), Right("found", 20), Right("per 100,000 calls", 20))
        {
            Indent = Indent, AlwaysHasTitles = true,
        };
        foreach (var (kind, name) in Kinds)
        {
            var found = outcome.Defects.Count(defect => defect.Kind == kind);
            defects.Add(
                name,
                new(Text(found), found == 0 ? Tone.Good : Tone.Bad),
                (found * 100_000.0 / outcome.Calls).ToString("0.#", CultureInfo.InvariantCulture));
        }

        console.Tell(defects);
    }

    private void WorthKnowing(Outcome outcome, TrafficWitness witness)
    {
        var listing = Titled("no defects, but worth knowing");
        listing.Add("agents sent after the first", Text(outcome.MoreDispatches));
        listing.Add("trunk calls handed over to a human", Text(outcome.HandedOver));
        listing.Add(
            "two agents heard at once, briefly",
            $"{outcome.Overlaps}, at most {Time(outcome.LongestOverlap)}; {Time(Windows.Surplus)} are allowed, "
                + $"{Time(Windows.Takeover)} more where a host died over it, nothing to two that hold the lease");
        listing.Add("ends told again, same id", $"{outcome.ToldAgain}, after a kill or a pause of the storage");
        listing.Add("ends told by a host killed before it printed", Text(outcome.Unprinted));
        listing.Add("calls turned away over the limit", Text(outcome.TurnedAway));
        listing.Add("events that the receiver took", $"{outcome.EventsTaken}, {outcome.EventsAgain} of them again, same id");
        listing.Add("tool calls", string.Join(", ", outcome.ToolOutcomes.Select(tool => $"{tool.Key} {tool.Value}")));
        listing.Add("calls with measurements, and warnings", $"{outcome.Measured}, {outcome.Warnings}");
        listing.Add("webhooks that LiveKit gave up", Text(witness.GivenUp));
        listing.Add("callers gone before anybody could know", Text(outcome.Untold));
        listing.Add("callers who heard an application error", Text(outcome.ApplicationErrors));
        listing.Add("rooms in which nobody ever was", Text(outcome.UnusedRooms));
        console.Tell(listing);
    }

    private void Latency(Outcome outcome, TrafficWitness witness)
    {
        Title("latency");
        string[] titles = ["p50", "p95", "p99", "p99.9", "max", "of"];
        var latency = new Listing([new("", NameWidth), .. titles.Select(title => Right(title, 10))])
        {
            Indent = Indent, AlwaysHasTitles = true,
        };
        foreach (var (name, samples) in TimesOf(outcome, witness))
        {
            latency.Add(
            [
                name,
                .. Shares.Select(share => new Cell(samples.Percentile(share) is { } time ? Time(time) : "–")),
                Text(samples.Count),
            ]);
        }

        console.Tell(latency);
    }

    /// <summary>What was measured, by name.</summary>
    public static IReadOnlyList<(string Name, Samples Samples)> TimesOf(Outcome outcome, TrafficWitness witness) =>
    [
        ("voice webhook, from the scheduled arrival", witness.Voice),
        ("LiveKit webhook, from the event to the 200", witness.Webhooks),
        ("LiveKit webhook, one attempt", witness.Attempts),
        ("caller joined → CreateDispatch", outcome.Dispatch),
        ("caller left → CALL_ENDED", outcome.End),
        ($"CALL_ENDED → room gone (grace {Time(Windows.Grace)})", outcome.Room),
    ];

    private Listing Titled(string title)
    {
        Title(title);
        return new Listing(new("", NameWidth), new("")) { Indent = Indent };
    }

    private void Title(string text)
    {
        console.Tell("");
        console.Tell(text);
    }

    private static Column Right(string title, int width) => new(title, width) { IsRight = true };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
