using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing;

/// <summary>What a caller gets if no agent could be reached. There is always at least the message.</summary>
/// <param name="Human">The number that is called first; <c>null</c> for none.</param>
/// <param name="Message">The message that is spoken without a human, or if the human does not answer. Then the call ends.</param>
public sealed record RouteFallback(PhoneNumber? Human, string Message);
