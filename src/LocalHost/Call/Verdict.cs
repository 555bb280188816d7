using System.Globalization;
using VoiceFunctions.Core.Costs;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.Call;

/// <summary>One promise, and whether it was kept.</summary>
internal sealed record Promise(string Text, bool Kept);

/// <summary>
/// What came of a call: what the gateway stored, and what the network saw happen, held against what the gateway promises.
/// </summary>
/// <param name="Result">The truth of the network.</param>
/// <param name="Proofs">What the journal proves, call by call.</param>
/// <param name="Events">What the gateway published.</param>
/// <param name="OpenCalls">How many calls the gateway still follows.</param>
internal sealed record Verdict(
    ScenarioResult Result, IReadOnlyList<CallProof> Proofs, IReadOnlyList<LifecycleEvent> Events, int OpenCalls)
{
    /// <summary>What the calls cost, by the prices of this build and the gateway's settings.</summary>
    public IReadOnlyList<CostSheet> Costs => [.. Proofs.Select(CostOf).OfType<CostSheet>()];

    /// <summary>Computes what a call cost.</summary>
    public Func<CallProof, CostSheet?> CostOf { get; init; } = _ => null;

    /// <summary>Every promise.</summary>
    public IReadOnlyList<Promise> Promises => [.. Proofs.SelectMany(PromisesOf), .. Others];

    /// <summary>Every promise for a reader: of one call among several those that were kept are one line.</summary>
    public IEnumerable<Promise> Summary => Proofs.Count == 1 ? Promises : [.. Proofs.SelectMany(SummaryOf), .. Others];

    private Promise[] Others =>
    [
        new($"agents in the room at one time: {MostAgents}", MostAgents <= 1),
        new($"calls in the journal: {Proofs.Count}", Proofs.Count == Result.Scenario.Calls),
        new($"calls left open: {OpenCalls}", OpenCalls == 0),
        new($"events published twice: {EventsAgain}", EventsAgain == 0),
        .. Result.Receiver is null ? (Promise[])[] : [new($"events that the receiver did not get: {Lost}", Lost == 0)],
        .. Result.Broken.Select(broken => new Promise(broken, Kept: false)),
    ];

    /// <summary>Whether every promise was kept.</summary>
    public bool IsKept => Promises.All(promise => promise.Kept);

    /// <summary>What the caller heard, in words.</summary>
    public string CallerHeard
    {
        get
        {
            List<string> heard = [];
            for (var caller = Result.Experience; caller is not null; caller = caller.Next)
            {
                heard.Add(WordsOf(caller));
            }

            return string.Join($".{Environment.NewLine}The next one heard ", heard);
        }
    }

    private static IEnumerable<Promise> PromisesOf(CallProof proof) =>
        proof.Promises.Select(promise => new Promise(promise.Text, promise.Answer == ProofAnswer.Yes));

    private static IEnumerable<Promise> SummaryOf(CallProof proof)
    {
        var broken = PromisesOf(proof).Where(promise => !promise.Kept).ToList();
        return broken.Count > 0 ? broken : [new($"{proof.Promises.Count} promises about call {proof.CallId}", Kept: true)];
    }

    private int MostAgents => Result.Rooms.Select(room => room.MostAgentsLive).DefaultIfEmpty().Max();

    private int Lost => Events.Select(told => told.Id).Except(Result.Receiver!.Received.Select(one => one.Id)).Count();

    private int EventsAgain => Events.Count - Events.DistinctBy(told => told.Id).Count();

    private static string WordsOf(CallerExperience caller) => string.Join(", then ", caller.Heard.Select(Words));

    private static string Words(Heard heard) => heard switch
    {
        Heard.Ringing => $"ringing for {Seconds(heard)}",
        Heard.Agent => $"the agent for {Seconds(heard)}",
        Heard.Human => $"a human for {Seconds(heard)}",
        Heard.Message message => $"“{message.Text}”",
        Heard.Silence => $"silence for {Seconds(heard)}",
        _ => "an application error",
    };

    private static string Seconds(Heard heard) => string.Create(CultureInfo.InvariantCulture, $"{heard.For.TotalSeconds:0.0} s");
}
