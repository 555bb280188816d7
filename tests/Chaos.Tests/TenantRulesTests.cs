using VoiceFunctions.Chaos.Verdict;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Receivers;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Chaos;

public sealed class TenantRulesTests
{
    private const string Search = "searchTeeTimes";
    private const string Cancel = "cancelReservation";
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly CallEvidence Good = new(
        "call",
        new JournalSample(true, CallStatus.Ended, null)
        {
            Happened = [Happening("started", 1), Happening("joined", 3), Happening("ended", 10)],
            Tools = [Used("a", Search, "done"), Used("b", Cancel, "unknown")],
            Warnings = ["jitter of PA_1", "loss of PA_1"],
        },
        Noon)
    {
        CallId = "call",
        Received = [Received("started", 1), Received("joined", 3), Received("ended", 10)],
        ToldOfTools = [Told("a", Search, "done"), Told("a", Search, "done"), Told("b", Cancel, "unknown")],
        ToolKeys = ["call.a", "call.a", "call.b"],
    };

    [Fact]
    public void A_call_as_it_should_be_has_no_defect() => Assert.Empty(Judge(Good));

    [Fact]
    public void An_event_that_was_lost_or_made_up_or_renamed_is_a_defect()
    {
        Assert.Equal([DefectKind.BrokenEvents], Judge(Good with { Received = [.. Good.Received.SkipLast(1)] }));
        Assert.Equal([DefectKind.BrokenEvents], Judge(Good with { Received = [.. Good.Received, Received("never", 11)] }));
        Assert.Equal(
            [DefectKind.BrokenEvents],
            Judge(Good with { Received = [Good.Received[0] with { WebhookId = "another" }, .. Good.Received.Skip(1)] }));
    }

    [Fact]
    public void An_event_may_come_again_later_but_not_from_two_hosts_at_one_time()
    {
        Assert.Empty(Judge(Good with { Received = [.. Good.Received, Received("joined", 18)] }));
        Assert.Equal(
            [DefectKind.BrokenEvents],
            Judge(Good with { Received = [Good.Received[0], Received("joined", 3), Received("joined", 3.2), Good.Received[2]] }));
    }

    [Fact]
    public void An_event_that_overtakes_another_is_a_defect_unless_that_one_became_known_later()
    {
        CallEvidence swapped = Good with { Received = [Good.Received[1], Good.Received[0], Good.Received[2]] };
        var late = Happening("started", offered: 5);

        Assert.Equal([DefectKind.BrokenEvents], Judge(swapped));
        Assert.Empty(Judge(swapped with { Sample = Good.Sample with { Happened = [late, .. Good.Sample.Happened.Skip(1)] } }));
    }

    [Fact]
    public void A_key_that_no_tool_call_on_the_record_has_is_a_defect_and_other_calls_keys_are_not()
    {
        Assert.Equal([DefectKind.BrokenTools], Judge(Good with { ToolKeys = [.. Good.ToolKeys, "call.c"] }));
        Assert.Empty(Judge(Good with { ToolKeys = [.. Good.ToolKeys, "other.c"] }));
    }

    [Fact]
    public void A_tool_that_must_not_be_asked_again_and_is_is_a_defect() =>
        Assert.Equal([DefectKind.BrokenTools], Judge(Good with { ToolKeys = [.. Good.ToolKeys, "call.b"] }));

    [Fact]
    public void An_agent_that_is_told_two_things_or_something_else_than_the_record_says_is_a_defect()
    {
        Assert.Equal([DefectKind.BrokenTools], Judge(Good with { ToldOfTools = [.. Good.ToldOfTools, Told("a", Search, "failed")] }));
        Assert.Equal([DefectKind.BrokenTools], Judge(Good with { ToldOfTools = [Told("b", Cancel, "done")] }));
        Assert.Empty(Judge(Good with { ToldOfTools = [new ToolTruth("a", Search, ""), .. Good.ToldOfTools] }));
    }

    [Fact]
    public void A_spike_that_is_warned_of_twice_is_a_defect() => Assert.Equal(
        [DefectKind.RepeatedWarnings],
        Judge(Good with { Sample = Good.Sample with { Warnings = [.. Good.Sample.Warnings, "loss of PA_1"] } }));

    private static IEnumerable<DefectKind> Judge(CallEvidence call) => TenantRules.Of(call).Select(defect => defect.Kind);

    private static Happening Happening(string id, double offered) => new(id, id, Noon.AddSeconds(offered));

    private static ReceivedEvent Received(string id, double at) =>
        new(id, id, "call", Noon.AddSeconds(at), id) { ReceivedAt = Noon.AddSeconds(at) };

    private static ToolRecord Used(string id, string tool, string outcome) => new(id, tool, Noon) { Outcome = outcome };

    private static ToolTruth Told(string id, string tool, string outcome) => new(id, tool, $$"""{"outcome":"{{outcome}}"}""");
}
