using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>Twilio's webhooks. Anonymous to the host: the gateway's router checks the signature.</summary>
public sealed class TwilioFunctions(FunctionsHttpAdapter front)
{
    /// <summary>Twilio asks what to do with an incoming call.</summary>
    [Function(nameof(GatewayRoutes.TwilioVoice))]
    public Task<HttpResponseData> VoiceAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "twilio/voice")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => front.AnswerAsync(GatewayRoutes.TwilioVoice, request, client, cancellationToken);

    /// <summary>The action URL of a Dial: how it ended.</summary>
    [Function(nameof(GatewayRoutes.TwilioDialResult))]
    public Task<HttpResponseData> DialResultAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "twilio/dial-result")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => front.AnswerAsync(GatewayRoutes.TwilioDialResult, request, client, cancellationToken);

    /// <summary>A human has picked up: what they are told, and which key they pressed.</summary>
    [Function(nameof(GatewayRoutes.TwilioScreen))]
    public Task<HttpResponseData> ScreenAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "twilio/screen")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => front.AnswerAsync(GatewayRoutes.TwilioScreen, request, client, cancellationToken);

    /// <summary>Twilio's status callbacks.</summary>
    [Function(nameof(GatewayRoutes.TwilioStatus))]
    public Task<HttpResponseData> StatusAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "twilio/status")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => front.AnswerAsync(GatewayRoutes.TwilioStatus, request, client, cancellationToken);
}
