using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Journal.Listing;

/// <summary>Some calls of the list, the newest first.</summary>
/// <param name="Calls">Their records as of their last steps; they hold personal data.</param>
/// <param name="Next">
/// The place behind which the list goes on; <c>null</c> where it is at its end. A page can hold fewer calls than were asked for, and the
/// list go on all the same.
/// </param>
public sealed record CallPage(IReadOnlyList<CallDetailRecord> Calls, CallPlace? Next);
