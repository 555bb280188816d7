using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Exploration.Bugs;
using VoiceFunctions.Exploration.Promises;
using VoiceFunctions.Exploration.Scheduler;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Exploration.Model;

/// <summary>One call between a phone, LiveKit and the gateway's hosts, on one schedule.</summary>
internal sealed class CallWorld
{
    /// <summary>The trunk over which humans are dialled.</summary>
    public const string TrunkId = "ST_out";

    /// <summary>The leg of the call's first caller.</summary>
    public const string CallerSid = "PA_caller";

    public const string CallSid = "CA00000000000000000000000000000001";

    public static readonly RoomNaming Naming = new("call");

    public static readonly DispatchFence Fence = SomeFence.Keyed;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(30);
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public CallWorld(ExploredScenario scenario, Bug bug)
    {
        (Scenario, Bug) = (scenario, bug);
        var human = scenario is { Human.Length: > 0, Queue: 0 } ? Number("+15550100177") : null;
        var route = new Route(new AgentConfig(Workers.Agent), scenario.Terms, new RouteFallback(human, "Sorry."))
        {
            Reserve = scenario.HasReserve ? new AgentConfig(Workers.Reserve) : null,
            Handoff = new HandoffTerms { MutesAgent = scenario.MutesAgent },
        };
        Routes = new RouteTable(route) { Queues = HandoffWish.QueuesOf(scenario) };
        Witness = new Witness(this);
        Others = new OthersPromises(this);
        Promises = new JournalPromises(this);
        Journal = new ModelJournal(Schedule, Promises);
        LiveKit = new ModelLiveKit(this);
        Mapper = new LiveKitEventMapper(bug.Scope, new ParticipantMapper(agentIdentityPrefix: null));
        Webhooks = new Webhooks(this);
        Workers = new Workers(this);
        Recorders = new ModelRecorders(this);
        Phone = new HumanPhone(this);
        CalleePhone = new CalleePhone(this);
        Visitors = new Visitors(this);
        Wish = new HandoffWish(this);
        Operator = new OperatorDesk(this);
        Limits = new ModelLimits(this);
        Receiver = new ModelReceiver(this);
        RoomName = scenario.IsAnnounced ? Naming.NameOf(Announced)
            : scenario.IsAsked || scenario.IsOutbound ? Naming.NameOf(Asked) : "call_+15550100001_x1";
        Twilio = scenario.IsAnnounced ? new TwilioLine(this) : null;
        Hosts = [.. Enumerable.Range(0, scenario.Hosts)
            .Select(number => new Host(((char)('A' + number)).ToString(), number * scenario.Skew, this))];
        foreach (var host in Hosts)
        {
            host.Boot();
        }

        Begin();
    }

    public ExploredScenario Scenario { get; }

    public Bug Bug { get; }

    public RouteTable Routes { get; }

    public CallTimeouts Terms => Scenario.Terms;

    public Schedule Schedule { get; } = new(Noon);

    public Witness Witness { get; }

    public OthersPromises Others { get; }

    public JournalPromises Promises { get; }

    public ModelJournal Journal { get; }

    public ModelLiveKit LiveKit { get; }

    public Webhooks Webhooks { get; }

    public Workers Workers { get; }

    public ModelRecorders Recorders { get; }

    public HumanPhone Phone { get; }

    public CalleePhone CalleePhone { get; }

    public Visitors Visitors { get; }

    public HandoffWish Wish { get; }

    public OperatorDesk Operator { get; }

    public ModelLimits Limits { get; }

    public ModelReceiver Receiver { get; }

    public TwilioLine? Twilio { get; }

    public IReadOnlyList<Host> Hosts { get; }

    public LiveKitEventMapper Mapper { get; }

    public CallId Announced { get; } = CallId.ForTwilio(CallSid);

    /// <summary>The call that somebody asks for over the API.</summary>
    public CallId Asked { get; } = CallId.ForRequest("tenant", "key");

    public string RoomName { get; }

    /// <summary>Whether nothing is left that could happen, but sweeps that find nothing.</summary>
    public bool IsOver =>
        Schedule.Now - Noon > LongestRun
        || (Schedule.Alarms.All(alarm => alarm.IsIdle)
            && Webhooks.IsIdle
            && Hosts.All(host => host.IsUp && !host.IsBusy)
            && LiveKit.Rooms.Count == 0
            && Journal.ListOpen().Count == 0);

