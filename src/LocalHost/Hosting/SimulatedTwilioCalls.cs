using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Simulator.Twilio;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>Call control of the simulated Twilio: redirecting is all that it knows.</summary>
internal sealed class SimulatedTwilioCalls(SimulatedTwilio twilio) : ITwilioCalls
{
    public Task<TwilioCallOutcome> RedirectAsync(
        string? accountSid, CallSid callSid, string twiml, CancellationToken cancellationToken) =>
        Task.FromResult(twilio.Redirect(callSid.Value, twiml) ? TwilioCallOutcome.Done : TwilioCallOutcome.NotLive);

    public Task<TwilioCallOutcome> HangUpAsync(string? accountSid, CallSid callSid, CancellationToken cancellationToken) =>
        Task.FromResult(TwilioCallOutcome.Failed);
}
