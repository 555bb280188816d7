using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Chaos.Faults;

/// <summary>What goes wrong on the way from the network to the gateways.</summary>
internal static class NetworkFaults
{
    private static readonly (string Words, string Name)[] Told =
    [
        ("lost the webhook", "webhook lost for ever"),
        ("doubled the webhook", "webhook delivered twice"),
        ("held back the webhook", "webhook overtaken by later ones"),
        ("lost the status callback", "status callback lost for ever"),
        ("doubled the status callback", "status callback delivered twice"),
        ("doubled the request", "voice or dial-result request made twice"),
        ("lost the phone", "phone aborted while it joined"),
        ("broke off before", "agent aborted while it joined"),
        ("dropped the webhook", "webhook dropped by LiveKit's queue"),
    ];

    /// <summary>The probabilities.</summary>
    public static DeliveryFaults Of(IReadOnlySet<string> faults) => new()
    {
        Duplicate = faults.Contains(FaultName.Redeliver) ? 0.20 : 0,
        CopiesAfter = DeliveryFaults.LiveKitSchedule,
        Reorder = faults.Contains(FaultName.Reorder) ? 0.05 : 0,
        Lose = faults.Contains(FaultName.Lose) ? 0.01 : 0,
    };

    /// <summary>Counts a fault that the network tells of.</summary>
    public static void Count(NetworkEvent happened, Tally tally)
    {
        foreach (var (words, name) in Told)
        {
            if (happened.What.StartsWith(words, StringComparison.Ordinal))
            {
                tally.Add(name);
            }
        }
    }
}
