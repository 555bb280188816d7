using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Requests;

/// <summary>
/// Takes a request for a call to a phone. It is answered once it is recorded; the call's workflow opens the room, sends the agent and calls
/// the phone.
/// </summary>
/// <param name="route">Which of its routes this one answers.</param>
/// <param name="settings">The numbers, the routes and the trunk.</param>
/// <param name="requester">Begins the call.</param>
/// <param name="journal">Knows what an idempotency key began before.</param>
/// <param name="timeProvider">The time.</param>
public sealed class OutboundCallHandler(
    GatewayRoute route, GatewaySettings settings, CallRequester requester, ICallJournal journal, TimeProvider timeProvider)
    : IGatewayHandler
{
    private readonly OutboundCallReader reader = new(settings.Numbers, settings.Routes, settings.DefaultFrom);
    private readonly RoomNaming naming = new(settings.RoomPrefix);

    /// <inheritdoc/>
    public GatewayRoute Route => route;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (!settings.TelephonyEnabled)
        {
            return Problem.TelephonyDisabled;
        }

        if (settings.SipOutboundTrunkId is null)
        {
            return Problem.NoOutboundTrunk;
        }

        var now = timeProvider.GetUtcNow();
        if (JsonRequest.Read(request.Body, OutboundCallJson.Default.OutboundCallBody, out var error) is not { } body
            || KeyOf(request, body, out error) is not { } key
            || reader.Read(body, ((ApiCaller)request.Credential!).Tenant, now, out error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        if (OutsideHours(asked, now) is { } outside && !await IsKnownAsync(asked, key, cancellationToken))
        {
            return outside;
        }

        return await requester.BeginAsync(asked, key.Length == 0 ? null : key, cancellationToken) switch
        {
            null => Problem.KeyReused,
            { IsOverLimit: true } => Problem.TooManyCalls,
            var begun => await AnswerAsync(begun, cancellationToken),
        };
    }

    /// <summary>The idempotency key, of the header or the body; empty for none, <c>null</c> where it is wrong.</summary>
    private static string? KeyOf(GatewayRequest request, OutboundCallBody body, out string error)
    {
        var (header, field) = (RequestFields.KeyOf(request), body.IdempotencyKey is { Length: > 0 } key ? key : null);
        error = header is not null && field is not null && header != field
            ? $"The header {RequestFields.KeyHeader} and idempotencyKey are not the same."
            : "";
        RequestFields.CheckWord(header ?? field, "idempotencyKey", ref error);
        return error.Length == 0 ? header ?? field ?? "" : null;
    }

    /// <summary>The refusal of a call to somebody who may not be called then.</summary>
    private GatewayResponse? OutsideHours(CallFact.CallRequested asked, DateTimeOffset now)
    {
        var query = new RouteQuery(asked.From) { Caller = asked.To, Tenant = asked.Tenant };
        var begins = asked.NotBefore > now ? asked.NotBefore.Value : now;
        var opens = settings.Routes.Find(query).Timeouts.Outbound.NextOpen(begins, asked.To!);
        return opens == begins ? null : Problem.OutsideCallingHours(opens);
    }

    /// <summary>Whether the key began a call before: that one is answered for at any time.</summary>
    private async Task<bool> IsKnownAsync(CallFact.CallRequested asked, string key, CancellationToken cancellationToken) =>
        key.Length > 0 && (await journal.ReadAsync(CallId.ForRequest(asked.Tenant!, key), cancellationToken)).Events.Count > 0;

    private async Task<GatewayResponse> AnswerAsync(RequestedCall begun, CancellationToken cancellationToken)
    {
        var callId = begun.CallId;
        var status = begun.IsNew ? CallStatus.Created : CallState.Of(await journal.ReadAsync(callId, cancellationToken)).Status;
        var answer = new OutboundCallAnswer(callId.Value, status, naming.NameOf(callId));
        return GatewayResponse.Json(begun.IsNew ? 202 : 200, answer, OutboundCallJson.Default.OutboundCallAnswer) with
        {
            Location = $"{settings.PublicPath}/calls/{callId}",
        };
    }
}
