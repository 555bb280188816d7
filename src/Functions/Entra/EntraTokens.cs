using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Functions.Entra;

/// <summary>
/// Access tokens of Entra ID, of one directory and for one application. The client application decides the tenant, its app roles the
/// scopes. The keys come from the directory's metadata, are kept, and are fetched again when a token names one that is not among them,
/// every five minutes at most.
/// </summary>
internal sealed class EntraTokens : IForeignTokens
{
    private const string TokenIssuerOfVersion1 = "https://sts.windows.net/";
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);

    private readonly EntraSettings settings;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> keys;
    private readonly TokenValidationParameters parameters;
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <param name="settings">Whose tokens are taken.</param>
    /// <param name="http">Fetches the keys.</param>
    /// <param name="timeProvider">Tells when tokens begin and end.</param>
    public EntraTokens(EntraSettings settings, HttpClient http, TimeProvider timeProvider)
    {
        this.settings = settings;
        var issuer = $"{settings.Authority}/{settings.TenantId}/v2.0";
        keys = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{issuer}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = issuer.StartsWith("https:", StringComparison.Ordinal) });
        parameters = new TokenValidationParameters
        {
            ConfigurationManager = keys,
            ValidIssuers = [issuer, $"{TokenIssuerOfVersion1}{settings.TenantId}/"],
            ValidAudience = settings.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (begins, ends, _, _) => timeProvider.GetUtcNow().UtcDateTime is var now
                && ends > now
                && (begins is null || begins <= now + Leeway),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<ApiCaller?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (!SaysItIsOurs(token))
        {
            return null;
        }

        try
        {
            await keys.GetConfigurationAsync(cancellationToken);
        }
        catch (InvalidOperationException away)
        {
            throw new IOException("The directory's keys could not be fetched.", away);
        }

        var validated = await handler.ValidateTokenAsync(token, parameters);
        return validated.IsValid && validated.SecurityToken is JsonWebToken read && TenantOf(read) is { } tenant
            ? new ApiCaller(tenant, ScopesOf(read))
            : null;
    }

    /// <summary>Whether a token claims the issuer, so that no other one makes this process ask for keys.</summary>
    private bool SaysItIsOurs(string token)
    {
        try
        {
            return parameters.ValidIssuers.Contains(new JsonWebToken(token).Issuer);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private string? TenantOf(JsonWebToken token) =>
        (token.TryGetPayloadValue<string>("azp", out var client) || token.TryGetPayloadValue("appid", out client)) && client is not null
            ? settings.Clients.GetValueOrDefault(client.ToLowerInvariant())
            : null;

    /// <summary>The app roles that are scopes; no other role counts.</summary>
    private static ApiScopes ScopesOf(JsonWebToken token) => token.Claims
        .Where(claim => claim.Type == "roles")
        .Aggregate(ApiScopes.None, (scopes, role) => scopes | ApiScopeWords.Of(role.Value));
}
