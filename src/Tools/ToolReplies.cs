using System.Net;
using System.Text.Json;
using VoiceFunctions.Core.Tools;

namespace VoiceFunctions.Tools;

/// <summary>What a backend's answer comes to.</summary>
internal static class ToolReplies
{
    /// <summary>
    /// Refusals of the gateway itself, such as of a wrong key, and those that pass by themselves: no word to the caller's wish.
    /// </summary>
    private static readonly HttpStatusCode[] NotForTheAgent =
    [
        HttpStatusCode.Unauthorized, HttpStatusCode.PaymentRequired, HttpStatusCode.Forbidden, HttpStatusCode.MethodNotAllowed,
        HttpStatusCode.NotAcceptable, HttpStatusCode.ProxyAuthenticationRequired, HttpStatusCode.RequestTimeout,
        HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.TooManyRequests,
    ];

    public static async Task<ToolReply> OfAsync(HttpResponseMessage response, ToolSchema? schema, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is < 200 or >= 300 and < 400 or >= 500 || NotForTheAgent.Contains(response.StatusCode))
        {
            return new ToolReply(ToolOutcome.Failed) { Status = status };
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var json = status == (int)HttpStatusCode.NoContent && schema is null ? JsonElement.Parse("null"u8)
            : IsJson(response.Content.Headers.ContentType?.MediaType) ? Parse(body)
            : null;
        if (status >= 400)
        {
            return new ToolReply(ToolOutcome.Refused) { Status = status, Result = json?.GetRawText() };
        }

        return json is { } answer && schema?.FaultOf(answer, "answer") is null
            ? new ToolReply(ToolOutcome.Done) { Status = status, Result = answer.GetRawText() }
            : new ToolReply(ToolOutcome.BadAnswer) { Status = status };
    }

    private static bool IsJson(string? type) =>
        type is not null
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
