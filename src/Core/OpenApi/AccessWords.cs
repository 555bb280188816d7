using System.Diagnostics;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>What each kind of access asks for, and what it answers to whoever does not bring it.</summary>
internal static class AccessWords
{
    private const string Key = "operatorKey";
    private const string Api = "accessToken";
    private const string LiveKitToken = "liveKitToken";
    private const string Twilio = "twilioSignature";
    private const string LiveKit = "liveKitSignature";

    public static JsonObject Schemes() => new()
    {
        [Key] = Header(DiagnosticsAccess.HeaderName, "The operator's key, DIAGNOSTICS_KEY."),
        [Api] = Bearer("An access token of POST /auth/token."),
        [LiveKitToken] = Bearer("An agent's own LiveKit access token, valid for the call's room."),
        [Twilio] = Header("X-Twilio-Signature", "Twilio's signature over the URL and the form."),
        [LiveKit] = Header("Authorization", "A JWT of LiveKit's server with the hash of the body."),
    };

    /// <summary>Each element is one way in. OpenAPI 3.1 lets a bearer token's roles stand where OAuth's scopes do.</summary>
    public static JsonArray SecurityOf(GatewayRoute route) => new([.. NamesOf(route.Access).Select(name => new JsonObject
    {
        [name] = name == Api ? new JsonArray([.. ApiScopeWords.WordsOf(route.Scope).Select(word => JsonValue.Create(word))]) : [],
    })]);

    public static IReadOnlyList<GatewayResponse> ProblemsOf(GatewayRoute route) =>
        route.TakesAccessTokens
            ? [.. ProblemsOf(route.Access), Problem.MissingScope(route.Scope), Problem.IssuerUnavailable]
            : ProblemsOf(route.Access);

    public static IReadOnlyList<GatewayResponse> ProblemsOf(RouteAccess access) => access switch
    {
        RouteAccess.Open => [],
        RouteAccess.Twilio or RouteAccess.LiveKit => [Problem.BadSignature],
        RouteAccess.Token => [Problem.BadToken],
        RouteAccess.ApiOrToken => [Problem.BadToken, Problem.TooManyRequests],
        RouteAccess.ApiOrTokenOrKey => [Problem.BadToken, Problem.BadKey, Problem.DiagnosticsClosed, Problem.TooManyRequests],
        RouteAccess.Keyed => [Problem.BadKey, Problem.DiagnosticsClosed],
        RouteAccess.ApiOrKey or RouteAccess.Metrics => [Problem.BadKey, Problem.DiagnosticsClosed, Problem.TooManyRequests],
        RouteAccess.Api => [Problem.BadAccessToken, Problem.ApiClosed, Problem.TooManyRequests],
        _ => throw new UnreachableException(),
    };

    private static string[] NamesOf(RouteAccess access) => access switch
    {
        RouteAccess.Open => [],
        RouteAccess.Twilio => [Twilio],
        RouteAccess.LiveKit => [LiveKit],
        RouteAccess.Token => [LiveKitToken],
        RouteAccess.Keyed or RouteAccess.Metrics => [Key],
        RouteAccess.Api => [Api],
        RouteAccess.ApiOrKey => [Api, Key],
        RouteAccess.ApiOrToken => [Api, LiveKitToken],
        RouteAccess.ApiOrTokenOrKey => [Api, LiveKitToken, Key],
        _ => throw new UnreachableException(),
    };

    private static JsonObject Header(string name, string meaning) =>
        new() { ["type"] = "apiKey", ["in"] = "header", ["name"] = name, ["description"] = meaning };

    private static JsonObject Bearer(string meaning) =>
        new() { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = meaning };
}
