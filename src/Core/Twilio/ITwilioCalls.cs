namespace VoiceFunctions.Core.Twilio;

/// <summary>What became of an order about a live call.</summary>
public enum TwilioCallOutcome
{
    /// <summary>Twilio took it.</summary>
    Done,

    /// <summary>The call is over already.</summary>
    NotLive,

    /// <summary>Twilio could not be reached or refused; nobody knows whether it was done.</summary>
    Failed,
}

/// <summary>Takes hold of live calls over Twilio's REST API. Never throws but for the caller's own cancellation.</summary>
public interface ITwilioCalls
{
    /// <summary>Makes Twilio follow another document in a call; whatever Dial it is in ends, without its action being asked.</summary>
    /// <param name="callSid">The caller's own leg.</param>
    /// <param name="twiml">The document, at most 4000 characters.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<TwilioCallOutcome> RedirectAsync(CallSid callSid, string twiml, CancellationToken cancellationToken);

    /// <summary>Ends a call.</summary>
    Task<TwilioCallOutcome> HangUpAsync(CallSid callSid, CancellationToken cancellationToken);
}
