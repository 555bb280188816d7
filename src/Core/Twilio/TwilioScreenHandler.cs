using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Screening;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// Answers what Twilio asks on the leg of a human who picked up, while the caller hears it ring: who calls, and then whether the human
/// pressed 1. Who does not press it is hung up on, a voicemail too, and the action URL of the Dial goes on to the next human.
/// </summary>
public sealed partial class TwilioScreenHandler(
    GatewaySettings settings, TwilioReplies replies, TimeProvider timeProvider, ILogger<TwilioScreenHandler> logger)
    : IGatewayHandler
{
    private const string Taken = "1";

    private readonly ScreenSeal seal = new(settings.LiveKitKeys);

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.TwilioScreen;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var form = (TwilioForm)request.Credential!;
        var callId = CallSid.TryParse(form["ParentCallSid"], out var caller) ? CallId.ForTwilio(caller.Value) : null;
        if (form["Digits"] is { } digits)
        {
            LogAnswered(callId, digits == Taken);
            return new(digits == Taken ? TwilioReplies.PutThrough : TwilioReplies.HangUp);
        }

        LogAsked(callId);
        // Where the seal's key is gone, the caller id that the human sees anyway is all that is known.
        var parties = seal.Open(request.RawQuery) ?? CallParties.Of(form["From"], null);
        var query = new RouteQuery(parties.Own.Text) { Caller = parties.Far.Text, At = timeProvider.GetUtcNow() };
        return new(replies.Screen(settings.Routes.Find(query), parties));
    }

    [LoggerMessage(1311, LogLevel.Information, "A human who picked up for call {CallId} is asked whether to take it")]
    private partial void LogAsked(CallId? callId);

    [LoggerMessage(1312, LogLevel.Information, "A human was asked whether to take call {CallId}: {Taken}")]
    private partial void LogAnswered(CallId? callId, bool taken);
}
