using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Core.Access;

/// <summary>Gives a tenant that shows its API key an access token, for all its scopes or those that it asks for.</summary>
/// <param name="keys">The keys of the settings; <c>null</c> where there are none.</param>
/// <param name="stored">Checks the stored keys.</param>
/// <param name="tokens">Issues the tokens; <c>null</c> where nothing signs them.</param>
/// <param name="scopes">What each tenant may do.</param>
/// <param name="limiter">Counts the requests by the tenant that they name; <c>null</c> where none has a limit.</param>
public sealed class AuthTokenHandler(
    ApiKeys? keys, ApiKeyVerifier stored, ApiTokens? tokens, TenantScopes scopes, RequestLimiter? limiter = null) : IGatewayHandler
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
        if (tokens is null)
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

        var wanted = asked.Scope is { Length: > 0 } text ? ApiScopeWords.Parse(text) : scopes.Of(tenant);
        if (wanted is not { } needed)
        {
            return Problem.BadParameter($"scope must be some of {ApiScopeWords.All}, with blanks between them.");
        }

        var count = limiter is null ? null : await limiter.TakeAsync(CountedAs(tenant), Purpose);
        if (count is { IsAllowed: false })
        {
            return Problem.TooManyRequests.Counted(count) with { RetryAfterSeconds = count.ResetSeconds };
        }

        var verdict = keys?.Opens(tenant, key) == true ? ApiKeyVerdict.Right : await CheckAsync(tenant, key, cancellationToken);
        var answer = verdict switch
        {
            ApiKeyVerdict.Right when scopes.Of(tenant).HasFlag(needed) => GatewayResponse.Json(
                200,
                new AuthTokenAnswer(
                    tokens.Issue(tenant, needed), "Bearer", (int)ApiTokens.Lifetime.TotalSeconds, ApiScopeWords.TextOf(needed)),
                AuthTokenJson.Default.AuthTokenAnswer),
            ApiKeyVerdict.Right => Problem.MissingScope(needed & ~scopes.Of(tenant)),
            ApiKeyVerdict.Wrong => Problem.BadApiKey,
            ApiKeyVerdict.Busy => Problem.KeysBusy,
            _ => Problem.KeysUnavailable,
        };
        return answer.Counted(count);
    }

    /// <summary>Whether a stored key is the tenant's; <c>null</c> where the store does not say.</summary>
    private async ValueTask<ApiKeyVerdict?> CheckAsync(string tenant, string key, CancellationToken cancellationToken)
    {
        try
        {
            return await stored.CheckAsync(tenant, key, cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }

    /// <summary>A tenant is counted by itself. Names that are nobody's share a few counts: anybody can make up names.</summary>
    private string CountedAs(string tenant) => keys?.Tenants.Contains(tenant) == true
        ? tenant
        : $"?{SHA256.HashData(Encoding.UTF8.GetBytes(tenant))[0] % UnknownCounts}";
}

internal sealed record AuthTokenRequest(string? TenantId, string? ApiKey, string? Scope);

internal sealed record AuthTokenAnswer(string AccessToken, string TokenType, int ExpiresIn, string Scope);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuthTokenRequest))]
[JsonSerializable(typeof(AuthTokenAnswer))]
internal sealed partial class AuthTokenJson : JsonSerializerContext;
