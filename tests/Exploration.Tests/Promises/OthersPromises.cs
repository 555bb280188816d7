using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Promises;

/// <summary>
/// What is promised to everybody but the caller: to other rooms, to other agents, to people who talk, and to the next caller. What the
/// gateway could not know is no breach: it is held against what it had read of its journal, and saw in its last list of the room.
/// </summary>
internal sealed class OthersPromises(CallWorld world)
{
    /// <summary>How long a human of ours may be left alone on the line after the caller went, where nothing goes wrong.</summary>
    private static readonly TimeSpan Released = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Strand, HashSet<string>> listed = [];
    private readonly Dictionary<string, Farewell> farewells = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> alone = new(StringComparer.Ordinal);
    private readonly HashSet<string> helpers = new(StringComparer.Ordinal);
    private ulong print;

    /// <summary>Whether an agent left on its own, or said that it had finished.</summary>
    public bool AgentHasFinished => farewells.Count > 0;

    /// <summary>Whether a name is one of the call's own agents, in all scenarios.</summary>
    public static bool IsOurs(LiveKitDispatch? dispatch) => dispatch?.AgentName is Workers.Agent or Workers.Reserve;

    /// <summary>A strand learns who is in a room: whom it sees talk, and which callers.</summary>
    public void Listed(Strand strand, string room)
    {
        Touches(room, "ListParticipants");
        listed[strand] = [.. (world.LiveKit.Find(room)?.Inside ?? []).Where(IsMinded).Select(guest => guest.Sid)];
    }

    /// <summary>Nobody else's room is asked or changed.</summary>
    public void Touches(string room, string what)
    {
        if (room != world.RoomName)
        {
            Break($"{what} in a room that is not ours");
        }
    }

    /// <summary>
    /// Removed are only agents of ours and of this call, avatars after their agent, humans of ours after the end, and callers after an end
    /// over the API.
    /// </summary>
    public void Removes(Strand strand, string room, ModelGuest? guest)
    {
        var call = world.Promises.Holder(strand);
        if (guest is null || room != world.RoomName)
        {
            return;
        }

        var isFine = guest.Kind switch
        {
            GuestKind.Agent => (IsOurs(guest.Dispatch) || !world.Witness.AgentCame) && !IsNextCalls(call, guest.Dispatch),
            GuestKind.Avatar => world.LiveKit.Find(room)!.Inside.TrueForAll(other => other.Identity != guest.Master),
            GuestKind.Caller => call?.End is { Result: EndCause.ApiEnd } end && guest.JoinedAtMs <= end.At.ToUnixTimeMilliseconds(),
            GuestKind.Human => (call?.End is not null || call?.Handoff is not null) && !(guest.HasAnswered && Saw(strand, guest)),
            _ => false,
        };
        if (!isFine)
        {
            Break($"{guest.Sid} was removed, but is neither an agent nor a human of this call");
        }
    }

    /// <summary>A dispatch is taken back only if it is ours and of this call.</summary>
    public void TakesBack(Strand strand, LiveKitDispatch? dispatch)
    {
        if (dispatch is not null && (!IsOurs(dispatch) || IsNextCalls(world.Promises.Holder(strand), dispatch)))
        {
            Break($"{dispatch.Id} was taken back, which was not the call's");
        }
    }

    /// <summary>No room is deleted under people whom others brought and who talk, or under the next caller.</summary>
    public void Closes(Strand strand, ModelRoom? room)
    {
        if (room is null || world.Promises.Holder(strand) is not { } call)
        {
            return;
        }

        foreach (var guest in room.Inside.Where(guest => IsMinded(guest) && guest.Kind != GuestKind.Human && Saw(strand, guest)))
        {
            if (guest.Kind != GuestKind.Caller)
            {
                Break($"the room was deleted under {guest.Sid}, who talked");
            }
            else if (call.End is { } end && guest.JoinedAtMs > end.At.ToUnixTimeMilliseconds() && !IsEndedBeforeItCame(call, guest))
            {
                Break($"the room was deleted under {guest.Sid}, who came after the end");
            }
        }
    }

