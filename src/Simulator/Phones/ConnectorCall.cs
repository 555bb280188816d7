using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.LiveKit.People;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Phones;

/// <summary>A call that a connector of LiveKit's brings into a room: no SIP, no trunk.</summary>
internal static class ConnectorCall
{
    public static async Task<CallerExperience> PlaceAsync(
        SimulationTime time, SimulatedLiveKit liveKit, Caller caller, string roomName, NetworkLog log)
    {
        using var phone = new CallerPhone(time, caller, log);
        phone.NoteRoom(roomName);
        var visit = liveKit.Come(roomName, new Visitor($"connector_{caller.From}") { IsOverConnector = true });
        await phone.HearAsync(Task.WhenAny(visit.SpokenTo, visit.Left), span => new Heard.Ringing(span));
        var answeredAt = time.Clock.GetUtcNow();
        var isAnswered = visit.SpokenTo.IsCompleted && !phone.IsHungUp;
        if (isAnswered)
        {
            phone.Connect();
            await Task.WhenAny(visit.Left, phone.HungUp);
        }

        liveKit.Leave(visit);
        await visit.Left;
        if (isAnswered)
        {
            phone.NoteConversation(visit.Sounds, answeredAt);
        }

        return phone.Experience(isAnswered ? CallEnd.OtherSideHungUp : CallEnd.Refused, null);
    }
}
