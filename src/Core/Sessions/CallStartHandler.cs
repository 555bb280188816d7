using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Requests;

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

        var key = RequestFields.KeyOf(request);
        var metadata = RequestFields.ObjectOf(asked.Metadata, "metadata", ref error);
        RequestFields.CheckWord(asked.UserId, "user_id", ref error);
        RequestFields.CheckWord(asked.Language, "language", ref error);
        RequestFields.CheckWord(asked.VoiceId, "voice_id", ref error);
        RequestFields.CheckWord(key, RequestFields.KeyHeader, ref error);
        if (error.Length > 0)
        {
            return Problem.BadParameter(error);
        }

        var call = new CallFact.CallRequested
        {
            Tenant = tenant,
            User = asked.UserId,
            Language = asked.Language == AnyLanguage ? null : asked.Language,
            Voice = asked.VoiceId,
            Metadata = metadata,
        };
        var (started, refusal) = await desk.BeginAsync(call, key, cancellationToken);
        return refusal ?? GatewayResponse.Json(
            200,
            new CallStartAnswer(started!.State.CallId.Value, started.Token.Text, started.Token.Url, SessionWords.StatusOf(started.State)),
            SessionJson.Default.CallStartAnswer);
    }
}
