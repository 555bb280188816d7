using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.KillEverywhere.Wire;
using VoiceFunctions.Simulator.Receivers;

namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>Names what a request does to the journal, by the rows that it writes.</summary>
internal sealed partial class JournalSteps(CallNumbers numbers)
{
    private readonly ConcurrentDictionary<string, string> roles = new();
    private readonly ConcurrentDictionary<string, string[]> limited = new();

    /// <summary>The names; none for what writes nothing.</summary>
    public IReadOnlyList<string> Of(Passing request)
    {
        var operations = TableOperation.Of(request);
        return operations switch
        {
            [] => [],
            [{ Partition: var partition, Method: var method }] when Index(partition) is { } index =>
                [method == "DELETE" ? $"unlist {index}" : $"list {index}"],
            [{ Limited: { } list, Partition: var partition }] => [.. Counted(partition, list)],
            [{ Partition: var callId }, ..] when CallId.TryParse(callId, out _) =>
                [.. OfCall(operations).Select(name => CallNumbers.Name(name, numbers.Of(callId)))],
            _ => [],
        };
    }

    private IEnumerable<string> OfCall(IReadOnlyList<TableOperation> operations) =>
        operations.Any(operation => operation is { Method: "DELETE", Row: "i:open" })
            ? ["close"]
            : [.. Events(operations), .. Claims(operations)];

    /// <summary>Which calls a limit counts since it was last written: those that hold its places, or those of one caller.</summary>
    private IEnumerable<string> Counted(string partition, string list)
    {
        string[] now = [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(counted => counted.Split('@')[0])];
        var before = limited.GetValueOrDefault(partition, []);
        limited[partition] = now;
        return
        [
            .. now.Except(before).Select(callId => CallNumbers.Name("count in", numbers.Of(callId))),
            .. before.Except(now).Select(callId => CallNumbers.Name("count out", numbers.Of(callId))),
        ];
    }

    private static string? Index(string partition) => partition.Split('-') switch
    {
        ["open", _] => "among the open calls",
        ["room", _] => "under its room",
        ["day", _] => "under its day",
        ["list", _, _] => "in the list of calls",
        _ => null,
    };

    private IEnumerable<string> Events(IReadOnlyList<TableOperation> operations)
    {
        // Where a mark need not stand already, the call has just been listed for it.
        var isListed = operations.Any(operation => operation.Row.StartsWith("i:", StringComparison.Ordinal) && !operation.MustStand);
        foreach (var row in operations.Where(operation => operation.Row.StartsWith("e:", StringComparison.Ordinal)))
        {
            var told = JsonSerializer.Deserialize(row.Data!, JournalJson.Default.CallEvent)!;
            yield return $"append {(told.Inferred ? "inferred " : "")}{Words(told.Fact)}{(isListed ? ", listed" : "")}";
        }
    }

    private IEnumerable<string> Claims(IReadOnlyList<TableOperation> operations) =>
        from row in operations
        where row.Row.StartsWith("x:", StringComparison.Ordinal)
        let claim = JsonSerializer.Deserialize(row.Data!, JournalJson.Default.EffectClaim)!
        select claim switch
        {
            { Key: CallEffect.EndCall.ClaimKey } => "commit end",
            { Status: ClaimStatus.Intent } => $"claim {Words(claim.Key)}",
            { Status: ClaimStatus.Done } => $"settle {Words(claim.Key)}",
            _ => $"settle {Words(claim.Key)} as undone",
        };

    private string Words(CallFact fact) => fact switch
    {
        CallFact.CallAnnounced => "arrived",
        CallFact.CallRequested => "requested",
        CallFact.RoomStarted => "room_started",
        CallFact.RoomFinished => "room_finished",
        CallFact.LegJoined { Leg: var leg } => $"participant_joined {RoleOf(leg)}",
        CallFact.LegLeft { Leg: var leg } => $"participant_left {RoleOf(leg)}",
        CallFact.AudioPublished { LegSid: var sid } => $"track_published {RoleOf(sid)}",
        CallFact.EndRequested => "end_requested",
        CallFact.CallScreened => "screened",
        CallFact.DialEnded => "dial result",
        CallFact.HumanDialEnded => "dial result of a human",
        CallFact.TwilioLegEnded { IsCaller: var isCaller } => isCaller ? "end of the caller's leg" : "end of the leg to LiveKit",
        CallFact.ToolBegun { Tool: var tool } => $"use of {tool}",
        CallFact.ToolAnswered { Tool: var tool } => $"answer of {tool}",
        CallFact.QualityMeasured => "measurements",
        CallFact.QualityWarned { Measure: var measure } => $"warning of {measure}",
        CallFact.Unhandled { Name: var name } => name,
        _ => fact.GetType().Name,
    };

    /// <summary>A claim's key with roles for sids, which are others in every run.</summary>
    private string Words(string key) => Sid.Replace(Recording.Replace(key, "a recording"), sid => $" {RoleOf(sid.Value[1..])}")
        .Replace("publish:", "publish ", StringComparison.Ordinal)
        .Replace($"{CallEffect.Deliver.ClaimPrefix}{EventReceiver.Name}:", "deliver ", StringComparison.Ordinal);

    [GeneratedRegex(":PA_[A-Za-z0-9]+")]
    private static partial Regex Sid { get; }

    [GeneratedRegex("EG_[A-Za-z0-9]+")]
    private static partial Regex Recording { get; }

    private string RoleOf(Leg leg) => roles[leg.Sid] = leg.Role.ToString().ToLowerInvariant();

    private string RoleOf(string sid) => roles.GetValueOrDefault(sid, "somebody");
}
