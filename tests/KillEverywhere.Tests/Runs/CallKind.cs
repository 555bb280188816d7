using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.KillEverywhere.Kinds;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>A way in which a call comes in.</summary>
internal sealed record CallKind(string Name, Func<PhoneNetwork, Caller, Task<CallerExperience>> PlaceAsync)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TalksFor = TimeSpan.FromSeconds(2);

    /// <summary>Long enough for what a killed process had begun: it is done once the claim's lease is over.</summary>
    public static readonly TimeSpan AfterALease = EffectExecutor.Lease * 3;

    /// <summary>Over Twilio, which asks for TwiML and brings the caller to LiveKit.</summary>
    public static CallKind Twilio { get; } =
        new("a call over Twilio", (network, caller) => network.Twilio.CallAsync(caller with { To = "+15550100" }));

    /// <summary>Over a SIP trunk that ends at LiveKit.</summary>
    public static CallKind Trunk { get; } =
        new("a call over a SIP trunk", (network, caller) => network.CallOverTrunkAsync(caller with { To = network.Setup.TrunkNumber }));

    /// <summary>The same, and the agent asks for a human, who picks up after a second.</summary>
    public static CallKind Handoff { get; } = Trunk with
    {
        Name = "a warm handoff",
        Agent = agent => agent with { AsksForHuman = TimeSpan.FromSeconds(2), HandoffRequest = """{"queue":"support"}""" },
        Slack = EffectExecutor.Lease,
        Stays = AfterALease,
    };

    /// <summary>Over Twilio, to a number whose calls are recorded.</summary>
    public static CallKind Recorded { get; } = new("a recorded call", (network, caller) =>
        network.Twilio.CallAsync(caller with { To = ScenarioCatalog.RecordedNumber }))
    {
        Stays = AfterALease,
    };

    /// <summary>Begun over the API, joined with a token: no phone.</summary>
    public static CallKind Browser { get; } =
        new("a call from a browser", (network, caller) => network.CallFromBrowserAsync(caller))
        {
            // A browser hears nobody until the agent speaks, and its call is counted from the joining on.
            Stays = TimeSpan.FromSeconds(30),
        };

    /// <summary>Asked for by a tenant: the gateway calls the phone.</summary>
    public static CallKind Outbound { get; } = new(
        "a call to a phone",
        (network, caller) => network.Tenant.CallAsync(new JsonObject { ["to"] = caller.From }, TimeSpan.FromMinutes(4)));

    /// <summary>Over a SIP trunk; once an agent speaks, an operator ends it over the API.</summary>
    public static CallKind Ended { get; } = new("a call that an operator ends", PlaceAndEndAsync)
    {
        Causes = [EndCause.ApiEnd],
        Steps = ["end_requested", "commit end", "delete-room", "DeleteRoom"],
    };

    /// <summary>What its agents do besides joining and speaking.</summary>
    public Func<AgentBehaviour, AgentBehaviour> Agent { get; init; } = agent => agent;

    /// <summary>How long the caller stays once somebody has answered.</summary>
    public TimeSpan Stays { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Who dies over silencing an agent leaves it beside the human until the claim's lease is over.</summary>
    public TimeSpan Slack { get; private init; }

    /// <summary>
    /// The causes that its end may have. Where LiveKit's word of the hanging up is still waiting to be sent again, asking LiveKit finds the
    /// caller gone.
    /// </summary>
    public IReadOnlyList<string> Causes { get; init; } = [EndCause.CallerHangup, EndCause.CallerLost];

    /// <summary>What the names of the steps hold at which it is killed; empty for all steps.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Whether a system of a tenant's hears of its events.</summary>
    public bool HasReceiver { get; init; }

    /// <summary>What else must hold afterwards; tells what does not.</summary>
    public Func<Aftermath, IEnumerable<string>> Promises { get; init; } = _ => [];

    /// <summary>Whether its run is one call whose caller hears an agent; otherwise <see cref="Promises"/> says what it is.</summary>
    public bool IsOneCall { get; init; } = true;

    /// <summary>Everything that only this kind is promised.</summary>
    public IEnumerable<string> Expect(Aftermath after) => [.. IsOneCall ? Runs.Promises.OneCall(after, Causes) : [], .. Promises(after)];

    /// <summary>Every kind, the plain ones first.</summary>
    public static IReadOnlyList<CallKind> All =>
    [
        Twilio, Trunk, Handoff, Recorded, Browser, Outbound, Ended,
        LimitKinds.OverTheLimit, LimitKinds.TooOften, EventKind.EventsOut, ToolKind.UsesTools, QualityKind.BadLine,
    ];

    /// <summary>Whether it is a call with nothing special to it.</summary>
    public bool IsPlain => this == Twilio || this == Trunk;

    public override string ToString() => Name;

    private static async Task<CallerExperience> PlaceAndEndAsync(PhoneNetwork network, Caller caller)
    {
        var call = network.CallOverTrunkAsync(
            caller with { To = network.Setup.TrunkNumber, Stays = TimeSpan.FromMinutes(4) });
        await TalkAsync(network, call);
        await network.Operator.EndAsync(network.LiveKit.Rooms[0].Name, CancellationToken.None);
        return await call;
    }

    /// <summary>Waits until the caller of the first room has talked with an agent for a moment, or the call is over.</summary>
    internal static async Task TalkAsync(PhoneNetwork network, Task call)
    {
        while (!call.IsCompleted && network.LiveKit.Rooms is not [{ AgentAudioAt: not null }, ..])
        {
            await network.Time.Delay(Look, CancellationToken.None);
        }

        await network.Time.Delay(TalksFor, CancellationToken.None);
    }
}
