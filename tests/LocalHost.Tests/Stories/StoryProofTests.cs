using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost.Stories;

/// <summary>What is stored of whole calls proves their promises, and this build would do the same again.</summary>
public sealed class StoryProofTests
{
    public static TheoryData<string> Scenarios => [.. ScenarioCatalog.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_scenario_is_proven_and_decided_alike_on_a_good_network_and_a_bad_one(string name)
    {
        for (var seed = 1; seed <= 6; seed++)
        {
            var journal = await Told.PlayAsync(name, seed, seed == 1 ? DeliveryFaults.None : Told.Rough);
            foreach (var callId in journal.Calls)
            {
                var rows = await journal.RowsAsync(callId);

                Assert.All(CallAuditor.Audit(callId, rows, Told.Routes).Promises, promise => Assert.True(promise.Answer == ProofAnswer.Yes, $"{name}, seed {seed}: {promise}"));
                Assert.Empty(PolicyReplay.Replay(callId, rows, Told.Routes).Differences);
                Assert.Null(PolicyReplay.Replay(callId, rows, Told.Routes).LeftToDo);
            }
        }
    }
}
