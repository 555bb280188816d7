using System.Diagnostics;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;

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
        [LiveKitToken] = Bearer("An agent's own LiveKit access token, good for the call's room."),
        [Twilio] = Header("X-Twilio-Signature", "Twilio's signature over the URL and the form."),
        [LiveKit] = Header("Authorization", "A JWT of LiveKit's server with the hash of the body."),
    };

    /// <summary>Each element is one way in.</summary>
    public static JsonArray SecurityOf(RouteAccess access) => new([.. NamesOf(access).Select(name => new JsonObject
    {
        [name] = new JsonArray(),
    })]);

    public static IReadOnlyList<GatewayResponse> ProblemsOf(RouteAccess access) => access switch
    {
        RouteAccess.Open => [],
        RouteAccess.Twilio or RouteAccess.LiveKit => [Problem.BadSignature],
        RouteAccess.Token or RouteAccess.ApiOrToken => [Problem.BadToken],
        RouteAccess.Keyed or RouteAccess.ApiOrKey or RouteAccess.Metrics => [Problem.BadKey, Problem.DiagnosticsClosed],
        RouteAccess.Api => [Problem.BadAccessToken, Problem.ApiClosed],
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
        _ => throw new UnreachableException(),
    };

    private static JsonObject Header(string name, string meaning) =>
        new() { ["type"] = "apiKey", ["in"] = "header", ["name"] = name, ["description"] = meaning };

    private static JsonObject Bearer(string meaning) =>
        new() { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = meaning };
}
