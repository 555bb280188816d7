using VoiceFunctions.Core.Http.Scopes;

namespace VoiceFunctions.Core.Http;

/// <summary>One route of the gateway. A host maps every one of <see cref="GatewayRoutes.All"/> and nothing else.</summary>
/// <param name="Name">The stable name, also the name of the Azure Function.</param>
/// <param name="Method">The HTTP method that the route answers, and HEAD where that is GET; any other gets 405.</param>
/// <param name="Template">The path without the leading slash; <c>{name}</c> marks a parameter.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="MaxBodyBytes">The largest body in bytes that the route reads; a larger one gets 413.</param>
public sealed record GatewayRoute(string Name, string Method, string Template, RouteAccess Access, int MaxBodyBytes)
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    /// <summary>The path with its slash, as metrics name the route.</summary>
    public string Endpoint { get; } = $"/{Template}";

    /// <summary>Whether Twilio or LiveKit send their webhooks here.</summary>
    public bool IsWebhook => Access is RouteAccess.Twilio or RouteAccess.LiveKit;

    /// <summary>
    /// What an access token must be good for; <see cref="ApiScopes.None"/> only where the route takes none. The router does not start with
    /// a route that takes access tokens and states nothing.
    /// </summary>
    public ApiScopes Scope { get; init; }

    /// <summary>Whether an access token of the API is one of the ways in.</summary>
    public bool TakesAccessTokens => Access
        is RouteAccess.Api or RouteAccess.ApiOrKey or RouteAccess.ApiOrToken or RouteAccess.ApiOrTokenOrKey;

    /// <summary>Whether a request may record an event, so that its host needs its workflow engine at hand.</summary>
    public bool MayRecordEvents { get; init; } = Method != Reading[0];

    /// <summary>Whether a part of the path is the request's.</summary>
    public bool HasParameter => Template.Contains('{', StringComparison.Ordinal);

    /// <summary>Whether the route only shows something.</summary>
    public bool IsRead => Method == Reading[0];

    /// <summary>Every method that the route answers.</summary>
    public IReadOnlyList<string> Methods => IsRead ? Reading : [Method];

    /// <summary>Whether the route answers a method.</summary>
    public bool Answers(string method) => method == Method || (IsRead && method == Reading[1]);

    /// <summary>
    /// Whether a path as received is this route's: in any case, with or without one slash at the end, and one segment that is not empty in
    /// the place of a parameter. Nothing else is made alike: no escape is decoded and no slashes are merged. The Functions host finds the
    /// same routes, but it decodes escapes before it looks.
    /// </summary>
    public bool Matches(ReadOnlySpan<char> rawPath) => Matches(rawPath, out _);

    /// <summary>The parameter of a path as received; empty where the path is not this route's.</summary>
    public string ParameterOf(ReadOnlySpan<char> rawPath) => Matches(rawPath, out var parameter) ? parameter.ToString() : "";

    private bool Matches(ReadOnlySpan<char> rawPath, out ReadOnlySpan<char> parameter)
    {
        parameter = [];
        if (rawPath is not ['/', .. var path])
        {
            return false;
        }

        path = path is [.. var bare, '/'] ? bare : path;
        var (start, end) = (Template.IndexOf('{', StringComparison.Ordinal), Template.IndexOf('}', StringComparison.Ordinal));
        if (start < 0)
        {
            return path.Equals(Template, StringComparison.OrdinalIgnoreCase);
        }

        var before = Template.AsSpan(0, start);
        var after = Template.AsSpan(end + 1);
        if (path.Length <= before.Length + after.Length
            || !path.StartsWith(before, StringComparison.OrdinalIgnoreCase)
            || !path.EndsWith(after, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        parameter = path[before.Length..^after.Length];
        return !parameter.Contains('/');
    }
}
