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

/// <summary>Somebody who asks the gateway for calls, over its API.</summary>
public sealed class Tenant : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly SimulationTime time;
    private readonly SimulatedLiveKit liveKit;
    private readonly NetworkLog log;
    private readonly ApiTenant tenant;
    private readonly GatewayClient client;
    private int calls;

    internal Tenant(SimulationTime time, SimulatedLiveKit liveKit, ApiTenant tenant, NetworkLog log)
    {
        (this.time, this.liveKit, this.tenant, this.log) = (time, liveKit, tenant, log);
        client = new GatewayClient(time, int.MaxValue);
    }

    /// <summary>The gateway's base URL, with a slash at its end.</summary>
    public Uri? Gateway
    {
        get => client.Gateway;
        set => client.Gateway = value;
    }

    /// <summary>
    /// Asks for a call to a phone, waits until it is over, and tells what whoever is at the phone lived through: the last time that it
    /// rang, where it was called more than once.
    /// </summary>
    /// <param name="request">The body of the request.</param>
    /// <param name="patience">How long it is waited for.</param>
    public async Task<CallerExperience> CallAsync(JsonObject request, TimeSpan patience)
    {
        var token = (string)(await SendAsync(
            HttpMethod.Post,
            GatewayRoutes.AuthToken.Template,
            new JsonObject { ["tenant_id"] = tenant.Name, ["api_key"] = tenant.Key },
            null))["access_token"]!;
        request["idempotencyKey"] ??= $"{time.Clock.GetUtcNow():O} {++calls}";
        var begun = await SendAsync(HttpMethod.Post, GatewayRoutes.CreateCall.Template, request, token);
        var callId = (string)begun["callId"]!;
        log.Tell("tenant", $"asks for a call to {request["to"]}");
        var giveUpAt = time.Clock.GetUtcNow() + patience;
        while (time.Clock.GetUtcNow() < giveUpAt)
        {
            var record = await SendAsync(HttpMethod.Get, $"calls/{callId}", null, token);
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

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonObject? body, string? token)
    {
        var (status, answer) = await client.AskAsync(method, path, body, [GatewayClient.Bearer(token)]);
        return status is HttpStatusCode.OK or HttpStatusCode.Accepted
            ? JsonNode.Parse(answer)!
            : throw new JsonException($"{method} {path} was answered with {(int?)status}: {answer}");
    }
}
