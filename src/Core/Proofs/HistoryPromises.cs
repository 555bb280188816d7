using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>The promises about the history itself: it is complete, and it adds up to the record.</summary>
internal static class HistoryPromises
{
    private static readonly string[] Repeated =
        [CallEffect.Reconcile.ClaimKey, CallEffect.HandOn.ClaimKey, RecordingQueries.AskedKey];

    /// <summary>What is written in one step. Earlier builds claimed a question before they asked it.</summary>
    private static readonly string[] AtOnce =
        [CallEffect.EndCall.ClaimKey, AgentLease.ClaimPrefix, CallEffect.Reconcile.ClaimKey, RecordingQueries.AskedKey];

    /// <summary>Every step is there, from the first to the one that the header counts last.</summary>
    public static ProvenPromise Steps(AuditTrail trail) => trail switch
    {
        { HasNoSteps: true } =>
            ProvenPromise.No("steps", "the history was written before steps were recorded, or its steps were taken away"),
        { Steps.Count: 0, IsUnderWay: true } => ProvenPromise.NotYet("steps", "no step was taken yet"),
        { Steps.Count: 0 } => ProvenPromise.Yes("steps", "no step was taken: there was nothing to do"),
        _ => ProvenPromise.Unless("steps", RowChecks.OfSteps(trail), $"{trail.Steps.Count} steps, numbered without a gap"),
    };

    /// <summary>No row that a step saw or wrote is gone, and each claim's row is what the last step wrote of it.</summary>
    public static ProvenPromise Rows(AuditTrail trail)
    {
        var late = trail.Events.Count(e => e.SeenBy is null);
        var text = $"{trail.Rows.Count} rows fit together" + (late == 0 ? "" : $"; {late} of the events came after the last step");
        return ProvenPromise.Unless("rows", RowChecks.OfRows(trail), text);
    }

    /// <summary>The record is what the steps add up to. Fields that a later build added to records are not asked for.</summary>
    public static ProvenPromise Record(AuditTrail trail)
    {
        if (trail.Header is null)
        {
            return trail.IsUnderWay
                ? ProvenPromise.NotYet("record", "no record was written yet")
                : ProvenPromise.Unless("record", trail.Steps.Select(_ => "the record is gone").Take(1), "there was nothing to record");
        }

        if (trail.Record is not { RoomName: { } roomName } record || trail.Last.FirstEventAt == DateTimeOffset.MaxValue)
        {
            return ProvenPromise.No("record", "the record cannot be read, or nothing is left that it could follow from");
        }

        var prefix = roomName.EndsWith($"_{trail.CallId}", StringComparison.Ordinal) ? roomName[..^(CallId.Length + 1)] : "";
        var folded = JsonSerializer.SerializeToNode(
            CallDetailRecord.Of(trail.Last, new RoomNaming(prefix)) with { Raw = null },
            JournalJson.Default.CallDetailRecord)!
            .AsObject();
        var stored = JsonSerializer.SerializeToNode(record, JournalJson.Default.CallDetailRecord)!.AsObject();
        return ProvenPromise.Unless(
            "record",
            stored
                .Where(field => !JsonNode.DeepEquals(field.Value, folded[field.Key]))
                .Select(field => $"the record's {field.Key} does not match the history"),
            $"the record matches the history: {Word(record.Status)}");
    }

    /// <summary>What an effect came to was written by whoever had claimed it before, and nothing that is settled was begun again.</summary>
    public static ProvenPromise ClaimsFirst(AuditTrail trail) => ProvenPromise.Unless(
        "claims_first",
        trail.Steps.SelectMany(step => step.Step.Claims.Select(claim => Fault(step, claim))).OfType<string>(),
        "every effect was claimed before it was done, and settled once");

    private static string? Fault(ReadStep step, EffectClaim claim)
    {
        var before = step.Seen.Claims.GetValueOrDefault(claim.Key);
        var settled = before is { Status: ClaimStatus.Done or ClaimStatus.GivenUp } && !Repeated.Contains(claim.Key);
        if (claim.Status == ClaimStatus.Intent)
        {
            return settled ? $"step {step.Step.Number} began {claim.Key} again after it was settled"
                : before is { Status: ClaimStatus.Intent, Until: var until } && until > step.Step.Decision?.At
                ? $"step {step.Step.Number} took {claim.Key} over while it was held"
                : null;
        }

        if (Array.Exists(AtOnce, key => claim.Key.StartsWith(key, StringComparison.Ordinal)))
        {
            return settled && claim.Key == CallEffect.EndCall.ClaimKey ? $"step {step.Step.Number} wrote {claim.Key} a second time" : null;
        }

        return before is { Status: ClaimStatus.Intent } held && held.Owner == claim.Owner
            ? null
            : $"step {step.Step.Number} settled {claim.Key} without holding its claim";
    }

    private static string Word(CallStatus status) => JsonSerializer.SerializeToElement(status, JournalJson.Default.CallStatus).GetString()!;
}
