namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio's <c>CallStatus</c>: the status of one leg.</summary>
public enum TwilioCallStatus
{
    /// <summary>Missing, or a status that is newer than this code.</summary>
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

    /// <summary><c>canceled</c>: the calling side hung up before an answer.</summary>
    Canceled,
}
