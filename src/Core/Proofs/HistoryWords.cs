using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>Puts a story into words. No numbers, identities or room names: those are personal data.</summary>
internal static class HistoryWords
{
    public static string Of(CallEvent callEvent) => (callEvent.Inferred ? "inferred: " : "") + callEvent.Fact.InWords;

    public static string Of(JournalCommit step) =>
        string.Join(", ", step.Claims.GroupBy(claim => (claim.Status, claim.Result)).Select(alike => alike.Key switch
        {
            (ClaimStatus.Intent, _) => $"claims {Keys(alike)}",
            (ClaimStatus.Failed, var why) => $"{Keys(alike)} to be tried again, {why}",
            (ClaimStatus.GivenUp, var why) => $"{Keys(alike)} given up, {why}",
            (_, var result) => $"{Keys(alike)} done, {result}",
        }));

    public static string Of(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Keys(IEnumerable<EffectClaim> claims) =>
        string.Join(' ', claims.Select(claim =>
            claim.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $"{claim.Key} (attempt {claim.Attempt})") : claim.Key));
}
