using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing;

/// <summary>What a caller gets where no agent could be reached. There is always something: never silence.</summary>
/// <param name="Human">Who is called first; <c>null</c> for nobody.</param>
/// <param name="Message">What is said where there is nobody, or nobody answers; then the call ends.</param>
public sealed record RouteFallback(PhoneNumber? Human, string Message);
