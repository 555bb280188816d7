using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Clients;

/// <summary>
/// Uses the gateway's API over HTTP. Where there is no answer, or one that says to come again, it asks again each second: whatever begins
/// a call has a key, so it begins one.
/// </summary>
/// <param name="time">The simulation's time.</param>
/// <param name="attempts">How often it asks before it gives up.</param>
internal sealed class GatewayClient(SimulationTime time, int attempts) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker http = time.CreateClient();

    /// <summary>The gateway's base URL, with a slash at its end. Set it before asking.</summary>
    public Uri? Gateway { get; set; }

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path and query, without a slash at its start.</param>
    /// <param name="body">The body; <c>null</c> for none.</param>
    /// <param name="headers">The headers, with the credential; those without a value are left out.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>The answer's status and body; no status where there never was one.</returns>
    public async Task<(HttpStatusCode? Status, string Body)> AskAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        IReadOnlyList<(string Name, string? Value)> headers,
        CancellationToken cancellationToken = default)
    {
        var url = new Uri(Gateway ?? throw new InvalidOperationException("Set Gateway before asking it."), path);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            if (await AskOnceAsync(method, url, body, headers, cancellationToken) is { } answer)
            {
                return answer;
            }

            await time.Delay(Pause, cancellationToken);
        }

        return (null, "");
    }

    /// <summary>The header of an access token.</summary>
    public static (string Name, string? Value) Bearer(string? token) => ("Authorization", token is null ? null : $"Bearer {token}");

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode? Status, string Body)?> AskOnceAsync(
        HttpMethod method,
        Uri url,
        JsonObject? body,
        IReadOnlyList<(string Name, string? Value)> headers,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Json);
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.Add(name, value);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests
                ? null
                : (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return null;
        }
    }
}
