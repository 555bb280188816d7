namespace VoiceFunctions.Core.Calls.Events;

/// <summary>Whether an event shows a call that somebody must look after.</summary>
public enum Tracking
{
    /// <summary>The journal lists the call as open until it is closed.</summary>
    Follow,

    /// <summary>The event is kept for the record only.</summary>
    RecordOnly,
}
