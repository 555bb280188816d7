using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using VoiceFunctions.KillEverywhere.Runs;
using VoiceFunctions.KillEverywhere.Steps;
using VoiceFunctions.Testing;

namespace VoiceFunctions.KillEverywhere;

/// <summary>
/// A call is lived through once to see its steps: every write to the journal and every question to LiveKit. Then it is lived through again
/// for each step and side, and the gateway's process is killed right there and started anew. <c>KILL_AT=text</c> kills only at the steps
/// that hold it, <c>KILL_KIND=text</c> only in kinds of call whose name holds it or one of several with <c>|</c> between them,
/// <c>KILL_EVERY=n</c> only at each nth spot; <c>KILL_AT_ONCE=n</c> lets so many calls go on at one time.
/// </summary>
public sealed class KillEverywhereTests(AzuriteServer azurite, ITestOutputHelper output)
{
    /// <summary>The calls mostly wait: for leases, and for people.</summary>
    private static readonly int AtOnce = 3 * Environment.ProcessorCount;

    /// <summary>How many undisturbed calls a step must be in.</summary>
    private const int Samples = 3;

    private static readonly string KillAt = Environment.GetEnvironmentVariable("KILL_AT") ?? "";
    private static readonly string Kind = Environment.GetEnvironmentVariable("KILL_KIND") ?? "";
    private static readonly int Every = int.Parse(Environment.GetEnvironmentVariable("KILL_EVERY") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>
    /// A sample takes the plain calls alone: the others are of the nightly run, which takes every step. The plain ones are lived through
    /// also where they are not wanted, but another is that is killed only where it is more than they are.
    /// </summary>
    private static IReadOnlyList<CallKind> Kinds =>
    [
        .. CallKind.All.Where(kind => kind.IsPlain
            ? IsWanted(kind) || CallKind.All.Any(other => Every == 1 && IsWanted(other) && IsKilledBesidePlain(other))
            : Every == 1 && IsWanted(kind)),
    ];

    [Fact]
    public async Task Wherever_the_process_is_killed_the_call_has_one_agent_one_end_and_its_room_is_gone()
    {
        var clock = Stopwatch.StartNew();
        var undisturbed = new ConcurrentDictionary<CallKind, Seen>();
        await Parallel.ForEachAsync(
            Kinds,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Max(1, AtOnce / Samples),
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (kind, _) => undisturbed[kind] = await UndisturbedAsync(kind));

        var killed = new ConcurrentBag<(CallKind Kind, Seen Seen)>();
        var spots = Kinds
            .Where(IsWanted)
            .SelectMany(kind => SpotsOf(kind, undisturbed[kind])
                .Where(next => !IsKilledBesidePlain(kind) || !IsInPlainCall(next.Spot, undisturbed)))
            .Where((_, index) => index % Every == 0);
        await Parallel.ForEachAsync(
            spots,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (next, cancellationToken) => killed.Add((next.Kind, await KillAsync(next.Kind, next.Spot, cancellationToken))));

        KillReport[] reports = [.. Kinds.Select(Of)];
        var text = string.Join("\n\n", reports.Select(report => $"{report.Summary}\n\n{report.Table}"));
        await File.WriteAllTextAsync(
            Repository.PathOf("artifacts", "kill-everywhere.md"),
            text + "\n",
            TestContext.Current.CancellationToken);
        output.WriteLine(text);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{killed.Count} kills in {clock.Elapsed.TotalSeconds:0} s"));
        string[] wrong = [.. reports.SelectMany(report => report.Broken), .. reports.SelectMany(report => report.Missed)];
        Assert.True(wrong.Length == 0, string.Join("\n\n", wrong));

        KillReport Of(CallKind kind) =>
            new(kind, undisturbed[kind], [.. killed.Where(kill => kill.Kind == kind).Select(kill => kill.Seen)]);
    }

    /// <summary>
    /// A call that nobody disturbs, with the steps that are in each of a few: two who are at one call at a time can take some
    /// that the next call is spared.
    /// </summary>
    private async Task<Seen> UndisturbedAsync(CallKind kind)
    {
        var calls = await Task.WhenAll(
            Enumerable.Range(0, Samples).Select(_ => Run.OfAsync(kind, null, azurite, TestContext.Current.CancellationToken)));
        output.WriteLine($"{kind}: undisturbed");
        return calls[0] with
        {
            Requests = [.. calls[0].Requests.Where(steps => calls.All(call => call.Requests.Any(others => others[0] == steps[0])))],
        };
    }

    private static bool IsWanted(CallKind kind) =>
        Kind.Split('|').Any(name => kind.Name.Contains(name, StringComparison.Ordinal));

    private static IEnumerable<(CallKind Kind, Spot Spot)> SpotsOf(CallKind kind, Seen undisturbed) =>
        from steps in undisturbed.Requests
        where steps.Any(step => step.Name.Contains(KillAt, StringComparison.Ordinal))
        where kind.Steps.Count == 0 || steps.Any(step => kind.Steps.Any(part => step.Name.Contains(part, StringComparison.Ordinal)))
        from side in Enum.GetValues<Side>()
        select (kind, new Spot(steps[0], side));

    private static bool IsKilledBesidePlain(CallKind kind) => !kind.IsPlain && kind.Steps.Count == 0;

    /// <summary>A call with more to it is killed only where it is more than a plain one.</summary>
    private static bool IsInPlainCall(Spot spot, IReadOnlyDictionary<CallKind, Seen> undisturbed) => undisturbed
        .Where(other => other.Key.IsPlain)
        .Any(other => other.Value.Requests.Any(steps => steps[0] == spot.Step));

    /// <summary>
    /// In a few calls webhooks come in another order, and a step may be spared; on a busy machine the next process may start too late for a
    /// caller to be told anything. Those are lived through again.
    /// </summary>
    private async Task<Seen> KillAsync(CallKind kind, Spot spot, CancellationToken cancellationToken)
    {
        var seen = await Run.OfAsync(kind, spot, azurite, cancellationToken);
        for (var again = 0; again < 3 && (seen.Broken.Count == 0 ? !seen.WasKilled : seen.WasStarved); again++)
        {
            Tell("again, ");
            seen = await Run.OfAsync(kind, spot, azurite, cancellationToken);
        }

        Tell("");
        return seen;

        void Tell(string then) => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}, {spot}: {then}{seen.Took.TotalSeconds:0} s, {(seen.Broken.Count == 0 ? "kept" : string.Join("; ", seen.Broken))}"));
    }
}
