using VoiceFunctions.Simulator.LiveKit.Api;
using VoiceFunctions.Simulator.Phones;
using static VoiceFunctions.Simulator.Scenarios.Expectations;
using static VoiceFunctions.Simulator.Scenarios.Moments;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Calls whose witnesses do not agree on how long they were.</summary>
internal static class CostScenarios
{
    /// <summary>Until when LiveKit answers no deletion, from the call's beginning.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(90);

    private static readonly Caller Somebody = new("+15550101234", "+15550100");

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("ends-lost", "The caller hangs up, and only the end of Twilio's Dial is reported, so the durations differ.")
        {
            Call = network =>
            {
                InRoom(network, 15, _ =>
                {
                    network.LiveKit.WebhookFaults = network.LiveKit.WebhookFaults with { Lose = 1 };
                    network.Twilio.Faults = network.Twilio.Faults with { Lose = 1 };
                });
                return network.Twilio.CallAsync(Somebody);
            },
            Expect = HeardAgent,
        },
        new("ghost-room", "LiveKit dies, still lists a caller who has hung up, and deletes no room for a minute: a ghost room.")
        {
            NeedsEveryWebhook = true,
            Call = network =>
            {
                InRoom(network, 15, _ => network.Time.Start(() => network.LiveKit.CrashAsync(TimeSpan.FromSeconds(8))));
                var back = network.Time.Clock.GetUtcNow() + Away;
                network.LiveKit.ApiFaults = call =>
                    call.Method.EndsWith("/DeleteRoom", StringComparison.Ordinal) && network.Time.Clock.GetUtcNow() < back
                        ? new ApiFault.TimeOutUndone()
                        : null;
                return network.Twilio.CallAsync(Somebody with { Stays = TimeSpan.FromSeconds(20) });
            },
            Expect = result =>
            [
                .. HeardAgent(result),
                .. result.Rooms.All(room => room.FinishedAt - room.CallerLeftAt > TimeSpan.FromMinutes(1))
                    ? []
                    : (string[])["the room was deleted in time"],
            ],
        },
    ];
}
