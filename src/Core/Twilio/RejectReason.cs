namespace VoiceFunctions.Core.Twilio;

/// <summary>What a caller hears who is turned away unanswered and unbilled.</summary>
public enum RejectReason
{
    /// <summary>The tone of a number that is not in service.</summary>
    Rejected,

    /// <summary>The busy tone.</summary>
    Busy,
}
