using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Phones;

/// <summary>A call that a SIP trunk brings to LiveKit, with nothing in between.</summary>
internal static class TrunkCall
{
    public static async Task<CallerExperience> PlaceAsync(SimulationTime time, SimulatedLiveKit liveKit, Caller caller, NetworkLog log)
    {
        using var phone = new CallerPhone(time, caller, log);
        var leg = liveKit.PlaceCall(new InboundSipCall(caller.From, caller.To));
        phone.NoteRoom(leg.RoomName);
        await phone.HearAsync(Task.WhenAny(leg.Answered, leg.Ended), span => new Heard.Ringing(span));
        if (leg.Answered.IsCompleted && !phone.IsHungUp)
        {
            var answeredAt = time.Clock.GetUtcNow();
            phone.Connect();
            await Task.WhenAny(leg.Ended, phone.HungUp);
            leg.HangUp();
            await leg.Ended;
            phone.NoteConversation(leg.Sounds, answeredAt);
            if (leg.TransferredTo is { } human && !phone.IsHungUp)
            {
                await TalkOutsideAsync(time, phone, human, log);
            }

            return phone.Experience(CallEnd.OtherSideHungUp, null);
        }

        leg.HangUp();
        await leg.Ended;
        return phone.Experience(CallEnd.Refused, null);
    }

    /// <summary>The trunk has connected the caller with somebody else: LiveKit has no part in it any more.</summary>
    private static async Task TalkOutsideAsync(SimulationTime time, CallerPhone phone, Human human, NetworkLog log)
    {
        var answers = human.AnswersAfter ?? TimeSpan.FromSeconds(30);
        await phone.HearAsync(time.Delay(answers, CancellationToken.None), span => new Heard.Ringing(span));
        if (human.AnswersAfter is not null && !phone.IsHungUp)
        {
            log.Tell("human", "answers the caller whom the trunk gave to them");
            var talks = human.Talks is { } some ? time.Delay(some, CancellationToken.None) : phone.HungUp;
            await phone.HearAsync(talks, span => new Heard.Human(span));
        }
    }
}
