namespace VoiceFunctions.Core.Twilio;

/// <summary>The result of a REST request about a live call.</summary>
public enum TwilioCallOutcome
{
    /// <summary>Twilio accepted the request.</summary>
    Done,

    /// <summary>The call has already ended.</summary>
    NotLive,

    /// <summary>Twilio could not be reached, or refused. Whether the request took effect is unknown.</summary>
    Failed,
}

/// <summary>Changes live calls over Twilio's REST API. Throws only if the given token is cancelled.</summary>
public interface ITwilioCalls
{
    /// <summary>Replaces the TwiML document that a call runs. A running Dial ends, and Twilio does not request its action URL.</summary>
    /// <param name="accountSid">The call's account; <c>null</c> for the first one of the settings.</param>
    /// <param name="callSid">The caller's own leg.</param>
    /// <param name="twiml">The document, at most 4000 characters.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<TwilioCallOutcome> RedirectAsync(string? accountSid, CallSid callSid, string twiml, CancellationToken cancellationToken);

    /// <summary>Ends a call.</summary>
    Task<TwilioCallOutcome> HangUpAsync(string? accountSid, CallSid callSid, CancellationToken cancellationToken);
}
