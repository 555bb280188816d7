using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>
/// The requests of clients that were written for another gateway of this API (<c>/auth/token</c>, <c>/call/start</c>, <c>/call/{id}</c>),
/// in Python and JavaScript, against the gateway as its users run it: <c>./run.sh</c>, with nothing set.
/// </summary>
public sealed partial class ClientExampleTests
{
    [Theory]
    [InlineData("python3", "calls.py", "ar")]
    [InlineData("node", "calls.mjs", null)]
    public async Task A_client_gets_a_token_begins_a_call_and_sees_how_it_stands(string program, string script, string? language)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        using var gateway = new GatewayProcess([new("PORT", "0")]);
        await gateway.LineWithAsync("Ctrl-C stops", patience.Token);
        var address = Address.Match(gateway.Output).Groups[1].Value;
        var tenant = Tenant.Match(gateway.Output);

        var answer = await RunAsync(
            program,
            [Repository.PathOf("tests", "LocalHost.Tests", "Clients", script), address, tenant.Groups[1].Value, tenant.Groups[2].Value],
            patience.Token);

        var (start, state) = (answer["start"]!, answer["state"]!);
        var callId = (string)start["call_id"]!;
        Assert.Equal("ready", (string?)start["status"]);
        Assert.StartsWith("ws://127.0.0.1:", (string?)start["ws_url"], StringComparison.Ordinal);
        Assert.Equal(3, ((string)start["session_token"]!).Split('.').Length);
        Assert.Equal((callId, "ready", language), ((string?)state["call_id"], (string?)state["status"], (string?)state["language"]));
        Assert.Equal(0, await gateway.TerminateAsync(patience.Token));
    }

    private static async Task<JsonNode> RunAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        JsonNode.Parse(await Programs.RunAsync(new ProcessStartInfo(program, arguments), cancellationToken))!;

    [GeneratedRegex(@"VoiceFunctions on (http://\S+)")]
    private static partial Regex Address { get; }

    [GeneratedRegex("""\{"tenant_id":"([^"]+)","api_key":"([^"]+)"\}""")]
    private static partial Regex Tenant { get; }
}
