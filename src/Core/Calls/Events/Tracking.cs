using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Calls.Events;

/// <summary>Which calls the journal keeps in sight.</summary>
public enum Tracking
{
    /// <summary>The call is listed by <see cref="ICallJournal.ListOpenAsync"/> until it is closed.</summary>
    Follow,

    /// <summary>The story is kept for the record only.</summary>
    RecordOnly,
}
