using System.Diagnostics.CodeAnalysis;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>Where a LiveKit project is reached.</summary>
public sealed record LiveKitHost
{
    private LiveKitHost(Uri baseUri) => BaseUri = baseUri;

    /// <summary>The base of the API's addresses: http or https, ending in a slash.</summary>
    public Uri BaseUri { get; }

    /// <summary>Takes what operators have at hand: an http, https, ws or wss URL, without user, query or fragment. The web socket schemes are exchanged for their HTTP ones.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LiveKitHost? host)
    {
        host = Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) && uri is { UserInfo: "", Query: "", Fragment: "" } && HttpScheme(uri.Scheme) is { } scheme
            ? new LiveKitHost(new UriBuilder(uri) { Scheme = scheme, Port = uri.IsDefaultPort ? -1 : uri.Port, Path = uri.AbsolutePath.TrimEnd('/') + '/' }.Uri)
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
