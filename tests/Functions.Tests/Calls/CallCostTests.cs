using VoiceFunctions.Core.Costs;
using VoiceFunctions.Core.Costs.Prices;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Functions.Tests.Durable;
using VoiceFunctions.Functions.Tests.World;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Functions.Tests.Calls;

/// <summary>What one call costs, counted. The document of the costs holds these very numbers.</summary>
public sealed class CallCostTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task The_document_says_what_a_call_of_so_many_minutes_takes(int minutes)
    {
        var counting = new CountingJournal(new InMemoryCallJournal(TimeProvider.System));
        var app = new FunctionApp(counting);
        var call = new PhoneCall(app);

        await call.TakePlaceAsync(TimeSpan.FromMinutes(minutes), TestContext.Current.CancellationToken);

        var history = call.Instance.Generations.SelectMany(generation => generation).ToList();
        var (webhooks, activities) = (app.Delivered, history.OfType<HistoryEvent.TaskScheduled>().Count());
        var row = $"| {minutes} min | {webhooks} | {history.OfType<HistoryEvent.Started>().Count()} | {activities} | "
            + $"{history.OfType<HistoryEvent.TimerCreated>().Count()} "
            + $"| {history.OfType<HistoryEvent.EventRaised>().Count()} | {counting.Appends} | {counting.Reads} | {counting.Commits} | "
            + $"{counting.Closings} |";
        Assert.Contains(
            row,
            await File.ReadAllTextAsync(Repository.PathOf("docs", "cost.md"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        var sheet = CallCosts.Of(
            call.Id,
            await counting.ReadRowsAsync(call.Id, TestContext.Current.CancellationToken),
            PriceList.Shipped,
            World.Settings.Read().Routes,
            app.Clock.GetUtcNow())!;
        int Told(string name) => (int)sheet.Work.Single(work => work.Name == name).Count;
        Assert.Equal((webhooks, activities), (Told("requests"), Told("activities")));
        Assert.Equal(history.OfType<HistoryEvent.Started>().Count(), Told("orchestrator_runs"));
        Assert.Equal(
            (counting.Appends, counting.Reads, counting.Commits),
            (Told("journal_appends"), Told("journal_reads"), Told("journal_commits")));
    }
}
