using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Core.Access;

/// <summary>Gives a tenant that shows its API key an access token.</summary>
/// <param name="keys">The tenants' keys; <c>null</c> where there are none.</param>
/// <param name="tokens">Issues the tokens; <c>null</c> where there are no keys.</param>
/// <param name="limiter">Counts the requests by the tenant that they name; <c>null</c> where none has a limit.</param>
public sealed class AuthTokenHandler(ApiKeys? keys, ApiTokens? tokens, RequestLimiter? limiter = null) : IGatewayHandler
{
    /// <summary>How many counts there are for names that are no tenant's.</summary>
    private const int UnknownCounts = 64;

    /// <summary>Asking for tokens is counted apart: whoever guesses keys uses up none of a tenant's requests.</summary>
    private const string Purpose = "token";

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AuthToken;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (keys is null || tokens is null)
        {
            return Problem.ApiClosed;
        }

        if (JsonRequest.Read(request.Body, AuthTokenJson.Default.AuthTokenRequest, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        if (asked is not { TenantId: { Length: > 0 } tenant, ApiKey: { Length: > 0 } key })
        {
            return Problem.BadParameter("tenant_id and api_key are needed.");
        }

        var count = limiter is null ? null : await limiter.TakeAsync(CountedAs(tenant), Purpose);
        if (count is { IsAllowed: false })
        {
            return Problem.TooManyRequests.Counted(count) with { RetryAfterSeconds = count.ResetSeconds };
        }

        var answer = keys.Opens(tenant, key)
            ? GatewayResponse.Json(
                200,
                new AuthTokenAnswer(tokens.Issue(tenant), "Bearer", (int)ApiTokens.Lifetime.TotalSeconds),
                AuthTokenJson.Default.AuthTokenAnswer)
            : Problem.BadApiKey;
        return answer.Counted(count);
    }

    /// <summary>A tenant is counted by itself. Names that are nobody's share a few counts: anybody can make up names.</summary>
    private string CountedAs(string tenant) => keys!.Tenants.Contains(tenant)
        ? tenant
        : $"?{SHA256.HashData(Encoding.UTF8.GetBytes(tenant))[0] % UnknownCounts}";
}

internal sealed record AuthTokenRequest(string? TenantId, string? ApiKey);

internal sealed record AuthTokenAnswer(string AccessToken, string TokenType, int ExpiresIn);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuthTokenRequest))]
[JsonSerializable(typeof(AuthTokenAnswer))]
internal sealed partial class AuthTokenJson : JsonSerializerContext;
