using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Simulator.Clients;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Tenants;

/// <summary>Somebody who asks the gateway for calls, and looks at what came of them, over its API.</summary>
public sealed class Tenant : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly SimulationTime time;
    private readonly SimulatedLiveKit liveKit;
    private readonly NetworkLog log;
    private readonly ApiClient api;
    private readonly List<string> complaints = [];
    private int calls;

    /// <param name="time">The network's time.</param>
    /// <param name="liveKit">Where whoever is called is in a room.</param>
    /// <param name="tenant">Who it is.</param>
    /// <param name="log">Is told what happens.</param>
    internal Tenant(SimulationTime time, SimulatedLiveKit liveKit, ApiTenant tenant, NetworkLog log)
    {
        (this.time, this.liveKit, this.log) = (time, liveKit, log);
        api = new ApiClient(time, tenant, int.MaxValue);
    }

    /// <summary>The gateway's base URL, with a slash at its end.</summary>
    public Uri? Gateway
    {
        get => api.Gateway;
        set => api.Gateway = value;
    }

    /// <summary>What it found wrong when it looked.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>
    /// Asks for a call to a phone, waits until it is over, and tells what whoever is at the phone lived through: the last time that it
    /// rang, where it was called more than once.
    /// </summary>
    /// <param name="request">The body of the request.</param>
    /// <param name="patience">How long it is waited for.</param>
    public async Task<CallerExperience> CallAsync(JsonObject request, TimeSpan patience)
    {
        var token = await api.AuthenticateAsync();
        request["idempotencyKey"] ??= $"{time.Clock.GetUtcNow():O} {++calls}";
        var begun = await PostAsync(GatewayRoutes.CreateCall.Template, request, token);
        var callId = (string)begun["callId"]!;
        log.Tell("tenant", $"asks for a call to {request["to"]}");
        var giveUpAt = time.Clock.GetUtcNow() + patience;
        while (time.Clock.GetUtcNow() < giveUpAt)
        {
            var record = await GetAsync($"calls/{callId}", token);
            if ((string)record["status"]! is "ended" or "failed")
            {
                log.Tell("tenant", $"sees that the call is over: {record["endCause"]}");
                break;
            }

            await time.Delay(Look, CancellationToken.None);
        }

        return liveKit.Callees.LastOrDefault(phone => phone.RoomName == (string)begun["room"]!)?.Experience()
            ?? new CallerExperience([], CallEnd.Refused);
    }

    /// <summary>Sends a document that questions are answered from.</summary>
    public async Task TeachAsync(string source, string text)
    {
        var kept = await PostAsync(
            GatewayRoutes.Ingest.Template,
            new JsonObject { ["source"] = source, ["text"] = text },
            await api.AuthenticateAsync());
        log.Tell("tenant", $"sends the document {source}, which is {kept["status"]}");
    }

    /// <summary>
    /// Looks at its calls since a moment: there must be so many, all over, each with a record and a bill.
    /// </summary>
    /// <param name="since">Since when.</param>
    /// <param name="expected">How many.</param>
    /// <param name="mustAgree">
    /// Whether Twilio, LiveKit and the gateway must agree on each bill: where webhooks get lost, one of them has not told its part.
    /// </param>
    public async Task LookAtAsync(DateTimeOffset since, int expected, bool mustAgree)
    {
        var token = await api.AuthenticateAsync();
        var list = (await GetAsync($"calls?limit=100&from={since.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", token))["calls"]!.AsArray();
        var sum = 0L;
        if (list.Count != expected)
        {
            complaints.Add($"the list has {list.Count} calls, not {expected}");
        }

        foreach (var callId in list.Select(call => (string)call!["callId"]!))
        {
            var record = await GetAsync($"calls/{callId}", token);
            log.Tell("tenant", $"reads of call {callId}: {record["status"]}, {record["endCause"]}");
            if (record["endedAt"] is null)
            {
                complaints.Add($"the record of call {callId} has no end");
            }

            var cost = await GetAsync($"calls/{callId}/cost", token);
            sum += (long)cost["microDollars"]!;
            complaints.AddRange(cost["disagreements"]!.AsArray()
                .Where(_ => mustAgree)
                .Select(disagreement => $"call {callId}: {disagreement!["text"]}"));
        }

        log.Tell("tenant", string.Create(CultureInfo.InvariantCulture, $"pays {sum / 1e6:0.00} dollars for {list.Count} calls"));
    }

    /// <inheritdoc/>
    public void Dispose() => api.Dispose();

    internal void Reset() => complaints.Clear();

    private async Task<JsonNode> PostAsync(string path, JsonObject body, string? token) =>
        Answer(path, await api.PostAsync(path, body, token));

    private async Task<JsonNode> GetAsync(string path, string? token) => Answer(path, await api.GetAsync(path, token));

    private static JsonNode Answer(string path, (HttpStatusCode? Status, JsonNode? Body) answer) =>
        answer.Body ?? throw new JsonException($"{path} was answered with {(int?)answer.Status}.");
}
