using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Chaos;

/// <summary>A counter that finds nothing must be shown to find something: each promise is broken once.</summary>
public sealed class DefectRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly RoomFacts Room = new("RM_1", At(0))
    {
        CallerJoinedAt = At(0),
        DispatchedAt = [At(0.1)],
        Agents = [new AgentFacts(At(0.5)) { AudibleAt = At(0.6), GoneAt = At(22), LeftAt = At(22) }],
        CallerLeftAt = At(20),
        ClosedAt = At(22),
    };

    private static readonly JournalSample Sample =
        new(true, CallStatus.Ended, new EndSample("owner", At(20), EndCause.CallerHangup)) { Dispatches = 1, EndWasTold = true };

    private static readonly CallEvidence Good = new("call", Sample, At(300))
    {
        Rooms = [Room],
        WasTold = true,
        ToldEnds = [new ToldEnd(At(20.1), 1, EndCause.CallerHangup)],
    };

    [Fact]
    public void A_call_as_it_should_be_has_no_defect() => Assert.Empty(Judge(Good));

    [Fact]
    public void Two_agents_that_are_heard_at_once_for_longer_than_the_window_are_a_defect()
    {
        Assert.Empty(Judge(WithAgents(new AgentFacts(At(3)) { AudibleAt = At(4), GoneAt = At(13) })));
        Assert.Equal([DefectKind.DuplicateAgents], Judge(WithAgents(new AgentFacts(At(3)) { AudibleAt = At(4), GoneAt = At(15) })));
        Assert.Equal([DefectKind.DuplicateAgents], Judge(WithAgents(new AgentFacts(At(3)) { AudibleAt = At(4) })));
    }

    [Fact]
    public void Where_a_host_died_over_putting_one_out_its_claims_lease_is_allowed_on_top()
    {
        var left = Good with
        {
            Sample = Sample with { RemovalWasLeft = true, End = Sample.End! with { At = At(60) } },
            ToldEnds = [new ToldEnd(At(60), 1, EndCause.CallerHangup)],
        };
        var room = Room with
        {
            CallerLeftAt = At(60),
            ClosedAt = At(62),
            Agents = [Room.Agents[0] with { GoneAt = At(62), LeftAt = At(62) }, new AgentFacts(At(3)) { AudibleAt = At(4) }],
        };

        Assert.Empty(Judge(left with { Rooms = [room with { Agents = [room.Agents[0], room.Agents[1] with { GoneAt = At(28) }] }] }));
        Assert.Equal(
            [DefectKind.DuplicateAgents],
            Judge(left with { Rooms = [room with { Agents = [room.Agents[0], room.Agents[1] with { GoneAt = At(30) }] }] }));
    }

    [Fact]
    public void Two_agents_that_both_hold_the_lease_are_a_defect_for_any_time_whatever_else_was_wrong()
    {
        var first = Room.Agents[0] with { HoldsLease = true };
        var second = new AgentFacts(At(3)) { AudibleAt = At(4), GoneAt = At(4.1) };

        Assert.Equal([DefectKind.DuplicateAgents], Judge(Both(second with { HoldsLease = true }), outage: (At(0), At(30))));
        Assert.Empty(Judge(Both(second)));
        Assert.Empty(Judge(Both(second with { HoldsLease = true, AudibleAt = At(22), GoneAt = null })));

        CallEvidence Both(AgentFacts other) => Good with { Rooms = [Room with { Agents = [first, other] }] };
    }

    [Fact]
    public void Agents_that_follow_or_are_silent_do_not_overlap()
    {
        Assert.Empty(Judge(WithAgents(new AgentFacts(At(3)))));
        Assert.Equal(TimeSpan.Zero, DefectRules.LongestOverlap(
            WithAgents(new AgentFacts(At(22)) { AudibleAt = At(22), GoneAt = At(50) }).Rooms[0], At(300), new Outages()));
    }

    [Fact]
    public void Agents_whom_nobody_hears_are_no_defect_and_time_in_which_nothing_could_work_does_not_count()
    {
        var second = WithAgents(new AgentFacts(At(3)) { AudibleAt = At(4), GoneAt = At(19) });

        Assert.Empty(Judge(second with { Rooms = [second.Rooms[0] with { CallerLeftAt = At(12) }] }));
        Assert.Empty(
            Judge(second with { Rooms = [second.Rooms[0] with { CallerJoinedAt = null }] }, outage: null).Except([DefectKind.MissingEnds]));
        Assert.Equal([DefectKind.DuplicateAgents], Judge(second));
        Assert.Empty(Judge(second, outage: (At(5), At(11))));
    }

    [Fact]
    public void A_caller_who_waits_too_long_without_a_dispatch_is_a_defect()
    {
        var forgotten = Room with { DispatchedAt = [], Agents = [], CallerLeftAt = At(40), ClosedAt = At(42) };
        var end = Sample with { End = Sample.End! with { At = At(40) } };

        Assert.Equal([DefectKind.MissingAgents], Judge(Good with { Sample = end, Rooms = [forgotten] }));
        Assert.Equal([DefectKind.MissingAgents], Judge(Good with { Sample = end, Rooms = [forgotten with { DispatchedAt = [At(35)] }] }));
        Assert.Empty(Judge(Good with { Sample = end, Rooms = [forgotten with { DispatchedAt = [At(25)] }] }));
        Assert.Empty(Judge(Good with { Rooms = [forgotten with { CallerLeftAt = At(20), ClosedAt = At(22) }] }));
        Assert.Empty(Judge(Good with { Sample = end, Rooms = [forgotten] }, outage: (At(0), At(15))));
    }

    [Fact]
    public void A_caller_whose_agent_is_gone_and_not_replaced_is_a_defect()
    {
        var lost =
            Room with { Agents = [Room.Agents[0] with { GoneAt = At(2), LeftAt = At(5) }], CallerLeftAt = At(60), ClosedAt = At(62) };
        var call = Good with { Sample = Sample with { End = Sample.End! with { At = At(60) } }, Rooms = [lost] };

        Assert.Equal([DefectKind.MissingAgents], Judge(call));
        Assert.Empty(Judge(call with { Rooms = [lost with { DispatchedAt = [At(0.1), At(12)] }] }));
    }

    [Fact]
    public void A_call_without_an_end_is_a_defect_also_one_that_the_journal_never_heard_of()
    {
        Assert.Equal(
            [DefectKind.MissingEnds],
            Judge(Good with { Sample = Sample with { End = null, Status = CallStatus.AgentDispatched }, ToldEnds = [] }));
        Assert.Equal(
            [DefectKind.MissingEnds],
            Judge(Good with { Sample = new JournalSample(false, CallStatus.Created, null), ToldEnds = [] }));
        Assert.Equal([DefectKind.MissingEnds], Judge(Good with { Sample = Sample with { EndWasTold = false } }));
    }

    [Fact]
    public void A_caller_of_whom_nobody_could_know_is_no_call_but_one_of_whom_a_word_was_taken_is_and_so_is_one_who_could_be_asked_about()
    {
        var untold = Good with { Sample = new JournalSample(false, CallStatus.Created, null), ToldEnds = [], WasTold = false };
        var stayed =
            Room with { CallerLeftAt = At(55), ClosedAt = At(60), Agents = [Room.Agents[0] with { GoneAt = At(60), LeftAt = At(60) }] };

        Assert.Empty(Judge(untold, outage: (At(-5), At(25))));
        Assert.Equal([DefectKind.MissingEnds], Judge(untold));
        Assert.Equal([DefectKind.MissingEnds], Judge(untold with { WasTold = true }, outage: (At(-5), At(25))));
        Assert.Equal([DefectKind.MissingEnds], Judge(untold with { Sample = Sample with { End = null } }, outage: (At(-5), At(25))));
        Assert.Equal([DefectKind.MissingEnds], Judge(untold with { Rooms = [stayed] }, outage: (At(-5), At(20))));
        Assert.Empty(Judge(untold with { Rooms = [stayed] }, outage: (At(-5), At(30))));
    }

    [Fact]
    public void A_room_from_whose_caller_no_word_came_goes_as_an_abandoned_one()
    {
        var untold =
            Good with { Sample = new JournalSample(false, CallStatus.Created, null), ToldEnds = [], WasTold = false, JudgedAt = At(600) };
        var outage = (At(-5), At(25));

        Assert.Empty(Judge(untold with { Rooms = [Room with { ClosedAt = At(20 + 180 + 2 + 45) }] }, outage));
        Assert.Equal([DefectKind.GhostRooms], Judge(untold with { Rooms = [Room with { ClosedAt = At(20 + 180 + 2 + 46) }] }, outage));
        Assert.Equal([DefectKind.GhostRooms], Judge(untold with { Rooms = [Room with { ClosedAt = null }] }, outage));
    }

    [Fact]
    public void An_end_that_comes_far_too_late_is_a_missing_one()
    {
        var late = Sample with { End = Sample.End! with { At = At(150) } };

        Assert.Equal([DefectKind.MissingEnds], Judge(Good with { Sample = late }));
        Assert.Empty(Judge(Good with { Sample = late }, outage: (At(30), At(60))));
    }

    [Fact]
    public void An_end_that_is_told_otherwise_or_again_for_no_reason_is_a_defect()
    {
        var again = Good with { ToldEnds = [Good.ToldEnds[0], Good.ToldEnds[0] with { At = At(40), Host = 2 }] };

        Assert.Equal([DefectKind.DuplicateEnds], Judge(again));
        Assert.Empty(Judge(again, shock: At(30)));
        Assert.Contains(
            DefectKind.DuplicateEnds,
            Judge(Good with { ToldEnds = [Good.ToldEnds[0], Good.ToldEnds[0] with { Cause = EndCause.NoAgent }] }, shock: At(20)));
    }

    [Fact]
    public void A_room_that_outlives_its_call_is_a_defect()
    {
        Assert.Equal([DefectKind.GhostRooms], Judge(Good with { Rooms = [Room with { ClosedAt = At(70) }] }));
        Assert.Equal([DefectKind.GhostRooms], Judge(Good with { Rooms = [Room with { ClosedAt = null }] }));
        Assert.Empty(Judge(Good with { Rooms = [Room with { ClosedAt = At(66) }] }));
    }

    [Fact]
    public void A_room_that_was_opened_again_for_an_agent_alone_is_a_ghost_but_one_that_nobody_was_in_is_not()
    {
        var reopened = new RoomFacts("RM_2", At(30)) { DispatchedAt = [At(30)], Agents = [new AgentFacts(At(31))] };

        Assert.Equal([DefectKind.GhostRooms], Judge(Good with { Rooms = [Room, reopened] }));
        Assert.Empty(Judge(Good with { Rooms = [Room, reopened with { Agents = [] }] }));
        Assert.Empty(Judge(Good with { Rooms = [Room, reopened with { ClosedAt = At(60) }] }));
    }

    private static CallEvidence WithAgents(AgentFacts second) => Good with { Rooms = [Room with { Agents = [Room.Agents[0], second] }] };

    private static IEnumerable<DefectKind> Judge(
        CallEvidence call, (DateTimeOffset From, DateTimeOffset Until)? outage = null, DateTimeOffset? shock = null)
    {
        var outages = new Outages();
        if (outage is var (from, until))
        {
            outages.Add(from, until);
        }

        if (shock is { } at)
        {
            outages.Shock(at);
        }

        return DefectRules.Of(call, outages).Select(defect => defect.Kind);
    }

    private static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);
}
