using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Core.Calls.Dispatch;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Which promises were broken to one call. Pure: the same evidence gives the same verdict.</summary>
internal static class DefectRules
{
    /// <summary>Every defect of a call.</summary>
    public static IEnumerable<Defect> Of(CallEvidence call, Outages outages) =>
    [
        .. DuplicateAgents(call, outages),
        .. MissingAgents(call, outages),
        .. Ends(call, outages),
        .. GhostRooms(call, outages),
        .. LimitRules.Of(call),
        .. TenantRules.Of(call),
        .. call.Unproven.Select(words => new Defect(DefectKind.UnprovenHistories, call.Name, words)),
    ];

    /// <summary>
    /// The longest time in which a caller heard two agents or more at once; not counting the time in which no gateway could work.
    /// </summary>
    public static TimeSpan LongestOverlap(RoomFacts room, DateTimeOffset until, Outages outages)
    {
        if (room.CallerJoinedAt is not { } joined)
        {
            return TimeSpan.Zero;
        }

        var alone = Earliest(room.CallerLeftAt, room.ClosedAt, until);
        var changes = room.Agents
            .Where(agent => agent.AudibleAt is not null)
            .SelectMany(agent => new[] { (At: Within(agent.AudibleAt!.Value), By: 1), (At: Within(agent.GoneAt ?? alone), By: -1) })
            .OrderBy(change => change.At)
            .ThenBy(change => change.By);
        var (count, since, longest) = (0, DateTimeOffset.MinValue, TimeSpan.Zero);
        foreach (var (at, by) in changes)
        {
            if (count >= 2 && count + by < 2 && outages.Able(since, at) is var overlap && overlap > longest)
            {
                longest = overlap;
            }

            if (count < 2 && count + by >= 2)
            {
                since = at;
            }

            count += by;
        }

        return longest;

        DateTimeOffset Within(DateTimeOffset at) => at < joined ? joined : at > alone ? alone : at;
    }

    /// <summary>The longest time in which a caller was there, a gateway could work, and no agent was there or had been sent for.</summary>
    public static TimeSpan LongestWait(CallEvidence call, RoomFacts room, Outages outages)
    {
        if (room.CallerJoinedAt is not { } joined)
        {
            return TimeSpan.Zero;
        }

        var until = Earliest(room.CallerLeftAt, room.ClosedAt, room.HandedOverAt, call.Sample.End?.At, call.JudgedAt);
        var longest = TimeSpan.Zero;
        foreach (var from in room.Agents.Select(agent => agent.LeftAt)
            .OfType<DateTimeOffset>()
            .Where(left => left > joined)
            .Prepend(joined))
        {
            // An agent that is still there, or one that was sent for and may be on its way, ends the wait.
            var isHelped = room.Agents.Any(agent => agent.JoinedAt <= from && (agent.LeftAt ?? DateTimeOffset.MaxValue) > from)
                || (from > joined && room.DispatchedAt.Count >= DispatchRules.MaxEpochs);
            var helpAt = room.DispatchedAt.Concat(room.Agents.Select(agent => agent.JoinedAt))
                .Where(at => at >= from)
                .DefaultIfEmpty(DateTimeOffset.MaxValue)
                .Min();
            var wait = isHelped ? TimeSpan.Zero : outages.Able(from, Earliest(helpAt, until));
            longest = wait > longest ? wait : longest;
        }

        return longest;
    }

    /// <summary>How long two agents may be heard at once in a call, where not both hold the lease.</summary>
    public static TimeSpan AllowedOverlap(CallEvidence call) =>
        Windows.Surplus + (call.Sample.RemovalWasLeft ? Windows.Takeover : TimeSpan.Zero);

    /// <summary>
    /// Whether nobody could know of a caller: they came while nothing could work, no word of theirs was taken, and they were gone before a
    /// gateway could have asked LiveKit which rooms there are.
    /// </summary>
    public static bool IsUntold(CallEvidence call, Outages outages)
    {
        return !call.Sample.IsCall
            && !call.WasTold
            && call.HadCaller
            && call.Rooms.All(room => room.CallerJoinedAt is not { } joined || WasHidden(joined, room.CallerLeftAt ?? call.JudgedAt));

        bool WasHidden(DateTimeOffset joined, DateTimeOffset left) =>
            outages.Able(joined, left) is var able && able < left - joined && able <= Windows.Dispatch;
    }

