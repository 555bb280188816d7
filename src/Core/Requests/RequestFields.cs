using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Requests;

/// <summary>What requests for a call have in common, by phone or by token. What is wrong is named by its field, never repeated.</summary>
internal static class RequestFields
{
    /// <summary>The largest <c>metadata</c> or <c>agentConfig</c> in bytes of JSON: it travels in the metadata of every dispatch.</summary>
    public const int MaxObjectBytes = 16 * 1024;

    /// <summary>The longest word, such as a user's id, a voice's name or an idempotency key, in characters.</summary>
    public const int MaxWordLength = 256;

    /// <summary>The header under which the same request begins one call.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>The idempotency key of a request's header; <c>null</c> for none.</summary>
    public static string? KeyOf(GatewayRequest request) => request.Header(KeyHeader)?.Trim() is { Length: > 0 } key ? key : null;

    /// <summary>An object as text without blanks; <c>null</c> for none, and where something is wrong.</summary>
    /// <param name="json">The field.</param>
    /// <param name="field">Its name.</param>
    /// <param name="error">What is wrong, in a sentence; left alone where it says something already.</param>
    public static string? ObjectOf(JsonElement? json, string field, ref string error)
    {
        if (json is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given || error.Length > 0)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            error = $"{field} must be a JSON object.";
            return null;
        }

        var text = JsonSerializer.Serialize(given, OutboundCallJson.Default.JsonElement);
        error = Encoding.UTF8.GetByteCount(text) > MaxObjectBytes ? $"{field} must not have more than {MaxObjectBytes} bytes." : "";
        return error.Length == 0 && given.EnumerateObject().Any() ? text : null;
    }

    /// <summary>Checks the length of a word.</summary>
    /// <param name="word">The word; <c>null</c> for none.</param>
    /// <param name="field">Its field.</param>
    /// <param name="error">What is wrong, in a sentence; left alone where it says something already.</param>
    public static void CheckWord(string? word, string field, ref string error)
    {
        if (error.Length == 0 && word?.Length > MaxWordLength)
        {
            error = $"{field} must not be longer than {MaxWordLength} characters.";
        }
    }

    /// <summary>Why no agent can be sent that is as asked for, in a sentence; <c>null</c> where one can.</summary>
    public static string? AgentFault(CallFact.CallRequested request, RouteTable routes)
    {
        if (request.AgentConfig is { } config && AgentOverride.Fault(config) is { } fault)
        {
            return fault;
        }

        var route = routes.Find(new RouteQuery(request.From)
        {
            Caller = request.To,
            Tenant = request.Tenant,
            Agent = request.Agent,
            AgentConfig = request.AgentConfig,
        });
        return route.Timeouts.Helpers.Contains(route.Agent.Name) ? "agent is the name of a helper of the route." : null;
    }
}
