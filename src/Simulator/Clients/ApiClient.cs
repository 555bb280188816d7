using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Clients;

/// <summary>
/// A tenant's own system, which uses the gateway's API over HTTP. Where there is no answer, or one that says to come again, it asks again
/// for half a minute.
/// </summary>
public sealed class ApiClient : IDisposable
{
    private const int Attempts = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SimulationTime time;
    private readonly ApiTenant tenant;
    private readonly HttpMessageInvoker http;

    internal ApiClient(SimulationTime time, ApiTenant tenant)
    {
        (this.time, this.tenant) = (time, tenant);
        http = time.CreateClient();
    }

    /// <summary>The gateway's base URL. Set it before asking.</summary>
    public Uri? Gateway { get; set; }

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
    public async Task<(HttpStatusCode? Status, JsonNode? Body)> PostAsync(
        string path, JsonObject body, string? accessToken, string? key = null)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (status, text) = await PostOnceAsync(path, body, accessToken, key);
            if (status is < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
            {
                return (status, status == HttpStatusCode.OK ? JsonNode.Parse(text) : null);
            }

            await time.Delay(Pause, CancellationToken.None);
        }

        return (null, null);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode? Status, string Text)> PostOnceAsync(string path, JsonObject body, string? accessToken, string? key)
    {
        var gateway = Gateway ?? throw new InvalidOperationException("Set Gateway before asking it.");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, path))
        {
            Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = accessToken is null ? null : new AuthenticationHeaderValue("Bearer", accessToken);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        try
        {
            using var response = await http.SendAsync(request, CancellationToken.None);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(CancellationToken.None));
        }
        catch (HttpRequestException)
        {
            return (null, "");
        }
    }
}
