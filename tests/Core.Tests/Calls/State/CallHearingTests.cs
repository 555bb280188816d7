using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.State;

public sealed class CallHearingTests
{
    private static readonly object[] Spoken = [Joined(0), Dispatched(0.3), Joined(1, Agent()), Track(2, "TR_1")];
    private static readonly Leg Operator = Other(LegRole.DialledOut, "PA_operator") with { SipCallStatus = LiveKitSipCallStatus.Ringing };

    [Fact]
    public void An_agent_that_unpublishes_its_audio_is_heard_no_longer()
    {
        Assert.Null(Silence(Spoken));
        Assert.Equal(At(10), Silence([.. Spoken, NoTrack(10, "TR_1")]));
        Assert.Null(Silence([.. Spoken, NoTrack(10, "TR_1"), Track(12, "TR_2")]));
    }

    [Fact]
    public void Another_track_goes_on_being_heard() => Assert.Null(Silence([.. Spoken, Track(3, "TR_2"), NoTrack(10, "TR_1")]));

    [Fact]
    public void The_order_in_which_its_beginning_and_end_are_told_does_not_matter() =>
        Assert.Equal(At(10), Silence([NoTrack(10, "TR_1"), .. Spoken]));

    [Fact]
    public void An_avatar_that_comes_before_its_agent_speaks_for_it_from_the_agents_coming_on()
    {
        var avatar = Other(LegRole.Agent, "PA_avatar") with { OnBehalfOf = Agent().Identity };
        object[] early = [Joined(0), Dispatched(0.3), Joined(1, avatar), Audio(2, avatar)];

        Assert.Equal(At(0), Silence(early));
        Assert.Equal(5, CallSilence.Total(new Scene([.. early, Joined(5, Agent()), Left(60), Ended(60)]).State)?.TotalSeconds);
    }

    [Fact]
    public void A_leaving_that_the_list_showed_counts_from_when_LiveKits_word_says_that_it_was()
    {
        var listed = Left(20, Agent(), LiveKitDisconnectReason.Unknown) with { Inferred = true };

        Assert.Equal(At(20), Silence([.. Spoken, listed]));
        Assert.Equal(At(12), Silence([.. Spoken, listed, Left(22, Agent()) with { HappenedAt = At(12) }]));
    }

    [Fact]
    public void Who_toggles_without_end_counts_as_heard()
    {
        var toggles = Enumerable.Range(0, CallHearing.ToggledTracks)
            .SelectMany(i => new object[] { Track(10 + i, $"TR_t{i}"), NoTrack(10.5 + i, $"TR_t{i}") });

        Assert.Null(Silence([.. Spoken, NoTrack(9, "TR_1"), .. toggles]));
    }

    [Fact]
    public void A_phone_that_somebody_dialled_is_heard_from_its_answer_on_and_not_while_it_rings()
    {
        object[] rung = [Joined(0), Dispatched(0.3), Joined(1, Operator), Audio(2, Operator)];

        Assert.Equal(At(0), Silence(rung));
        Assert.Null(Silence([.. rung, Answered(8, Operator)]));
        Assert.Equal(At(30), Silence([.. rung, Answered(8, Operator), Left(30, Operator)]));
    }

    [Fact]
    public void A_guest_is_heard_while_they_publish_audio()
    {
        var guest = Other(LegRole.Guest);

        Assert.Equal(At(0), Silence(Joined(0), Joined(1, guest)));
        Assert.Null(Silence(Joined(0), Joined(1, guest), Audio(2, guest)));
        Assert.Equal(At(0), Silence(Joined(0), Joined(1, guest with { IsHidden = true }), Audio(2, guest)));
    }

    [Fact]
    public void A_late_word_counts_from_when_it_happened()
    {
        var late = Joined(47) with { HappenedAt = At(0.5) };

        Assert.Equal(At(0.5), Silence(late));
        Assert.Equal(At(0.5), new Scene(late).Record.CreatedAt);
        Assert.Equal(59.5, CallSilence.Total(new Scene(late, Left(61) with { HappenedAt = At(60) }, Ended(62)).State)?.TotalSeconds);
        Assert.Equal(At(60), new Scene(late, Left(61) with { HappenedAt = At(60) }, Ended(62)).Record.EndedAt);
    }

    [Fact]
    public void An_agent_that_no_longer_renewed_its_lease_was_silent_from_its_last_renewal_on()
    {
        var lease = Done("lease:1", 20, Agent().Identity) with { Until = At(24) };
        object[] history = [.. Spoken, lease, Dispatched(26, 2), Joined(27, Agent("PA_2")), Audio(28, Agent("PA_2")), Left(60), Ended(60)];

        Assert.Equal(2 + 8, CallSilence.Total(new Scene(history).State)?.TotalSeconds);
    }

    private static DateTimeOffset? Silence(params object[] history) => CallSilence.Since(new Scene(history).State);

    private static CallEvent Track(double at, string sid) =>
        InRoom(at, new CallFact.AudioPublished(AgentSid, Agent().Identity) { TrackSid = sid });

    private static CallEvent NoTrack(double at, string sid) => InRoom(at, new CallFact.AudioUnpublished(AgentSid, Agent().Identity, sid));
}
