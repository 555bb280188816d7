using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.LiveKit.People;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Clients;

/// <summary>
/// A call without a phone: a tenant's system begins it over the API, and somebody joins in a browser with the token that it got.
/// </summary>
internal static class BrowserCall
{
    /// <summary>How long a browser takes until its user has allowed the microphone.</summary>
    private static readonly TimeSpan AsksUser = TimeSpan.FromSeconds(2);

    /// <param name="time">The network's time.</param>
    /// <param name="liveKit">Where the browser joins.</param>
    /// <param name="api">The tenant's system.</param>
    /// <param name="caller">Who is in front of the browser.</param>
    /// <param name="key">The idempotency key of the call.</param>
    /// <param name="breaks">When the connection breaks, after joining, and for how long; <c>null</c> for never.</param>
    /// <param name="log">Is told what happens.</param>
    public static async Task<CallerExperience> PlaceAsync(
        SimulationTime time,
        SimulatedLiveKit liveKit,
        ApiClient api,
        Caller caller,
        string key,
        (TimeSpan After, TimeSpan For)? breaks,
        NetworkLog log)
    {
        using var phone = new CallerPhone(time, caller, log);
        if (await api.AuthenticateAsync() is not { } access
            || await api.StartCallAsync(access, key) is not { } started
            || (string?)started["session_token"] is not { } token)
        {
            log.Tell("caller", "was given no token");
            return phone.Experience(CallEnd.Refused, null);
        }

        log.Tell("caller", $"was given a token for the call {started["call_id"]}, which is {started["status"]}");
        var browser = new Visitor("") { Owner = caller.From };
        await time.Delay(AsksUser, CancellationToken.None);
        if (phone.IsHungUp || liveKit.Join(token, browser) is not { } visit)
        {
            return phone.Experience(CallEnd.Refused, null);
        }

        phone.NoteRoom(visit.RoomName);
        var joinedAt = time.Clock.GetUtcNow();
        phone.Connect();
        if (breaks is { } broken)
        {
            await Task.WhenAny(visit.Left, phone.HungUp, time.Delay(broken.After, CancellationToken.None));
            log.Tell("caller", "loses the connection");
            liveKit.Leave(visit, LiveKitDisconnectReason.ConnectionTimeout);
            phone.NoteConversation(visit.Sounds, joinedAt);
            await time.Delay(broken.For, CancellationToken.None);
            joinedAt = time.Clock.GetUtcNow();
            visit = phone.IsHungUp ? visit : liveKit.Join(token, browser) ?? visit;
        }

        await Task.WhenAny(visit.Left, phone.HungUp);
        liveKit.Leave(visit);
        await visit.Left;
        phone.NoteConversation(visit.Sounds, joinedAt);
        return phone.Experience(CallEnd.OtherSideHungUp, null);
    }
}
