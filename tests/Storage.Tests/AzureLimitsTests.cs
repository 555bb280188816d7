using Azure.Core.Pipeline;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>What Azure's table service does not hold: 1 MiB a row, 64 KiB a column, 100 rows and 4 MiB a transaction.</summary>
public sealed class AzureLimitsTests(AzuriteServer azurite) : IAsyncLifetime
{
    private const string LongestPlainId = "12345678901234567890123456789012345678901234567890123456789012345678901234567890"
        + "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678";

    private readonly AzureLimits limits = new();
    private readonly CallId call = Some.Call();
    private HttpClient http = null!;
    private TableCallJournal journal = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        http = new HttpClient(limits);
        var options = FaultyTable.ImpatientOptions();
        options.Transport = new HttpClientTransport(http);
        var settings = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        journal = new TableCallJournal(JournalTable.Open(settings, options), new ManualClock(Some.Noon));
        await journal.EnsureTableAsync(Stop);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        limits.Dispose();
        return default;
    }

    [Fact]
    public async Task An_event_that_no_row_holds_is_refused_for_good_and_leaves_the_call_as_it_was()
    {
        await journal.AppendAsync(call, Some.Event("EV_1"), Tracking.Follow, Stop);
        var before = await journal.ReadAsync(call, Stop);

        Assert.Equal(AppendOutcome.Refused, await journal.AppendAsync(call, Huge("EV_2"), Tracking.Follow, Stop));
        var change = Some.Step(call, Some.Claim("a")) with { Events = [Huge("EV_3")] };
        Assert.Equal(CommitOutcome.Refused, (await journal.CommitAsync(call, before.Version, change, Stop)).Outcome);

        var after = await journal.ReadAsync(call, Stop);
        Assert.Equal(["EV_1"], after.Events.Select(stored => stored.Id));
        Assert.Equal(CommitOutcome.Committed, (await journal.CommitAsync(call, after.Version, change with { Events = [] }, Stop)).Outcome);
    }

    [Fact]
    public async Task An_unwatched_call_whose_first_event_is_refused_is_not_known()
    {
        Assert.Equal(AppendOutcome.Refused, await journal.AppendAsync(call, Huge("EV_1"), Tracking.RecordOnly, Stop));

        Assert.True((await journal.ReadAsync(call, Stop)).IsEmpty);
    }

    [Fact]
    public async Task A_step_after_thousands_of_events_with_the_longest_ids_stays_far_below_every_limit()
    {
        const int Events = 1_400;
        await Parallel.ForEachAsync(Enumerable.Range(0, Events), Stop, async (i, stop) =>
            await journal.AppendAsync(call, Some.EventAt(Id(i), Some.Noon.AddSeconds(i), "room"), Tracking.Follow, stop));
        var raw = new string('\u00e9', CallEvent.MaxRawLength);
        var change = Some.Step(call, [.. Enumerable.Range(0, 40).Select(i => Some.Claim($"publish:{Id(i)}"))]) with
        {
            Events = [.. Enumerable.Range(Events, 40).Select(i => Some.EventAt(Id(i), Some.Noon.AddHours(1), "room") with { Raw = raw })],
        };

        var version = (await journal.ReadAsync(call, Stop)).Version;
        Assert.Equal(CommitOutcome.Committed, (await journal.CommitAsync(call, version, change, Stop)).Outcome);

        var steps = (await journal.ReadRowsAsync(call, Stop))
            .Where(row => row.Key.StartsWith(JournalRowKeys.StepPrefix, StringComparison.Ordinal));
        Assert.Equal(3, steps.Count());
        Assert.InRange(limits.Largest, 100_000, 300_000);
    }

    private static string Id(int i) => $"{LongestPlainId}{i:D6}";

    private static CallEvent Huge(string id) => Some.Event(id, "room") with { Raw = new string('x', 600_000) };
}
