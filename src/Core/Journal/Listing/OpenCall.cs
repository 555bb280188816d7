using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Journal.Listing;

/// <summary>A call that is not closed.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Listing">How it stands in the list; <c>null</c> where nothing is known that makes it a call.</param>
public sealed record OpenCall(CallId CallId, CallListing? Listing);
