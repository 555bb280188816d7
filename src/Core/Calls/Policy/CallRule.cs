namespace VoiceFunctions.Core.Calls.Policy;

/// <summary>
/// One rule of the policy: the effect that is due, or <c>null</c>. Pure: everything it knows is in the context. A rule that waits for a
/// time names it to the context.
/// </summary>
internal delegate CallEffect? CallRule(PolicyContext context);
