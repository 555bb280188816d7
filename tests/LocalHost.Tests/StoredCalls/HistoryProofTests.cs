using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Proofs.Replay;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>What is stored of whole calls proves their promises, and this build would do the same again.</summary>
public sealed class HistoryProofTests(AzuriteServer azurite)
{
    public static TheoryData<string> Scenarios => [.. ScenarioCatalog.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_scenario_is_proven_and_decided_alike_on_a_good_network_and_a_bad_one(string name)
    {
        var needsAll = ScenarioCatalog.All.Single(scenario => scenario.Name == name).NeedsEveryWebhook;
        var bad = needsAll ? Told.Rough with { Lose = 0, Reorder = 0 } : Told.Rough;
        for (var seed = 1; seed <= 6; seed++)
        {
            var journal = await Told.PlayAsync(name, seed, seed == 1 ? DeliveryFaults.None : bad);
            foreach (var callId in journal.Calls)
            {
                var rows = await journal.RowsAsync(callId);

                Assert.All(CallAuditor.Audit(callId, rows, Told.Routes).Promises, promise =>
                    Assert.True(promise.Answer == ProofAnswer.Yes, $"{name}, seed {seed}: {promise}"));
                Assert.Empty(PolicyReplay.Replay(callId, rows, Told.Routes).Differences);
                Assert.Null(PolicyReplay.Replay(callId, rows, Told.Routes).LeftToDo);
            }
        }
    }

    [Theory]
    [InlineData("answered", 3)]
    [InlineData("sip-trunk", 5)]
    public async Task The_same_call_in_both_journals_proves_the_same(string name, int seed)
    {
        var stop = TestContext.Current.CancellationToken;
        var told = await Told.PlayAsync(name, seed, Told.Rough);
        var callId = Assert.Single(told.Calls);
        var settings = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        await TableCallJournal.Create(settings, TimeProvider.System).EnsureTableAsync(stop);
        await told.WriteAsync(clock => TableCallJournal.Create(settings, clock));

        var here = CallAuditor.Audit(callId, await told.RowsAsync(callId), Told.Routes);
        var there = CallAuditor.Audit(callId, await TableCallJournal.Create(settings, TimeProvider.System).RowsAsync(callId), Told.Routes);

        Assert.Equal(here.Promises, there.Promises);
        Assert.Equal(here.Events, there.Events);
        Assert.Equal(here.Steps, there.Steps);
    }
}
