using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Access;

/// <summary>Gives a tenant that shows its API key an access token, for all its scopes or those that it asks for.</summary>
/// <param name="keys">The keys of the settings; <c>null</c> where there are none.</param>
/// <param name="stored">Checks the stored keys.</param>
/// <param name="tokens">Issues the tokens; <c>null</c> where nothing signs them.</param>
/// <param name="scopes">What each tenant may do.</param>
public sealed class AuthTokenHandler(ApiKeys? keys, ApiKeyVerifier stored, ApiTokens? tokens, TenantScopes scopes) : IGatewayHandler
{
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

        var verdict = keys?.Opens(tenant, key) == true ? ApiKeyVerdict.Right : await CheckAsync(tenant, key, cancellationToken);
        return verdict switch
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
}

internal sealed record AuthTokenRequest(string? TenantId, string? ApiKey, string? Scope);

internal sealed record AuthTokenAnswer(string AccessToken, string TokenType, int ExpiresIn, string Scope);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuthTokenRequest))]
[JsonSerializable(typeof(AuthTokenAnswer))]
internal sealed partial class AuthTokenJson : JsonSerializerContext;
