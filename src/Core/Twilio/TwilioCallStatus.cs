namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio's <c>CallStatus</c>: where one leg stands.</summary>
public enum TwilioCallStatus
{
    /// <summary>Absent, or a word that this version does not know.</summary>
    Unknown,

    /// <summary><c>queued</c>.</summary>
    Queued,

    /// <summary><c>initiated</c>.</summary>
    Initiated,

    /// <summary><c>ringing</c>.</summary>
    Ringing,

    /// <summary><c>in-progress</c>: answered.</summary>
    InProgress,

    /// <summary><c>completed</c>: ended after an answer.</summary>
    Completed,

    /// <summary><c>busy</c>.</summary>
    Busy,

    /// <summary><c>failed</c>.</summary>
    Failed,

    /// <summary><c>no-answer</c>.</summary>
    NoAnswer,

    /// <summary><c>canceled</c>: given up by the caller's side before an answer.</summary>
    Canceled,
}
