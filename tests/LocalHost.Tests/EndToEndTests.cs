using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace VoiceFunctions.LocalHost;

/// <summary>The program that plays calls through a gateway process.</summary>
public sealed class EndToEndTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Player = Path.Combine(AppContext.BaseDirectory, "VoiceFunctions.EndToEnd.dll");
    private static readonly string Gateway = Path.Combine(AppContext.BaseDirectory, "VoiceFunctions.LocalHost.dll");

    [Fact]
    public async Task When_it_is_told_to_stop_it_ends_its_gateway_and_plays_nothing_further()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var port = FreePort();
        var start = Command($"http://127.0.0.1:{port}", "busy-network,caller-hangs-up-while-ringing", "dotnet", Gateway);
        start.Environment["PORT"] = $"{port}";
        using var player = Process.Start(start)!;
        try
        {
            var told = "";
            while (!told.Contains("dials", StringComparison.Ordinal))
            {
                told += await player.StandardOutput.ReadLineAsync(patience.Token) + "\n";
            }

            using var kill = Process.Start("kill", ["-TERM", $"{player.Id}"]);
            // The gateway writes into the same pipe, so this also waits for its end.
            told += await player.StandardOutput.ReadToEndAsync(patience.Token);
            await player.WaitForExitAsync(patience.Token);

            Assert.Equal(143, player.ExitCode);
            Assert.Contains("edges: What every host answers alike.\n", told, StringComparison.Ordinal);
            Assert.DoesNotContain("caller-hangs-up-while-ringing", told, StringComparison.Ordinal);
            Assert.Contains("stopped\n", told, StringComparison.Ordinal);
        }
        finally
        {
            player.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("answered,no-such-plot", "'no-such-plot' is none of the scenarios answered, ", 2)]
    [InlineData("answered", "The gateway ended with 2.", 1)]
    public async Task What_it_cannot_play_is_said_in_a_line(string scenarios, string said, int status)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var player = Process.Start(Command($"http://127.0.0.1:{FreePort()}", scenarios, "dotnet", Gateway, "dial"))!;

        var told = await player.StandardError.ReadToEndAsync(patience.Token);
        await player.WaitForExitAsync(patience.Token);

        Assert.Equal(status, player.ExitCode);
        Assert.Contains(said, told, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", told, StringComparison.Ordinal);
    }

    private static ProcessStartInfo Command(params IEnumerable<string> arguments) => new("dotnet", [Player, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
