namespace VoiceFunctions.Core.Settings;

/// <summary>The settings of who may call the API, beside <see cref="SettingNames.ApiKeys"/> and its secret.</summary>
public static class AccessSettingNames
{
    /// <summary>The key pair that signs access tokens.</summary>
    public const string ApiTokenPrivateKey = "API_TOKEN_PRIVATE_KEY";

    /// <summary>Further public keys whose access tokens are accepted.</summary>
    public const string ApiTokenPublicKeys = "API_TOKEN_PUBLIC_KEYS";

    /// <summary>What tenants may do.</summary>
    public const string ApiScopes = "API_SCOPES";

    /// <summary>The web pages that may call the API.</summary>
    public const string CorsAllowedOrigins = "CORS_ALLOWED_ORIGINS";

    /// <summary>The directory of Entra ID whose access tokens are taken.</summary>
    public const string EntraTenantId = "ENTRA_TENANT_ID";

    /// <summary>The application for which they must be.</summary>
    public const string EntraAudience = "ENTRA_AUDIENCE";

    /// <summary>The tenants of client applications.</summary>
    public const string EntraClients = "ENTRA_CLIENTS";

    /// <summary>Who issues them, in other clouds.</summary>
    public const string EntraAuthority = "ENTRA_AUTHORITY";

    /// <summary>The settings that name tenants, for people.</summary>
    internal static string NameTenants { get; } =
        string.Join(", ", SettingNames.ApiKeys, EntraClients, ApiScopes, SettingNames.TenantLimits);

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(
            ApiTokenPrivateKey,
            SettingNeed.Optional,
            null,
            "An RSA private key in PEM, 2048 bits or more; `\\n` may stand for a line break. With it, access tokens are signed with "
                + "RS256, and `GET /.well-known/jwks.json` shows the public key. Tokens that `API_TOKEN_SECRET` signed are accepted as "
                + "long as that is set.")
        {
            IsSecret = true,
            IsProse = true,
        },
        new(
            ApiTokenPublicKeys,
            SettingNeed.Optional,
            null,
            "Further RSA public keys in PEM whose access tokens are accepted, during a change of the private key.")
        {
            IsProse = true,
        },
        new(
            ApiScopes,
            SettingNeed.Optional,
            "`calls handoff ingest` for every tenant",
            "The scopes that each tenant's access tokens may have, as JSON: `{\"tenant\": \"calls handoff\", \"other\": \"calls handoff "
                + "ingest admin\"}`.")
        {
            IsProse = true,
        },
        new(
            CorsAllowedOrigins,
            SettingNeed.Optional,
            "none",
            "The origins of web pages that may call the API from a browser, such as `https://app.example.com`, separated by commas; `*` "
                + "for all. Cookies are never used."),
        new(
            EntraTenantId,
            SettingNeed.Optional,
            null,
            "The Entra ID directory (a GUID) whose access tokens the API accepts too. Set it together with `ENTRA_AUDIENCE` and "
                + "`ENTRA_CLIENTS`. Only the Functions app uses it."),
        new(EntraAudience, SettingNeed.Optional, null, "The application for which such tokens must be issued, such as `api://voice`."),
        new(
            EntraClients,
            SettingNeed.Optional,
            null,
            "The tenant of each client application, as JSON: `{\"application id\": \"tenant\"}`. Its app roles `calls`, `handoff`, "
                + "`ingest` and `admin` are its scopes.")
        {
            IsProse = true,
        },
        new(EntraAuthority, SettingNeed.Optional, "https://login.microsoftonline.com", "The issuer of such tokens in another cloud."),
    ];
}
