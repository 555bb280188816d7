using System.Net;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Clients;

/// <summary>
/// A tenant's own system, which uses the gateway's API over HTTP. Where there is no answer, or one that says to come again, it asks again
/// each second.
/// </summary>
public sealed class ApiClient : IDisposable
{
    /// <summary>How often it asks before it gives up, unless it is told otherwise.</summary>
    private const int DefaultAttempts = 30;

    private readonly ApiTenant tenant;
    private readonly GatewayClient client;

    internal ApiClient(SimulationTime time, ApiTenant tenant, int attempts = DefaultAttempts)
    {
        this.tenant = tenant;
        client = new GatewayClient(time, attempts);
    }

    /// <summary>The gateway's base URL, with a slash at its end. Set it before asking.</summary>
    public Uri? Gateway
    {
        get => client.Gateway;
        set => client.Gateway = value;
    }

    /// <summary>Gets an access token; <c>null</c> where the gateway gives none.</summary>
    public async Task<string?> AuthenticateAsync() => (string?)(await PostAsync(
        GatewayRoutes.AuthToken.Template,
        new JsonObject { ["tenant_id"] = tenant.Name, ["api_key"] = tenant.Key },
        null)).Body?["access_token"];

    /// <summary>Begins a call whose caller joins with a token; under one key there is one call.</summary>
    /// <returns>The answer; <c>null</c> where the gateway refused.</returns>
    public async Task<JsonNode?> StartCallAsync(string accessToken, string key, JsonObject? metadata = null) => (await PostAsync(
        GatewayRoutes.CallStart.Template,
        new JsonObject { ["tenant_id"] = tenant.Name, ["language"] = "auto", ["metadata"] = metadata ?? [] },
        accessToken,
        key)).Body;

    /// <summary>Gets a token for somebody else who joins a call; <c>null</c> where the gateway gives none.</summary>
    public async Task<string?> TokenAsync(string accessToken, string callId, string role) =>
        (string?)(await PostAsync($"calls/{callId}/tokens", new JsonObject { ["role"] = role }, accessToken)).Body?["token"];

    /// <summary>Posts something, and gives the status and the JSON of a good answer.</summary>
    public Task<(HttpStatusCode? Status, JsonNode? Body)> PostAsync(
        string path, JsonObject body, string? accessToken, string? key = null) =>
        AskAsync(HttpMethod.Post, path, body, accessToken, key);

    /// <summary>Asks for something, and gives the status and the JSON of a good answer.</summary>
    public Task<(HttpStatusCode? Status, JsonNode? Body)> GetAsync(string path, string? accessToken) =>
        AskAsync(HttpMethod.Get, path, null, accessToken, null);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<(HttpStatusCode? Status, JsonNode? Body)> AskAsync(
        HttpMethod method, string path, JsonObject? body, string? accessToken, string? key)
    {
        var (status, text) = await client.AskAsync(
            method, path, body, [GatewayClient.Bearer(accessToken), ("Idempotency-Key", key)]);
        return (status, status is HttpStatusCode.OK or HttpStatusCode.Accepted ? JsonNode.Parse(text) : null);
    }
}
