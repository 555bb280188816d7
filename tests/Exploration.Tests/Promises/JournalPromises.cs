using VoiceFunctions.Core.Calls;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Promises;

/// <summary>What must hold of the journal after every single write.</summary>
internal sealed class JournalPromises(CallWorld world)
{
    private readonly Dictionary<string, Strand> owners = new(StringComparer.Ordinal);
    private readonly Dictionary<(Strand, CallId), CallStory> reads = [];
    private readonly Dictionary<CallId, CallStatus> statuses = [];
    private readonly Dictionary<CallId, EffectClaim> ends = [];

    public void Owns(string owner, Strand strand) => owners.TryAdd(owner, strand);

    public void Read(Strand strand, CallStory story) => reads[(strand, story.CallId)] = story;

    /// <summary>Whether a strand holds a claim of one of these kinds right now.</summary>
    public bool Holds(Strand strand, IReadOnlyList<string> prefixes) => world.Journal.Calls.Any(callId => world.Journal.Story(callId).Claims.Any(
        claim => claim.Status == ClaimStatus.Intent && owners.GetValueOrDefault(claim.Owner) == strand && prefixes.Any(prefix => claim.Key.StartsWith(prefix, StringComparison.Ordinal))));

    /// <summary>A step is decided on the story as it stands, and its record is the fold of that story and the step.</summary>
    public void Committed(Strand writer, CallStory before, JournalChange change)
    {
        if (!reads.TryGetValue((writer, before.CallId), out var read))
        {
            world.Witness.Break("a step was written without reading");
            return;
        }

        var folded = change.Events.Aggregate(CallState.Of(read), (state, callEvent) => state.Apply(callEvent)).With(change.Claims);
        if (CallRecords.Of(folded, CallWorld.Prefix) != change.Record)
        {
            world.Witness.Break("the record is not the fold of the journal");
        }

        foreach (var claim in change.Claims)
        {
            if (before.Claims.FirstOrDefault(known => known.Key == claim.Key) is { Status: ClaimStatus.Done or ClaimStatus.GivenUp } && claim.Key != CallEffect.Reconcile.ClaimKey)
            {
                world.Witness.Break($"the claim {claim.Key} was settled twice");
            }
        }
    }

    /// <summary>A status never goes back, an end never changes, and no call is declared over while its caller is there and served.</summary>
    public void Changed(CallStory story, DateTimeOffset now)
    {
        var state = CallState.Of(story);
        var status = CallRecords.Of(state, CallWorld.Prefix).Status;
        var before = statuses.GetValueOrDefault(story.CallId, CallStatus.Created);
        if (status < before || (before is CallStatus.Ended or CallStatus.Failed && status != before))
        {
            world.Witness.Break($"the status went from {before} to {status}");
        }

        statuses[story.CallId] = status;
        if (state.End is not { } end)
        {
            return;
        }

        if (!ends.TryGetValue(story.CallId, out var first))
        {
            ends[story.CallId] = end;
            if (!IsTrue(end.Result!, now))
            {
                world.Witness.Break($"the call was declared over, {end.Result}, which was not so");
            }
        }
        else if (first != end)
        {
            world.Witness.Break("the end changed");
        }
    }

    /// <summary>Whether a cause fits what really happened.</summary>
    private bool IsTrue(string cause, DateTimeOffset now)
    {
        var caller = world.Witness.Caller;
        var heard = caller.HeardUntil > caller.JoinedAt ? caller.HeardUntil : caller.JoinedAt;
        return cause switch
        {
            EndCause.NeverJoined => !caller.IsInside,
            EndCause.NoAgent => now - heard >= CallWorld.Terms.DialTimeout + CallPolicy.DialSlack,
            EndCause.MaxDuration => now - caller.JoinedAt >= CallWorld.Terms.MaxDuration,
            EndCause.CallerHangup or EndCause.DialCompleted or EndCause.DialNoAnswer or EndCause.CallerLost or EndCause.RoomClosed => caller.JoinedAt is not null && !caller.IsInside,
            _ => false,
        };
    }
}
