using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Sessions;

/// <summary>
/// Begins a call whose caller joins with a token. Under the header <c>Idempotency-Key</c> the same request gives the same call.
/// </summary>
internal sealed class CallStartHandler(SessionDesk desk) : IGatewayHandler
{
    /// <summary>The language that leaves it open.</summary>
    private const string AnyLanguage = "auto";

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallStart;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var tenant = ((ApiCaller)request.Credential!).Tenant;
        if (JsonRequest.Read(request.Body, SessionJson.Default.CallStartRequest, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        if ((asked.TenantId ?? tenant) != tenant)
        {
            return Problem.OtherTenant;
        }

        var metadata = SessionDesk.ObjectOf(asked.Metadata, "metadata", out var wrong);
        if (wrong is not null)
        {
            return Problem.BadParameter(wrong);
        }

        var call = new CallFact.CallRequested
        {
            Tenant = tenant,
            User = asked.UserId,
            Language = asked.Language == AnyLanguage ? null : asked.Language,
            Voice = asked.VoiceId,
            Metadata = metadata,
        };
        var (started, refusal) = await desk.BeginAsync(call, request.Header("Idempotency-Key"), cancellationToken);
        return refusal ?? new GatewayResponse(
            200,
            "application/json",
            JsonSerializer.SerializeToUtf8Bytes(
                new CallStartAnswer(
                    started!.State.CallId.Value, started.Token.Text, started.Token.Url, SessionWords.StatusOf(started.State)),
                SessionJson.Default.CallStartAnswer));
    }
}
