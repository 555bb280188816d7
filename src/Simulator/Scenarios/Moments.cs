namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>When something happens in a scenario.</summary>
internal static class Moments
{
    /// <summary>Does something in the room of the call, so long after the call was placed.</summary>
    public static void InRoom(PhoneNetwork network, double seconds, Action<string> act)
    {
        var earlier = network.LiveKit.Rooms.Count;
        _ = network.Time.Start(async () =>
        {
            await network.Time.Delay(TimeSpan.FromSeconds(seconds), CancellationToken.None);
            if (network.LiveKit.Rooms.Skip(earlier).FirstOrDefault(room => !room.IsForeign) is { FinishedAt: null } room)
            {
                act(room.Name);
            }
        });
    }
}
