namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio's <c>DialCallStatus</c>: how a Dial ended.</summary>
public enum TwilioDialStatus
{
    /// <summary>Missing, or a status that is newer than this code. Handled as a failure.</summary>
    Unknown,

    /// <summary><c>completed</c>: the called side answered. That does not prove that the two legs were connected.</summary>
    Completed,

    /// <summary><c>answered</c>: the called side answered. Twilio sends it for conferences.</summary>
    Answered,

    /// <summary><c>busy</c>.</summary>
    Busy,

    /// <summary><c>no-answer</c>.</summary>
    NoAnswer,

    /// <summary><c>failed</c>.</summary>
    Failed,

    /// <summary><c>canceled</c>: the caller hung up before an answer.</summary>
    Canceled,
}
