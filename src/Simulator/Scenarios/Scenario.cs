using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>A call with a plot: who rings up, and what goes wrong.</summary>
/// <param name="Name">What a user types.</param>
/// <param name="Description">The plot in one line.</param>
public sealed record Scenario(string Name, string Description)
{
    /// <summary>How long a room may outlive its call before something is wrong.</summary>
    private static readonly TimeSpan RoomsCloseWithin = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How much slower everything may be in real time, or where webhooks come late: then a caller is gone for good only when they could
    /// have come back.
    /// </summary>
    private static readonly TimeSpan Disturbed = TimeSpan.FromSeconds(7);

    /// <summary>How many calls come of it. Default 1.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>Whether a tenant asks for its call over the API.</summary>
    public bool IsAskedFor { get; init; }

    /// <summary>
    /// Whether it shows what a webhook alone can tell, such as why somebody left: no question to LiveKit replaces that one where it is
    /// lost, or comes later than the answer.
    /// </summary>
    public bool NeedsEveryWebhook { get; init; }

    /// <summary>Whether the gateway must reach the simulated Twilio's control of live calls: only one in this process can.</summary>
    public bool NeedsCallControl { get; init; }

    /// <summary>Whether a system of a tenant's hears of lifecycle events.</summary>
    public bool HasReceiver { get; init; }

    /// <summary>What the gateway must be set to besides <see cref="ScenarioCatalog.GatewaySettings"/>.</summary>
    public IReadOnlyDictionary<string, string> GatewaySettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Prepares the network, which is in its usual state.</summary>
    public Action<PhoneNetwork> Arrange { get; init; } = _ => { };

    /// <summary>Places the call and waits for its end.</summary>
    public required Func<PhoneNetwork, Task<CallerExperience>> Call { get; init; }

    /// <summary>What the caller has to have lived through; tells what is missing.</summary>
    public Func<ScenarioResult, IEnumerable<string>> Expect { get; init; } = _ => [];

    /// <summary>
    /// Plays the call through the gateway at this base URL, and waits until its rooms are closed and what was late on the way has arrived.
    /// To be called on the network's scheduler; in a virtual time that is anywhere inside <c>Run</c>.
    /// </summary>
    public async Task<ScenarioResult> PlayAsync(PhoneNetwork network, Uri gateway, CancellationToken cancellationToken)
    {
        network.Reset();
        network.Connect(gateway);
        Arrange(network);
        var earlier = network.LiveKit.Rooms.Count;

        var experience = await Call(network).WaitAsync(cancellationToken);

        var giveUpAt = network.Time.Clock.GetUtcNow() + RoomsCloseWithin;
        while (network.LiveKit.Rooms.Skip(earlier).Any(room => room.FinishedAt is null) && network.Time.Clock.GetUtcNow() < giveUpAt)
        {
            await network.Time.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        await network.Time.Delay(network.Setup.Faults.Late + TimeSpan.FromSeconds(1), cancellationToken);
        return new ScenarioResult(this, experience, [.. network.LiveKit.Rooms.Skip(earlier)], network.Twilio.Disagreements)
        {
            Receiver = HasReceiver ? network.Receiver : null,
            Complaints = network.Tenant.Complaints,
            Slack = network.Time is RealTime || network.Setup.Faults != DeliveryFaults.None ? Disturbed : TimeSpan.Zero,
        };
    }
}
