using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>Puts a story into words. No numbers, identities or room names: those are personal data.</summary>
internal static class StoryWords
{
    public static string Of(CallEvent callEvent) => (callEvent.Inferred ? "inferred: " : "") + callEvent.Fact switch
    {
        CallFact.CallAnnounced => "Twilio announced the call",
        CallFact.RoomStarted => "the room began",
        CallFact.RoomFinished => "the room is over",
        CallFact.RoomAbandoned => "nobody needs the room",
        CallFact.LegJoined { Leg: var leg } => $"{Of(leg)} joined",
        CallFact.LegLeft { Leg: var leg, Reason: var reason } => $"{Of(leg)} left, {reason}",
        CallFact.LegAborted { Leg: var leg } => $"{Of(leg)} never got in",
        CallFact.AudioPublished { LegSid: var sid } => $"{sid} publishes audio",
        CallFact.HumanAnswered { LegSid: var sid } => $"human {sid} answered",
        CallFact.DialEnded { Status: var status } => $"Twilio's Dial ended, {status}",
        CallFact.TwilioLegEnded { Status: var status, IsCaller: var isCaller } => $"Twilio's leg {(isCaller ? "of the caller" : "to LiveKit")} ended, {status}",
        CallFact.Unhandled { Name: var name } => $"{name}, noted only",
        var other => other?.GetType().Name ?? "nothing",
    };

    public static string Of(JournalCommit step) => string.Join(", ", step.Claims.GroupBy(claim => (claim.Status, claim.Result)).Select(alike => alike.Key switch
    {
        (ClaimStatus.Intent, _) => $"claims {Keys(alike)}",
        (ClaimStatus.Failed, var why) => $"{Keys(alike)} to be tried again, {why}",
        (ClaimStatus.GivenUp, var why) => $"{Keys(alike)} given up, {why}",
        (_, var result) => $"{Keys(alike)} done, {result}",
    }));

    public static string Of(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Of(Leg leg) => $"{leg.Role.ToString().ToLowerInvariant()} {leg.Sid}";

    private static string Keys(IEnumerable<EffectClaim> claims) =>
        string.Join(' ', claims.Select(claim => claim.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $"{claim.Key} (attempt {claim.Attempt})") : claim.Key));
}