    /// <summary>Something happens later; it may be somebody's own move, which could as well come at any time.</summary>
    public void After(TimeSpan wait, string label, IReadOnlyList<string> troubles, Action<string> run, bool isMove = false)
    {
        Schedule.Set(
            new Alarm(Schedule.Now + wait, label, Fingerprint.Of(label), () => Ready(label, troubles, run)) { MayComeEarly = isMove });
    }

    /// <summary>Something can happen now.</summary>
    public void Ready(string label, IReadOnlyList<string> troubles, Action<string> run) =>
        Schedule.Add(new Step(Schedule.Name(label), Fingerprint.Of(label), null, troubles, run));

    /// <summary>The next host that takes requests, in turn.</summary>
    public Host? NextHost(ref int turn)
    {
        for (var i = 0; i < Hosts.Count; i++)
        {
            var host = Hosts[turn++ % Hosts.Count];
            turn %= Hosts.Count;
            if (host.IsAnswering)
            {
                return host;
            }
        }

        return null;
    }

    public string NumberOf(CallId callId)
    {
        var number = Journal.Calls.IndexOf(callId);
        return number <= 0 ? "" : $"{number + 1}";
    }

    /// <summary>Takes up what hosts that stand still must not do yet.</summary>
    public void Freeze()
    {
        foreach (var host in Hosts)
        {
            host.Freeze();
        }
    }

    public ulong Print()
    {
        var print = Fingerprint.Of(Schedule.Print(), Journal.Print(), LiveKit.Print(), Webhooks.Print(), Witness.Print(), Workers.Print());
        print = Fingerprint.Of(print, Others.Print(), Wish.Print(), Recorders.Print());
        print = Fingerprint.Of(print, Operator.Print(), Limits.Print(), Receiver.Print());
        foreach (var host in Hosts)
        {
            print = Fingerprint.Of(print, host.Print());
        }

        return print;
    }

    private static PhoneNumber? Number(string text) => PhoneNumber.TryParse(text, out var number) ? number : null;

    private void Begin()
    {
        Twilio?.Announce();
        if (Scenario.IsAsked || Scenario.IsOutbound)
        {
            Ask();
        }

        Visitors.Invite();
        Wish.Begin();
        Operator.Sit();
        Limits.Begin();
        if (Scenario.Crashes is { } crashes)
        {
            After(TimeSpan.FromSeconds(crashes), "LiveKit's server crashes", [], _ => LiveKit.Crash(RoomName));
        }

        Wishes.Make(this);
        if (Scenario.NobodyComes || Scenario.IsOutbound)
        {
            return;
        }

        After(TimeSpan.FromSeconds(1), "the caller joins", [], _ =>
        {
            if (Scenario.RuleBringsAgent)
            {
                Witness.AgentStrays();
                LiveKit.Dispatch(RoomName, "theirs", "");
            }

            var identity = Scenario.IsAsked ? TokenIdentity.OfDriver(Asked) : "sip_+15550100001";
            var caller = LiveKit.Join(RoomName, CallerSid, identity, GuestKind.Caller);
            Twilio?.Dialled();
            After(TimeSpan.FromMilliseconds(200), "the caller speaks", [], _ => LiveKit.Publish(RoomName, caller));
            if (Scenario.Stays is { } stay)
            {
                After(
                    stay,
                    "the caller hangs up",
                    [],
                    _ => LiveKit.Leave(RoomName, caller, LiveKitDisconnectReason.ClientInitiated),
                    isMove: true);
            }
        });
    }

    /// <summary>A tenant's system asks for the call, again under the same key where it gets no answer.</summary>
    private void Ask()
    {
        const string Id = "requested";
        var request = new CallFact.CallRequested { Tenant = "tenant", To = Scenario.IsOutbound ? "+15550100123" : null };
        Webhooks.Send("api", new Message(
            Id, "the call is asked for", now => new ReceivedEvent(Asked, new CallEvent(Id, now, request), Tracking.Follow)));
    }
}
