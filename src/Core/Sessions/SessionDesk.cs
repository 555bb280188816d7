using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Requests;

namespace VoiceFunctions.Core.Sessions;

/// <summary>Begins and finds calls whose caller joins with a token, for the routes that do so.</summary>
/// <param name="requester">Begins calls.</param>
/// <param name="journal">Holds them.</param>
/// <param name="tenancy">Whose they are.</param>
/// <param name="tokens">Makes the callers' tokens.</param>
/// <param name="isEnabled">Whether new calls are accepted.</param>
internal sealed class SessionDesk(
    CallRequester requester, ICallJournal journal, CallTenancy tenancy, CallTokens tokens, bool isEnabled)
{
    /// <summary>The largest metadata of a call in bytes: it travels in every dispatch of the call, and is stored with it.</summary>
    public const int MaxMetadataBytes = 16 * 1024;

    /// <summary>The longest word, such as a user's id or a voice's name, in characters.</summary>
    public const int MaxWordLength = 256;

    /// <summary>Begins a call, or finds the one that began under the same key; otherwise says why not.</summary>
    public async Task<(StartedSession? Started, GatewayResponse? Refusal)> BeginAsync(
        CallFact.CallRequested request, string? key, CancellationToken cancellationToken)
    {
        if (Fault(request, key) is { } fault)
        {
            return (null, Problem.BadParameter(fault));
        }

        if (!isEnabled)
        {
            return (null, Problem.TelephonyDisabled);
        }

        if (await requester.BeginAsync(request, key, cancellationToken) is not { } call)
        {
            return (null, Problem.KeyReused);
        }

        var state = CallState.Of(await journal.ReadAsync(call.CallId, cancellationToken));
        return tokens.Make(state, CallTokenRole.Caller) is { } token
            ? (new StartedSession(state, token), null)
            : (null, Problem.CallOver);
    }

    /// <summary>A call by its id as a client writes it; <c>null</c> where there is none that this client may see.</summary>
    public async Task<CallState?> FindAsync(string id, object? credential, CancellationToken cancellationToken)
    {
        var state = SessionWords.ReadCallId(id) is { } callId
            ? CallState.Of(await journal.ReadAsync(callId, cancellationToken))
            : null;
        return state is { IsCall: true } && tenancy.MaySee(credential, state) ? state : null;
    }

    /// <summary>An object of a request as text without blanks; <c>null</c> for none.</summary>
    /// <param name="given">The field.</param>
    /// <param name="name">Its name.</param>
    /// <param name="error">What is wrong with it; <c>null</c> for nothing.</param>
    public static string? ObjectOf(JsonElement? given, string name, out string? error)
    {
        error = given is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) }
            ? $"{name} must be an object."
            : null;
        return error is null && given is { ValueKind: JsonValueKind.Object } value && value.EnumerateObject().Any()
            ? JsonSerializer.Serialize(value, SessionJson.Default.JsonElement)
            : null;
    }

    private static string? Fault(CallFact.CallRequested request, string? key) =>
        new[] { request.Metadata, request.AgentConfig }.Any(json => Encoding.UTF8.GetByteCount(json ?? "") > MaxMetadataBytes)
            ? $"An object of the request has more than {MaxMetadataBytes} bytes."
            : new[] { request.User, request.Language, request.Voice, request.Agent, key }.Any(word => word?.Length > MaxWordLength)
                ? $"A word of the request has more than {MaxWordLength} characters."
                : null;
}