    private static IEnumerable<Defect> DuplicateAgents(CallEvidence call, Outages outages)
    {
        foreach (var room in call.Rooms)
        {
            var holders = room with { Agents = [.. room.Agents.Where(agent => agent.HoldsLease)] };
            if (LongestOverlap(holders, call.JudgedAt, new Outages()) is var never && never > TimeSpan.Zero)
            {
                yield return new Defect(
                    DefectKind.DuplicateAgents,
                    call.Name,
                    $"its caller heard two agents that both held the lease at one time for {Seconds(never)} in {room.Sid}");
            }
            else if (LongestOverlap(room, call.JudgedAt, outages) is var overlap && overlap > AllowedOverlap(call))
            {
                yield return new Defect(
                    DefectKind.DuplicateAgents, call.Name, $"its caller heard two agents at one time for {Seconds(overlap)} in {room.Sid}");
            }
        }
    }

    private static IEnumerable<Defect> MissingAgents(CallEvidence call, Outages outages) =>
        from room in call.Rooms
        let wait = LongestWait(call, room, outages)
        where wait > Windows.Dispatch + outages.Engine
        select new Defect(DefectKind.MissingAgents, call.Name, $"its caller waited {Seconds(wait)} without a dispatch in {room.Sid}");

    private static IEnumerable<Defect> Ends(CallEvidence call, Outages outages)
    {
        if (!call.IsCall || IsUntold(call, outages))
        {
            yield break;
        }

        var leftAt = call.Rooms.Max(room => room.CallerJoinedAt is null ? null : room.CallerLeftAt);
        if (call.Sample.End is not { } end)
        {
            yield return new Defect(DefectKind.MissingEnds, call.Name, $"it is {call.Sample.Status} and was never ended");
        }
        else if (leftAt is { } left && outages.Able(left, end.At) is var late && late > Windows.End + outages.Engine)
        {
            yield return new Defect(DefectKind.MissingEnds, call.Name, $"it was ended {Seconds(late)} after its caller had left");
        }
        else if (!call.Sample.EndWasTold)
        {
            yield return new Defect(DefectKind.MissingEnds, call.Name, "its end was never told");
        }

        foreach (var told in call.ToldEnds.Where(told => told.Cause != call.Sample.End?.Cause))
        {
            yield return new Defect(
                DefectKind.DuplicateEnds,
                call.Name,
                $"its end was told as {told.Cause}, and the journal has {call.Sample.End?.Cause ?? "none"}");
        }

        foreach (var again in call.ToldEnds.Skip(1).Where(again => !outages.AnyShock(call.ToldEnds[0].At - Windows.ToldAgain, again.At)))
        {
            yield return new Defect(
                DefectKind.DuplicateEnds, call.Name, $"its end was told again by host {again.Host} though nothing had failed");
        }
    }

    private static IEnumerable<Defect> GhostRooms(CallEvidence call, Outages outages)
    {
        foreach (var room in call.Rooms.Where(room => room.WasUsed))
        {
            // A room whose caller still waits for the end to be known is the end's matter; one that nobody rang up for is due at once, one
            // of whose caller nobody knows when it counts as abandoned.
            var end = call.Sample.End?.At
                ?? (room.CallerJoinedAt is null ? room.OpenedAt : IsUntold(call, outages) ? room.CallerLeftAt + Windows.Abandonment : null);
            var due = (end > room.OpenedAt ? end : room.OpenedAt) + Windows.Grace;
            if (end is not null
                && outages.Able(due!.Value, room.ClosedAt ?? call.JudgedAt) is var late
                && late > Windows.Room + outages.Engine)
            {
                yield return new Defect(
                    DefectKind.GhostRooms,
                    call.Name,
                    $"{room.Sid} lived on for {Seconds(late)} after its grace{(room.ClosedAt is null ? " and still does" : "")}");
            }
        }
    }

    private static DateTimeOffset Earliest(params IEnumerable<DateTimeOffset?> times) => times.OfType<DateTimeOffset>().Min();

    private static string Seconds(TimeSpan time) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
