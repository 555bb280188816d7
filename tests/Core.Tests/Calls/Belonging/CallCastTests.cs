using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Belonging;

public sealed class CallCastTests
{
    private static readonly Leg Avatar = new("PA_avatar", "avatar-worker", LegRole.Agent) { OnBehalfOf = Agent().Identity };

    [Fact]
    public void The_voice_agent_carries_the_name_that_the_call_asked_for() =>
        Assert.Equal(LegPart.VoiceAgent, PartOf(Agent(), Joined(0), Dispatched(0.3), Joined(1, Agent())));

    [Fact]
    public void The_holder_of_the_lease_is_the_voice_agent_whatever_its_name()
    {
        var holder = new Leg("PA_1", "agent-AJ_1", LegRole.Agent) { AgentName = "" };

        Assert.Equal(LegPart.VoiceAgent, PartOf(holder, Joined(0), Dispatched(0.3), Done("lease:1", 1, "AJ_1"), Joined(1, holder)));
    }

    [Fact]
    public void An_agent_that_joins_by_a_plain_token_of_the_settings_prefix_is_the_voice_agent()
    {
        var plain = new Leg("PA_1", "bot-1", LegRole.Agent) { HasAgentPrefix = true };

        Assert.Equal(LegPart.VoiceAgent, PartOf(plain, Joined(0), Dispatched(0.3), Joined(1, plain)));
    }

    [Fact]
    public void A_silent_agent_of_another_name_is_a_helper_before_and_beside_the_voice_agent()
    {
        Assert.Equal(LegPart.Helper, PartOf(Helper(), Joined(0, Helper()), Joined(1), Dispatched(1.3)));
        Assert.Equal(LegPart.Helper, PartOf(Helper(), Joined(0), Dispatched(0.3), Joined(1, Agent()), Joined(2, Helper())));
    }

    [Fact]
    public void Without_a_voice_agent_of_its_own_the_first_agent_that_is_heard_is_the_calls()
    {
        object[] history =
            [Joined(0), Dispatched(0.3), Joined(1, Helper()), Joined(2, Helper("PA_2", "reception")), Audio(3, Helper("PA_2"))];

        Assert.Equal(LegPart.Helper, PartOf(Helper(), history));
        Assert.Equal(LegPart.VoiceAgent, PartOf(Helper("PA_2", "reception"), history));
        Assert.Equal(LegPart.Helper, PartOf(Helper("PA_2", "reception"), [.. history, Joined(9, Agent())]));
    }

    [Fact]
    public void A_helper_that_the_route_sent_is_never_the_voice_agent_although_it_is_heard_first()
    {
        var sent = Done(new CallEffect.DispatchHelper("transcriber").ClaimKeys[0], 0.5, "created:AD_9") with { Agent = "transcriber" };

        Assert.Equal(LegPart.Helper, PartOf(Helper(), Joined(0), Dispatched(0.3), sent, Joined(1, Helper()), Audio(2, Helper())));
    }

    [Fact]
    public void An_avatar_is_a_part_of_its_agent_and_its_audio_is_the_agents()
    {
        var scene = new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Joined(2, Avatar), Audio(3, Avatar));

        Assert.Equal(LegPart.Avatar, scene.State.Cast.PartOf(Avatar));
        Assert.Null(CallSilence.Since(scene.State));
        Assert.IsNotType<CallEffect.RemoveSurplusAgents>(scene.DueAt(4));
        Assert.NotNull(CallSilence.Since(scene.And(Left(9, Agent())).State));
    }

    [Theory]
    [InlineData(LegRole.Caller, LegPart.Caller)]
    [InlineData(LegRole.Human, LegPart.Human)]
    [InlineData(LegRole.DialledOut, LegPart.Human)]
    [InlineData(LegRole.Guest, LegPart.Human)]
    [InlineData(LegRole.Recorder, LegPart.Nobody)]
    public void Everybody_else_is_what_LiveKit_says(LegRole role, LegPart part) =>
        Assert.Equal(part, PartOf(Other(role), Joined(0), Joined(1, Other(role))));

    [Fact]
    public void A_hidden_listener_is_nobody() =>
        Assert.Equal(LegPart.Nobody, PartOf(Other(LegRole.Guest) with { IsHidden = true }, Joined(0)));

    [Fact]
    public void In_a_call_of_an_earlier_version_which_did_not_note_names_every_agent_is_a_voice_agent() =>
        Assert.Equal(LegPart.VoiceAgent, PartOf(Helper(), Joined(0), Done("dispatch:1", 0.3, "created:AD_1"), Joined(1, Helper())));

    [Fact]
    public void No_agent_is_sent_to_people_who_talk()
    {
        var operator7 = Other(LegRole.Guest);
        var talking = new Scene(Started(0), Joined(1, operator7), Audio(2, operator7), Joined(3));

        Assert.Null(talking.DueAt(3));
        Assert.Equal(new CallEffect.DispatchAgent(1), talking.And(Left(8, operator7)).DueAt(8));
        Assert.Equal(new CallEffect.DispatchAgent(1), new Scene(Started(0), Joined(1, operator7), Joined(3)).DueAt(3));
    }

    [Fact]
    public void A_helper_beside_the_agent_is_never_surplus() => Assert.IsNotType<CallEffect.RemoveSurplusAgents>(
        new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(1.5), Joined(2, Helper()), Audio(3, Helper())).DueAt(3));

    [Fact]
    public void A_helper_ends_no_silence()
    {
        var scene = new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Joined(2, Helper()), Audio(3, Helper()));

        Assert.Equal(At(0), CallSilence.Since(scene.State));
    }

    private static LegPart PartOf(Leg leg, params object[] history) => new Scene(history).State.Cast.PartOf(leg);
}
