using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Functions.Hosting;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Functions.Tests.Hosting;

public sealed class JournalTableStartTests
{
    [Fact]
    public async Task A_journal_that_is_away_is_asked_for_again_and_told_of_in_a_line_without_a_stack_trace()
    {
        var clock = new ManualClock();
        var log = new Lines();
        var connection = $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:{FreePort()}/a;";
        var journal = TableCallJournal.Create(new StorageSettings(connection, null, null, "calls"), clock);
        using var start = new JournalTableStart(journal, clock, log);

        await start.StartAsync(TestContext.Current.CancellationToken);
        await clock.UntilTimersAsync(1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(1));
        await clock.UntilTimersAsync(1, TestContext.Current.CancellationToken);
        await start.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "Warning The journal is away: The journal's table service could not be reached. Trying again in 1 s",
                "Warning The journal is away: The journal's table service could not be reached. Trying again in 2 s",
            ],
            log);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Lines : List<string>, ILogger<JournalTableStart>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add($"{logLevel} {formatter(state, exception)}{exception}");
    }
}
