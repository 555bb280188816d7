using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Core.Settings;

/// <summary>Reads who may call the API. The errors name the settings, never their values.</summary>
/// <param name="read">Returns a setting's value; <c>null</c> where it is not set, or was named as wrong already.</param>
/// <param name="errors">Receives the errors.</param>
internal sealed class AccessSettingsReader(Func<string, string?> read, List<string> errors)
{
    /// <summary>The tenants' keys; <c>null</c> where none are set.</summary>
    /// <param name="shortest">How many characters a key has at least.</param>
    public ApiKeys? Keys(int shortest)
    {
        if (read(SettingNames.ApiKeys) is not { } json)
        {
            return null;
        }

        if (read(SettingNames.ApiTokenSecret) is null && read(AccessSettingNames.ApiTokenPrivateKey) is null)
        {
            errors.Add(
                $"{SettingNames.ApiKeys} and {SettingNames.ApiTokenSecret} or {AccessSettingNames.ApiTokenPrivateKey} must be set "
                    + "together: something must sign the access tokens");
        }

        return ApiKeysJson.Read(json, shortest, errors);
    }

    /// <summary>What signs access tokens; <c>null</c> where nothing does.</summary>
    public ApiTokenKeys? TokenKeys()
    {
        var secret = read(SettingNames.ApiTokenSecret);
        if (secret?.Length < ApiTokenKeys.LeastSecret)
        {
            errors.Add($"{SettingNames.ApiTokenSecret} must have at least {ApiTokenKeys.LeastSecret} characters");
        }

        var pair = read(AccessSettingNames.ApiTokenPrivateKey) is { } pem ? ApiTokenKeys.ReadPem(pem, isPrivate: true) : [];
        if (pair is not { Count: <= 1 })
        {
            errors.Add(
                $"{AccessSettingNames.ApiTokenPrivateKey} must be one RSA private key in PEM, without a password, of at least "
                    + $"{ApiTokenKeys.LeastBits} bits");
        }

        var others = read(AccessSettingNames.ApiTokenPublicKeys) is { } pems ? ApiTokenKeys.ReadPem(pems, isPrivate: false) : [];
        if (others is null)
        {
            errors.Add(
                $"{AccessSettingNames.ApiTokenPublicKeys} must be RSA public keys in PEM, each of at least {ApiTokenKeys.LeastBits} bits");
        }
        else if (others.Count > 0 && pair is { Count: 0 })
        {
            errors.Add($"{AccessSettingNames.ApiTokenPublicKeys} must be set together with {AccessSettingNames.ApiTokenPrivateKey}");
        }

        return errors.Count > 0 || (secret is null && pair!.Count == 0)
            ? null
            : new ApiTokenKeys(secret, pair!.Count > 0 ? pair[0] : null, others);
    }

    /// <summary>The web pages that may call the API.</summary>
    public CorsPolicy Cors()
    {
        var origins = (read(AccessSettingNames.CorsAllowedOrigins) ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(origin => origin == CorsPolicy.Any ? origin : OriginOf(origin))
            .ToHashSet();
        if (origins.Contains(null) || (origins.Contains(CorsPolicy.Any) && origins.Count > 1))
        {
            errors.Add(
                $"{AccessSettingNames.CorsAllowedOrigins} must be origins such as https://app.example.com, separated by commas, or *");
        }

        return new CorsPolicy(origins.OfType<string>().ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What each tenant may do.</summary>
    public TenantScopes Scopes()
    {
        if (read(AccessSettingNames.ApiScopes) is not { } json)
        {
            return TenantScopes.Defaults;
        }

        var scopes = new Dictionary<string, ApiScopes>(StringComparer.Ordinal);
        foreach (var (tenant, text) in Texts(AccessSettingNames.ApiScopes, json))
        {
            if (TenantName.IsOne(tenant) && ApiScopeWords.Parse(text ?? "") is { } some)
            {
                scopes[tenant] = some;
            }
            else
            {
                errors.Add(
                    $"{AccessSettingNames.ApiScopes} must give each tenant some of {ApiScopeWords.All}, separated by blanks");
            }
        }

        return new TenantScopes(scopes);
    }

    /// <summary>Whose tokens of Entra ID are taken; <c>null</c> for nobody's.</summary>
    public EntraSettings? Entra()
    {
        string[] together = [AccessSettingNames.EntraTenantId, AccessSettingNames.EntraAudience, AccessSettingNames.EntraClients];
        var values = together.Select(read).OfType<string>().ToList();
        if (values.Count is not (0 or 3))
        {
            errors.Add($"{string.Join(", ", together)} must be set together");
        }

        var authority = read(AccessSettingNames.EntraAuthority) ?? "https://login.microsoftonline.com";
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var uri)
            || !(uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback))
            || uri is not { UserInfo: "", PathAndQuery: "/", Fragment: "" })
        {
            errors.Add($"{AccessSettingNames.EntraAuthority} must be an https URL without a path");
        }

        if (values is not [var directory, var audience, var json])
        {
            return null;
        }

        if (!Guid.TryParseExact(directory, "D", out _))
        {
            errors.Add($"{AccessSettingNames.EntraTenantId} must be the directory's id, a GUID");
        }

        var clients = Texts(AccessSettingNames.EntraClients, json);
        if (clients.Any(one => !Guid.TryParseExact(one.Key, "D", out _) || !TenantName.IsOne(one.Value ?? "")))
        {
            errors.Add($"{AccessSettingNames.EntraClients} must give the tenant of each application's id, a GUID");
        }

        return new EntraSettings(
            authority.TrimEnd('/'),
            directory.ToLowerInvariant(),
            audience,
            clients.DistinctBy(one => one.Key.ToLowerInvariant()).ToDictionary(one => one.Key.ToLowerInvariant(), one => one.Value!));
    }

    private Dictionary<string, string?> Texts(string name, string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AccessJson.Default.DictionaryStringString) ?? [];
        }
        catch (JsonException unreadable)
        {
            errors.Add($"{name} is not readable at {unreadable.Path ?? "$"}, line {unreadable.LineNumber + 1}");
            return [];
        }
    }

    /// <summary>An origin as browsers write it; <c>null</c> where it is none.</summary>
    private static string? OriginOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "http" or "https", UserInfo: "", PathAndQuery: "/", Fragment: "" }
        && !uri.Host.Contains('*', StringComparison.Ordinal)
            ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : null;
}

[JsonSourceGenerationOptions(AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Dictionary<string, string?>), TypeInfoPropertyName = "DictionaryStringString")]
internal sealed partial class AccessJson : JsonSerializerContext;
