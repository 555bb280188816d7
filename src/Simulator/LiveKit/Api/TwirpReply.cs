using System.Text.Json.Nodes;

namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>An answer of the API: a status, a media type and a body.</summary>
internal sealed record TwirpReply(int Status, string ContentType, byte[] Body)
{
    private const string Json = "application/json";

    public static TwirpReply NotFound(string message) => Error(404, "not_found", $"twirp error unknown: {message}");

    public static TwirpReply InvalidArgument(string message) => Error(400, "invalid_argument", $"twirp error unknown: {message}");

    /// <summary>What asks a room that no server has, and what an outage looks like.</summary>
    public static TwirpReply NoResponse { get; } = Error(503, "unavailable", "twirp error unknown: no response from servers");

    public static TwirpReply PermissionsDenied { get; } = Error(401, "unauthenticated", "permissions denied");

    public static TwirpReply Malformed { get; } = Error(400, "malformed", "the json request could not be decoded");

    public static TwirpReply PageNotFound { get; } = Text(404, "404 page not found\n");

    public static TwirpReply Ok(byte[] body) => new(200, Json, body);

    public static TwirpReply Text(int status, string text) =>
        new(status, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(text));

    public static TwirpReply BadRoute(string message, string method, string path) =>
        Error(404, "bad_route", message, new JsonObject { ["twirp_invalid_route"] = $"{method} {path}" });

    public static TwirpReply Error(int status, string code, string message, JsonObject? meta = null)
    {
        var body = new JsonObject { ["code"] = code, ["msg"] = message };
        if (meta is not null)
        {
            body["meta"] = meta;
        }

        return new TwirpReply(status, Json, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));
    }
}
