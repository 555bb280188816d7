using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Functions.Twilio;

/// <summary>
/// Call control with Twilio's own package, for each call as its account: at the account's region and edge, with its primary token.
/// </summary>
internal sealed class TwilioCalls : ITwilioCalls
{
    /// <summary>The package takes no cancellation: a request ends by itself, well within the time that an effect has.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>What Twilio answers where a call cannot be changed because it is over.</summary>
    private const int InvalidCallState = 21220;

    private readonly string first;
    private readonly Dictionary<string, TwilioRestClient> clients;

    /// <param name="twilio">The accounts.</param>
    /// <param name="http">Sends the requests.</param>
    public TwilioCalls(TwilioSettings twilio, global::Twilio.Http.HttpClient http)
    {
        first = twilio.AccountSid;
        clients = twilio.Accounts.ToDictionary(
            account => account.AccountSid,
            account => new TwilioRestClient(
                account.AccountSid, account.AuthTokens[0], region: account.Region, httpClient: http, edge: account.Edge));
    }

    /// <summary>With connections of its own.</summary>
    public static TwilioCalls Create(TwilioSettings twilio)
    {
#pragma warning disable CA2000 // It lives as long as the process.
        return new TwilioCalls(twilio, new SystemNetHttpClient(new System.Net.Http.HttpClient { Timeout = Patience }));
#pragma warning restore CA2000
    }

    public Task<TwilioCallOutcome> RedirectAsync(
        string? accountSid, CallSid callSid, string twiml, CancellationToken cancellationToken) =>
        UpdateAsync(
            accountSid, new UpdateCallOptions(callSid.Value) { Twiml = new global::Twilio.Types.Twiml(twiml) }, cancellationToken);

    public Task<TwilioCallOutcome> HangUpAsync(string? accountSid, CallSid callSid, CancellationToken cancellationToken) =>
        UpdateAsync(
            accountSid, new UpdateCallOptions(callSid.Value) { Status = CallResource.UpdateStatusEnum.Completed }, cancellationToken);

    private async Task<TwilioCallOutcome> UpdateAsync(string? accountSid, UpdateCallOptions options, CancellationToken cancellationToken)
    {
        if (!clients.TryGetValue(accountSid ?? first, out var client))
        {
            // The account was taken out of the settings since the call came.
            return TwilioCallOutcome.Failed;
        }

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
