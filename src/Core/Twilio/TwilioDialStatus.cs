namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio's <c>DialCallStatus</c>: how a Dial ended.</summary>
public enum TwilioDialStatus
{
    /// <summary>Absent, or a word that this version does not know. A failure.</summary>
    Unknown,

    /// <summary><c>completed</c>: the called side answered. Not yet a proof that the two were connected.</summary>
    Completed,

    /// <summary><c>answered</c>: the called side answered; Twilio says it of conferences.</summary>
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
