using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Simulator.Tests.LiveKit.Contract;

/// <summary>The simulated LiveKit, asked over HTTP by the client that the gateway uses.</summary>
internal sealed class SimulatedWorld : ILiveKitWorld
{
    private static readonly TimeSpan Answers = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Joins = TimeSpan.FromMilliseconds(400);

    private readonly Simulation simulation;
    private readonly HttpMessageInvoker http;
    private readonly LiveKitEventMapper mapper =
        new(new RoomScope(new RoomNaming("call")), new ParticipantMapper(agentIdentityPrefix: null));
    private SipLeg? phone;

    private SimulatedWorld(Simulation simulation)
    {
        this.simulation = simulation;
        simulation.Network.LiveKit.Trunks = [new SipTrunk("ST_1", new SipDispatchRule.Callee("SDR_1", "call"))];
        simulation.Network.Human = new Human { AnswersAfter = Answers };
        http = simulation.Time.CreateClient();
        Assert.True(LiveKitHost.TryParse(simulation.Network.LiveKit.Url.GetLeftPart(UriPartial.Authority), out var host));
        Api =
            new LiveKitApi(http, host, new LiveKitKeyring(simulation.Network.LiveKit.Key), simulation.Time.Clock, new LiveKitApiOptions());
    }

    public ILiveKitApi Api { get; }

    public string TrunkId => simulation.Network.Setup.LiveKit.OutboundTrunkId;

    public IReadOnlyList<CallFact> Facts =>
        [.. simulation.Gateway.Webhooks
            .Select(webhook => mapper.Map(webhook.Body, default)?.Event.Fact)
            .OfType<CallFact>()
            .Where(fact => fact is not CallFact.Unhandled)];

    public static async Task<ILiveKitWorld> BeginAsync(CancellationToken cancellationToken) =>
        new SimulatedWorld(await Simulation.StartAsync());

    public Task RunAsync(Func<Task> course) => simulation.RunAsync(course);

    public Task PassAsync(TimeSpan time) => simulation.Time.Delay(time, CancellationToken.None);

    public async Task CallerJoinsAsync(string number)
    {
        phone = simulation.Network.LiveKit.PlaceCall(new InboundSipCall(number, LiveKitContract.Room["call_".Length..]));
        await PassAsync(Joins);
    }

    public async Task CallerLeavesAsync()
    {
        phone!.HangUp();
        await PassAsync(Joins);
    }

    /// <summary>The simulation's workers bring it by themselves.</summary>
    public Task AgentJoinsAsync(LiveKitDispatch dispatch) => PassAsync(Joins);

    public Task HumanPicksUpAsync() => PassAsync(Answers);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await simulation.DisposeAsync();
    }
}
