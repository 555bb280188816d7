using System.Text.Json;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>
/// Decides from the answer, or from its absence, whether a call was done.
/// <list type="bullet">
/// <item>200 with the expected JSON: done.</item>
/// <item>404 <c>not_found</c>: the object does not exist. Any other 404 means a wrong address: refused.</item>
/// <item>429: rejected before anything was done.</item>
/// <item>408, 409 <c>aborted</c>, any 5xx except 501, and an unexpected 2xx: LiveKit or a proxy gave up. A read has changed nothing and may
/// be tried again. Whether a write was done is unknown. This includes 503: LiveKit sends it if the server of the room did not answer in
/// time.</item>
/// <item>Everything else (other 4xx, 501, a redirect): refused.</item>
/// </list>
/// </summary>
internal static class TwirpAnswer
{
    public static LiveKitOutcome<T> Of<T>(TwirpCall<T> call, int status, ReadOnlyMemory<byte> body)
        where T : class
    {
        using var json = Parse(body);
        if (status == 200)
        {
            return json is not null && call.Read(json.RootElement) is { } value
                ? new LiveKitOutcome<T>.Ok(value)
                : Unclear<T>(call.Effect, null);
        }

        var error = Error(status, json?.RootElement);
        return (status, error.Code) switch
        {
            (404, "not_found") => new LiveKitOutcome<T>.NotFound(error),
            (429, _) => new LiveKitOutcome<T>.Unavailable(error),
            (501, _) => new LiveKitOutcome<T>.Refused(error),
            (408, _) or (409, "aborted") or ( >= 500, _) or ( < 300, _) => Unclear<T>(call.Effect, error),
            _ => new LiveKitOutcome<T>.Refused(error),
        };
    }

    /// <summary>The outcome of a call that was sent and got no usable answer.</summary>
    public static LiveKitOutcome<T> Unclear<T>(TwirpEffect effect, LiveKitError? error) =>
        effect == TwirpEffect.Read ? new LiveKitOutcome<T>.Unavailable(error) : new LiveKitOutcome<T>.Unknown(error);

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var json = JsonDocument.Parse(body, TolerantJson.Options);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return json;
            }

            json.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LiveKitError Error(int status, JsonElement? body)
    {
        if (body is not { } json || json.Text("code") is not { Length: > 0 } code)
        {
            return new LiveKitError(CodeOf(status), "", LiveKitAttributes.None, status);
        }

        var message = json.Text("msg");
        return new LiveKitError(code, MayQuoteToken(message) ? "" : message, json.Texts("meta"), status);
    }

    /// <summary>LiveKit's message can quote the token that it refused. Every JWT begins with these letters.</summary>
    private static bool MayQuoteToken(string message) => message.Contains("eyJ", StringComparison.Ordinal);

    /// <summary>The code that Twirp's specification assigns to an answer from a proxy.</summary>
    private static string CodeOf(int status) => status switch
    {
        401 => "unauthenticated",
        403 => "permission_denied",
        404 => "bad_route",
        429 => "resource_exhausted",
        502 or 503 or 504 => "unavailable",
        (>= 300 and < 400) or 400 => "internal",
        _ => "unknown",
    };
}