    /// <summary>
    /// No agent is sent to people who talk, none in the place of one that had finished, and each helper once.
    /// </summary>
    public void Dispatches(Strand strand, LiveKitDispatchRequest request)
    {
        if (world.Scenario.Helpers.Contains(request.AgentName))
        {
            var metadata = DispatchMetadata.TryParse(request.Metadata);
            if (!helpers.Add($"{metadata?.CallId} {request.AgentName}"))
            {
                Break($"the helper {request.AgentName} was dispatched twice");
            }

            print += Fingerprint.Of(request.AgentName);
            return;
        }

        var known = world.Promises.ReadBy(strand, request);
        var room = world.LiveKit.Find(request.Room);
        foreach (var guest in (room?.Inside ?? []).Where(guest => guest.IsHumanHeard))
        {
            if ((listed.ContainsKey(strand) && Saw(strand, guest)) || IsTalking(known?.Legs.Find(guest.Sid)))
            {
                Break($"an agent was sent while {guest.Sid} talked");
            }
        }

        if (!world.Scenario.ReplacesAgent && known is not null && farewells.Any(said => IsKnown(known, said.Key, said.Value)))
        {
            Break("an agent that had finished was replaced");
        }

        static bool IsTalking(LegState? leg) => leg is { Joined: not null } && (leg.Leg!.IsDialled ? leg.Answered : leg.Audio) is not null;
    }

    /// <summary>An agent says that it has finished.</summary>
    public void SaysDone(ModelGuest agent) => Finished(agent, new Farewell(null));

    /// <summary>Somebody left a room.</summary>
    public void Left(ModelGuest guest, string reason, string told)
    {
        if (reason == LiveKitDisconnectReason.ClientInitiated
            && guest is { Kind: GuestKind.Agent, HasAudio: true }
            && IsOurs(guest.Dispatch))
        {
            Finished(guest, new Farewell(told));
        }
    }

    /// <summary>
    /// After the caller went a human of ours neither rings on, nor is alone on the line. With people whom others brought they may talk on.
    /// </summary>
    public void RoomChanged(ModelRoom room)
    {
        var isOver = world.Witness.Callers.Count > 0 && room.Callers.All(caller => caller.IsDead);
        var others = room.Inside.Exists(guest => guest.Kind is GuestKind.DialledOut or GuestKind.Operator && guest.IsHumanHeard);
        var left = isOver ? room.Humans.Where(human => !human.HasAnswered || !others).Select(human => human.Sid).ToList() : [];
        left.ForEach(sid => alone.TryAdd(sid, world.Schedule.Now));
        foreach (var (sid, since) in alone.Where(human => !left.Contains(human.Key)).ToList())
        {
            var patience = world.Witness.Troubles == 0
                ? Released
                : ReconcileRules.WhileTalking + EndRules.RejoinWindow + world.Witness.Patience;
            alone.Remove(sid);
            if (world.Schedule.Now - since > patience)
            {
                Break($"{sid} was left on the line for {world.Schedule.Now - since} after the caller went");
            }
        }
    }

    public ulong Print()
    {
        var all = Fingerprint.Of(print, (ulong)helpers.Count, (ulong)farewells.Count);
        return alone.Values.Aggregate(all, (sum, since) => sum + Fingerprint.Of(since));
    }

    /// <summary>Whom a deletion minds: callers, and people whom others brought and who talk.</summary>
    private static bool IsMinded(ModelGuest guest) =>
        !guest.IsDead && (guest.Kind == GuestKind.Caller || guest.IsHumanHeard);

    /// <summary>Whether it is the caller of an announced call that somebody ended while they were on their way.</summary>
    private bool IsEndedBeforeItCame(CallState call, ModelGuest guest) =>
        world.Twilio is not null && call.End?.Result is EndCause.ApiEnd or EndCause.OverLimit && guest.Sid == CallWorld.CallerSid;

    /// <summary>Whether something belongs to another call than the one that is over and acts.</summary>
    private static bool IsNextCalls(CallState? call, LiveKitDispatch? dispatch) =>
        call?.End is not null && DispatchMetadata.TryParse(dispatch?.Metadata) is { CallId: { } owner } && owner != call.CallId.Value;

    /// <summary>Whether the gateway knew that an agent had finished and was heard, and nobody came after it.</summary>
    private static bool IsKnown(CallState known, string sid, Farewell said)
    {
        if (known.Legs.Find(sid) is not { Joined: { } joined, Audio: not null } leg)
        {
            return false;
        }

        var isLast = known.Legs.All.All(other => other.Role != LegRole.Agent || !(other.Joined?.At > joined.At));
        return isLast
            && (said.Told is null ? known.Goodbyes.Of(known.Dispatches.LastOrDefault().Epoch) is not null : leg.Left?.Id == said.Told);
    }

    private bool Saw(Strand strand, ModelGuest guest) => !listed.TryGetValue(strand, out var seen) || seen.Contains(guest.Sid);

    private void Finished(ModelGuest agent, Farewell said)
    {
        farewells.TryAdd(agent.Sid, said);
        print += Fingerprint.Of(agent.Sid);
    }

    private void Break(string promise) => world.Witness.Break(promise);

    /// <summary>How an agent said that it had finished.</summary>
    /// <param name="Told">The webhook of its leaving; <c>null</c> where it said so itself.</param>
    private sealed record Farewell(string? Told);
}
