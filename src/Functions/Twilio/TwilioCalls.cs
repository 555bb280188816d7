using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio;
using HttpClient = System.Net.Http.HttpClient;

namespace VoiceFunctions.Functions.Twilio;

/// <summary>Call control with Twilio's own package.</summary>
internal sealed class TwilioCalls(ITwilioRestClient client) : ITwilioCalls
{
    /// <summary>The package takes no cancellation: a request ends by itself, well within the time that an effect has.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>What Twilio answers where a call cannot be changed because it is over.</summary>
    private const int InvalidCallState = 21220;

    /// <summary>Signs in as the account whose calls are taken.</summary>
    public static TwilioCalls Create(TwilioSettings twilio)
    {
#pragma warning disable CA2000 // It lives as long as the process.
        var http = new SystemNetHttpClient(new HttpClient { Timeout = Patience });
#pragma warning restore CA2000
        return new TwilioCalls(new TwilioRestClient(twilio.AccountSid, twilio.AuthTokens[0], httpClient: http));
    }

    public Task<TwilioCallOutcome> RedirectAsync(CallSid callSid, string twiml, CancellationToken cancellationToken) =>
        UpdateAsync(new UpdateCallOptions(callSid.Value) { Twiml = new global::Twilio.Types.Twiml(twiml) }, cancellationToken);

    public Task<TwilioCallOutcome> HangUpAsync(CallSid callSid, CancellationToken cancellationToken) =>
        UpdateAsync(new UpdateCallOptions(callSid.Value) { Status = CallResource.UpdateStatusEnum.Completed }, cancellationToken);

    private async Task<TwilioCallOutcome> UpdateAsync(UpdateCallOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await CallResource.UpdateAsync(options, client).WaitAsync(cancellationToken);
            return TwilioCallOutcome.Done;
        }
        catch (ApiException refused) when (refused.Status == 404 || refused.Code == InvalidCallState)
        {
            return TwilioCallOutcome.NotLive;
        }
        catch (TwilioException)
        {
            return TwilioCallOutcome.Failed;
        }
    }
}
