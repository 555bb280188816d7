using System.Diagnostics.CodeAnalysis;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>The address of a LiveKit server.</summary>
public sealed record LiveKitHost
{
    private LiveKitHost(Uri baseUri) => BaseUri = baseUri;

    /// <summary>The base URL of the API: http or https, with a trailing slash.</summary>
    public Uri BaseUri { get; }

    /// <summary>Where clients of rooms connect: the same address with ws or wss, without a trailing slash.</summary>
    public string ClientUrl =>
        (BaseUri.Scheme == Uri.UriSchemeHttps ? "wss" : "ws") + BaseUri.AbsoluteUri[BaseUri.Scheme.Length..].TrimEnd('/');

    /// <summary>Accepts an http, https, ws or wss URL without user, query or fragment. ws becomes http, and wss becomes https.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LiveKitHost? host)
    {
        host = Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri)
            && uri is { UserInfo: "", Query: "", Fragment: "" }
            && HttpScheme(uri.Scheme) is { } scheme
                ? new LiveKitHost(new UriBuilder(uri)
                {
                    Scheme = scheme,
                    Port = uri.IsDefaultPort ? -1 : uri.Port,
                    Path = uri.AbsolutePath.TrimEnd('/') + '/',
                }.Uri)
                : null;
        return host is not null;
    }

    private static string? HttpScheme(string scheme) => scheme switch
    {
        "http" or "ws" => "http",
        "https" or "wss" => "https",
        _ => null,
    };
}
