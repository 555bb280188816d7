namespace VoiceFunctions.Core.Calls.Events;

/// <summary>Whether an event shows a call that somebody must look after.</summary>
public enum Tracking
{
    /// <summary>The journal lists the call as open until it is closed.</summary>
    Follow,

    /// <summary>Like <see cref="Follow"/> if the journal knows the call; else it is about somebody else's room and not stored.</summary>
    FollowIfKnown,

    /// <summary>The event is kept for the record only.</summary>
    RecordOnly,
}
