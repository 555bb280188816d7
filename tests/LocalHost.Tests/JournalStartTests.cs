using System.Net;
using System.Net.Sockets;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>The start of a gateway whose journal refuses, or is away.</summary>
public sealed class JournalStartTests(AzuriteServer azurite)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_journal_that_refuses_ends_the_start_with_one_sentence()
    {
        var wrong = azurite.ConnectionString.Replace("Eby8", "Abc8", StringComparison.Ordinal);
        using var gateway = new GatewayProcess(Settings(wrong));

        var exit = await gateway.ExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, exit);
        Assert.Equal(
            "The journal's table service answered 403. Check CALLS_STORAGE_CONNECTION or CALLS_STORAGE_TABLE_URI, and what its key or "
                + "identity may do.",
            gateway.Output.Trim());
    }

    [Fact]
    public async Task A_journal_that_is_away_is_waited_for_and_then_served()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var port = Ports.Free();
        using var gateway = new GatewayProcess(Settings(AzuriteServer.ConnectionStringThrough(new Uri($"http://127.0.0.1:{port}"))));

        var away = await gateway.LineWithAsync("could not be reached", patience.Token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var passing = PassOnAsync(port, azurite.Url, over.Token);
        await gateway.LineWithAsync("Ctrl-C stops", patience.Token);
        var exit = await gateway.TerminateAsync(patience.Token);
        await over.CancelAsync();
        await passing;

        Assert.Contains("Nothing is served before it does; asking again every 2 s.", away, StringComparison.Ordinal);
        Assert.Equal(0, exit);
        Assert.DoesNotContain("   at ", gateway.Output, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Settings(string connection)
    {
        var table = azurite.NewTableName();
        return new()
        {
            ["PORT"] = "0",
            [SettingNames.StorageConnection] = connection,
            [SettingNames.CallsTable] = table,
            [SettingNames.SimulateWithRealJournal] = table,
        };
    }

    /// <summary>Listens, and passes each connection on, until it is told to stop.</summary>
    private static async Task PassOnAsync(int port, Uri to, CancellationToken cancellationToken)
    {
        using var from = new TcpListener(IPAddress.Loopback, port);
        from.Start();
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                passing.Add(PassAsync(await from.AcceptTcpClientAsync(cancellationToken), to, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(passing);
        }
    }

    private static async Task PassAsync(TcpClient accepted, Uri to, CancellationToken cancellationToken)
    {
        using var one = accepted;
        using var other = new TcpClient();
        await other.ConnectAsync(to.Host, to.Port, cancellationToken);
        var (here, there) = (one.GetStream(), other.GetStream());
        await Task.WhenAny(here.CopyToAsync(there, cancellationToken), there.CopyToAsync(here, cancellationToken));
    }
}
