using System.Net;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Simulator.Clients;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Operators;

/// <summary>
/// An operator who sees rooms and uses the gateway's API. Where there is no answer, or one that asks for patience, they try again for a
/// while.
/// </summary>
public sealed class OperatorDesk : IDisposable
{
    private const int Attempts = 20;

    private readonly NetworkLog log;
    private readonly GatewayClient client;

    internal OperatorDesk(SimulationTime time, NetworkLog log)
    {
        this.log = log;
        client = new GatewayClient(time, Attempts);
    }

    /// <summary>The operator's key, which is the gateway's <c>DIAGNOSTICS_KEY</c>.</summary>
    public string Key { get; set; } = "an-operators-key-of-the-simulation";

    /// <summary>The gateway's base URL, with a slash at its end; until it is set nothing is asked.</summary>
    public Uri? Gateway
    {
        get => client.Gateway;
        set => client.Gateway = value;
    }

    /// <summary>How many calls the gateway said that it had ended, or was about to.</summary>
    public int Ended { get; private set; }

    /// <summary>Ends the call that is in a room.</summary>
    /// <returns>The answer's status; <c>null</c> where there never was one.</returns>
    public async Task<HttpStatusCode?> EndAsync(string roomName, CancellationToken cancellationToken)
    {
        var (found, record) = await AskAsync(HttpMethod.Get, $"calls?room={Uri.EscapeDataString(roomName)}", cancellationToken);
        if (found != HttpStatusCode.OK || record.Length == 0 || (string?)JsonNode.Parse(record)!["callId"] is not { } callId)
        {
            log.Tell("operator", $"finds no call in {roomName}: {(int?)found}");
            return found;
        }

        log.Tell("operator", $"ends call {callId}");
        var (status, _) = await AskAsync(HttpMethod.Post, $"calls/{callId}/end", cancellationToken);
        Ended += status is HttpStatusCode.OK or HttpStatusCode.Accepted ? 1 : 0;
        log.Tell("operator", $"is told {(int?)status}");
        return status;
    }

    /// <summary>Looks at the dead letters and has each replayed.</summary>
    /// <returns>How many were taken.</returns>
    public async Task<int> ReplayDeadLettersAsync(CancellationToken cancellationToken)
    {
        var (_, page) = await AskAsync(HttpMethod.Get, GatewayRoutes.DeadLetters.Template, cancellationToken);
        var taken = 0;
        var letters = page.Length == 0 ? [] : JsonNode.Parse(page)!["deadLetters"]!.AsArray();
        foreach (var id in letters.Select(letter => (string)letter!["id"]!).ToList())
        {
            var (status, _) = await AskAsync(HttpMethod.Post, $"events/dead/{id}/replay", cancellationToken);
            log.Tell("operator", $"has a dead letter replayed: {(int?)status}");
            taken += status == HttpStatusCode.OK ? 1 : 0;
        }

        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<(HttpStatusCode? Status, string Body)> AskAsync(
        HttpMethod method, string path, CancellationToken cancellationToken) =>
        Gateway is null ? (null, "") : await client.AskAsync(method, path, null, [(DiagnosticsAccess.HeaderName, Key)], cancellationToken);
}
