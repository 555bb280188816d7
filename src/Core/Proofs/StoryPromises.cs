using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>The promises about the story itself: nothing in it was changed, and it adds up to the record.</summary>
internal static class StoryPromises
{
    private static readonly string[] AtOnce = [CallEffect.EndCall.ClaimKey, AgentLease.ClaimPrefix];

    public static ProvenPromise Chain(AuditTrail story) => story switch
    {
        { IsUnchained: true } => ProvenPromise.No("chain", "the story was written before stories were chained, or its chain was taken away"),
        { Steps.Count: 0, IsUnderWay: true } => ProvenPromise.NotYet("chain", "no step was taken yet"),
        { Steps.Count: 0 } => ProvenPromise.Yes("chain", "no step was taken: there was nothing to do"),
        _ => ProvenPromise.Unless("chain", RowChecks.OfChain(story), $"{story.Steps.Count} steps, each naming the one before it"),
    };

    public static ProvenPromise Rows(AuditTrail story)
    {
        var late = story.Events.Count(e => e.SealedBy is null);
        var text = $"{story.Rows.Count} rows are as they were written" + (late == 0 ? "" : $"; {late} of the events came after the last step, so none has sealed them yet");
        return ProvenPromise.Unless("rows", RowChecks.OfRows(story).Concat(RowChecks.OfClaims(story)), text);
    }

    /// <summary>The record is what the steps add up to. Fields that a later build added to records are not asked for.</summary>
    public static ProvenPromise Record(AuditTrail story)
    {
        if (story.Header is null)
        {
            return story.IsUnderWay ? ProvenPromise.NotYet("record", "no record was written yet") : ProvenPromise.Unless("record", story.Steps.Select(_ => "the record is gone").Take(1), "there was nothing to record");
        }

        if (story.Record is not { RoomName: { } roomName } record || story.Last.FirstEventAt == DateTimeOffset.MaxValue)
        {
            return ProvenPromise.No("record", "the record cannot be read, or nothing is left that it could follow from");
        }

        var prefix = roomName.EndsWith($"_{story.CallId}", StringComparison.Ordinal) ? roomName[..^(CallId.Length + 1)] : "";
        var folded = JsonSerializer.SerializeToNode(CallDetailRecord.Of(story.Last, new RoomNaming(prefix)) with { Raw = null }, JournalJson.Default.CallDetailRecord)!.AsObject();
        var stored = JsonSerializer.SerializeToNode(record, JournalJson.Default.CallDetailRecord)!.AsObject();
        return ProvenPromise.Unless(
            "record",
            stored.Where(field => !JsonNode.DeepEquals(field.Value, folded[field.Key])).Select(field => $"the record's {field.Key} is not what the story adds up to"),
            $"the record is what the story adds up to: {Word(record.Status)}");
    }

    /// <summary>What an effect came to was written by whoever had claimed it before, and nothing that is settled was begun again.</summary>
    public static ProvenPromise ClaimsFirst(AuditTrail story) => ProvenPromise.Unless(
        "claims_first",
        story.Steps.SelectMany(step => step.Step.Claims.Select(claim => Fault(step, claim))).OfType<string>(),
        "every effect was claimed before it was done, and settled once");

    private static string? Fault(ReadStep step, EffectClaim claim)
    {
        var before = step.Seen.Claims.GetValueOrDefault(claim.Key);
        var settled = before is { Status: ClaimStatus.Done or ClaimStatus.GivenUp } && claim.Key != CallEffect.Reconcile.ClaimKey;
        if (claim.Status == ClaimStatus.Intent)
        {
            return settled ? $"step {step.Step.Number} began {claim.Key} again after it was settled"
                : before is { Status: ClaimStatus.Intent, Until: var until } && until > step.Step.Decision?.At ? $"step {step.Step.Number} took {claim.Key} over while it was held"
                : null;
        }

        if (Array.Exists(AtOnce, key => claim.Key.StartsWith(key, StringComparison.Ordinal)))
        {
            return settled && claim.Key == CallEffect.EndCall.ClaimKey ? $"step {step.Step.Number} wrote {claim.Key} a second time" : null;
        }

        return before is { Status: ClaimStatus.Intent } held && held.Owner == claim.Owner ? null : $"step {step.Step.Number} settled {claim.Key} without holding its claim";
    }

    private static string Word(CallStatus status) => JsonSerializer.SerializeToElement(status, JournalJson.Default.CallStatus).GetString()!;
}
