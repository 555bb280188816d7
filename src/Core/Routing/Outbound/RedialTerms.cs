namespace VoiceFunctions.Core.Routing.Outbound;

/// <summary>When a phone is called again that was not answered.</summary>
/// <param name="On">After which outcomes, words of <see cref="Calls.EndCause"/>.</param>
/// <param name="Attempts">How often it is called in all.</param>
/// <param name="After">How long after one attempt was over the next one begins. The room and its agent are gone in between.</param>
public sealed record RedialTerms(IReadOnlySet<string> On, int Attempts, TimeSpan After);
