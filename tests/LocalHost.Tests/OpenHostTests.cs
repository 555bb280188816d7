using System.Net;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>
/// A gateway process to which other machines get, as one in a container: what is open on one's own machine takes a key there.
/// </summary>
public sealed class OpenHostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("0.0.0.0", false)]
    public async Task Console_and_simulated_calls_are_open_on_this_machine_alone(string address, bool isOpen)
    {
        using var gateway = new GatewayProcess([new("PORT", "0"), new("LISTEN_ADDRESS", address)]);
        var greeting = await gateway.LineWithAsync("VoiceFunctions on", Stop);
        var console = await gateway.LineWithAsync("  Console ", Stop);
        await gateway.LineWithAsync("Ctrl-C stops", Stop);
        using var http = new HttpClient { BaseAddress = new Uri(greeting.Split(' ')[^1]) };
        var (name, key) = HeaderOf(gateway.Output);

        // Whoever gets here can say that they asked for localhost.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console") { Headers = { Host = "localhost" } };
        using var page = await http.SendAsync(request, Stop);
        var text = await page.Content.ReadAsStringAsync(Stop);
        using var placed = await http.PostAsync(new Uri("/simulate/caller-hangs-up-while-ringing", UriKind.Relative), null, Stop);
        http.DefaultRequestHeaders.Add(name, key);
        using var placedWithKey = await http.PostAsync(new Uri("/simulate/no-such-scenario", UriKind.Relative), null, Stop);
        var exit = await gateway.TerminateAsync(Stop);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(isOpen, text.Contains(key, StringComparison.Ordinal));
        Assert.Equal(!isOpen, console.EndsWith($"#key={key}", StringComparison.Ordinal));
        Assert.Equal(!isOpen, gateway.Output.Contains("  Network   other machines get here too, by 0.0.0.0", StringComparison.Ordinal));
        Assert.Equal(isOpen ? HttpStatusCode.Accepted : HttpStatusCode.Unauthorized, placed.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, placedWithKey.StatusCode);
        Assert.Equal(0, exit);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task A_container_engine_learns_whether_it_serves(string address)
    {
        KeyValuePair<string, string>[] settings = [new("PORT", $"{Ports.Free()}"), new("LISTEN_ADDRESS", address)];
        using var gateway = new GatewayProcess(settings);
        await gateway.LineWithAsync("Ctrl-C stops", Stop);

        using var asked = new GatewayProcess(settings, "health");
        Assert.Equal(0, await asked.ExitAsync(Stop));
        gateway.Kill();
        using var askedAgain = new GatewayProcess(settings, "health");
        Assert.Equal(1, await askedAgain.ExitAsync(Stop));

        Assert.Contains("The gateway does not answer.", askedAgain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_waits_for_its_journal_does_not_count_as_serving()
    {
        KeyValuePair<string, string>[] settings =
        [
            new("PORT", $"{Ports.Free()}"),
            new("CALLS_STORAGE_CONNECTION", AzuriteServer.ConnectionStringThrough(new Uri($"http://127.0.0.1:{Ports.Free()}"))),
            new("SIMULATE_WITH_REAL_JOURNAL", "calls"),
        ];
        using var gateway = new GatewayProcess(settings);
        await gateway.LineWithAsync("could not be reached", Stop);

        using var asked = new GatewayProcess(settings, "health");

        Assert.Equal(1, await asked.ExitAsync(Stop));
        await asked.LineWithAsync("It answers 503.", Stop);
    }

    /// <summary>The key of the run, as the gateway tells it.</summary>
    private static (string Name, string Key) HeaderOf(string told)
    {
        var header = told.Split("curl -H \"")[1].Split('"')[0].Split(": ");
        return (header[0], header[1]);
    }
}
