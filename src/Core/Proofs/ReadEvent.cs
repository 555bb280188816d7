using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>An event as it was read back.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Event">What the row says.</param>
internal sealed record ReadEvent(StoredRow Row, CallEvent Event)
{
    /// <summary>The first step that saw it; <c>null</c> for one that came after the last step.</summary>
    public int? SeenBy { get; set; }
}
