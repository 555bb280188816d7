namespace VoiceFunctions.Core.Http;

/// <summary>
/// Which web pages may call the API from a browser: those of the origins in the settings. Cookies are never let in: a page sends its access
/// token itself, so that even a wildcard gives a page nothing that it does not have. Webhooks and agents' routes are no page's.
/// </summary>
/// <param name="origins">The origins, as browsers write them; <c>*</c> for every one.</param>
public sealed class CorsPolicy(IReadOnlySet<string> origins)
{
    /// <summary>The origin that stands for every one.</summary>
    public const string Any = "*";

    private const string Allowed = $"Authorization, Content-Type, Idempotency-Key, {DiagnosticsAccess.HeaderName}";

    private static readonly KeyValuePair<string, string> Varies = new("Vary", "Origin");

    /// <summary>No page may.</summary>
    public static CorsPolicy Closed { get; } = new(new HashSet<string>());

    /// <summary>
    /// The answer to a browser that asks whether a page may; <c>null</c> where the page may not, and for all other requests.
    /// </summary>
    /// <param name="route">The route, or any other of its path.</param>
    /// <param name="request">The request.</param>
    public GatewayResponse? Preflight(GatewayRoute route, GatewayRequest request) =>
        request.Method == "OPTIONS"
        && request.Header("Access-Control-Request-Method") is not null
        && AllowedOrigin(route, request) is { } origin
            ? GatewayResponse.Ok with
            {
                Headers =
                [
                    new("Access-Control-Allow-Origin", origin),
                    new("Access-Control-Allow-Methods", string.Join(", ", GatewayRoutes.MethodsOf(route))),
                    new("Access-Control-Allow-Headers", Allowed),
                    new("Access-Control-Max-Age", "600"),
                    Varies,
                ],
            }
            : null;

    /// <summary>An answer with what lets the page read it, where it may.</summary>
    public GatewayResponse Dress(GatewayResponse response, GatewayRoute route, GatewayRequest request) =>
        AllowedOrigin(route, request) is { } origin
            ? response with
            {
                Headers =
                [
                    .. response.Headers,
                    new("Access-Control-Allow-Origin", origin),
                    new("Access-Control-Expose-Headers", "Location, Retry-After"),
                    Varies,
                ],
            }
            : response;

    /// <summary>What the page is told: its own origin, or the wildcard.</summary>
    private string? AllowedOrigin(GatewayRoute route, GatewayRequest request) =>
        (route.TakesAccessTokens || route.Access is RouteAccess.Open or RouteAccess.Keyed) && request.Header("Origin") is { } origin
            ? origins.Contains(Any) ? Any : origins.Contains(origin) ? origin : null
            : null;
}
