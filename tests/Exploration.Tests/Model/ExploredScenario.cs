using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Admission;
using VoiceFunctions.Core.Routing.Outbound;
using VoiceFunctions.Core.Routing.Recordings;

namespace VoiceFunctions.Exploration.Model;

/// <summary>A call as it goes when nothing goes wrong.</summary>
/// <param name="Name">Its name in scripts and summaries.</param>
/// <param name="Hosts">How many processes of the gateway there are.</param>
internal sealed record ExploredScenario(string Name, int Hosts)
{
    /// <summary>How long the caller stays; <c>null</c> for one who never hangs up.</summary>
    public TimeSpan? Stays { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>Twilio announces the call; otherwise it comes over a SIP trunk into a room of a foreign name.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>
    /// A call without a phone: somebody asks for it over the API, again until they are answered, and the caller joins with a token.
    /// </summary>
    public bool IsAsked { get; init; }

    /// <summary>Whether the caller never comes.</summary>
    public bool NobodyComes { get; init; }

    /// <summary>How the first agents behave: a trouble of <see cref="Workers"/>, or nothing for well.</summary>
    public string Agent { get; init; } = "";

    /// <summary>A dispatch rule brings an agent of its own.</summary>
    public bool RuleBringsAgent { get; init; }

    /// <summary>Who comes into the room, or into another one, whatever the gateway does.</summary>
    public IReadOnlyList<Visit> Visits { get; init; } = [];

    /// <summary>When LiveKit's server crashes and the caller goes, in seconds from the beginning; <c>null</c> for never.</summary>
    public double? Crashes { get; init; }

    /// <summary>When an operator ends the call, in seconds from the beginning; <c>null</c> for never.</summary>
    public double? OperatorEnds { get; init; }

    /// <summary>Whether the gateway takes new calls.</summary>
    public bool TakesNewCalls { get; init; } = true;

    /// <summary>How many calls of the route may go on at one time; <c>null</c> for any number.</summary>
    public int? MaxCalls { get; init; }

    /// <summary>When somebody else's call wants a place, in seconds from the beginning; <c>null</c> for never.</summary>
    public double? RivalComes { get; init; }

    /// <summary>The names of the route's helpers.</summary>
    public IReadOnlyList<string> Helpers { get; init; } = [];

    /// <summary>Whether the route's calls go on when their agent leaves on its own.</summary>
    public bool ReplacesAgent { get; init; }

    /// <summary>Whether jobs renew their lease as long as they live.</summary>
    public bool Renews { get; init; }

    /// <summary>How far the clock of the second host is ahead.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>
    /// Also what no lease can keep out: a process that stands still for longer than it and then acts before its timers ring, and a
    /// request that LiveKit carries out long after the client gave it up. Two dispatches of one epoch are possible then; everything
    /// else is promised all the same.
    /// </summary>
    public bool IsMerciless { get; init; }

    /// <summary>
    /// Agents' jobs ask for the lease before they join, as docs/agents.md says: then no two of them ever speak at one time.
    /// </summary>
    public bool AsksForLease { get; init; }

    /// <summary>Workflows run in the process, and act on the look that they decided on.</summary>
    public bool ActsOnLook { get; init; }

    /// <summary>
    /// An event that changes nothing for a waiting workflow wakes none, as with orchestrations. A workflow in the process is always woken.
    /// </summary>
    public bool SparesWakeUps
    {
        get => field && !ActsOnLook;
        init;
    } = true;

    /// <summary>The route has a reserve agent, which behaves well.</summary>
    public bool HasReserve { get; init; }

    /// <summary>
    /// What whoever we call does the first time that the phone rings: <c>answers</c>, <c>busy</c> or <c>away</c>; later they answer.
    /// Nothing where nobody is called.
    /// </summary>
    public string Callee { get; init; } = "";

    /// <summary>Whether a tenant asks for the call.</summary>
    public bool IsOutbound => Callee.Length > 0;

    /// <summary>Whether the route calls once more where nobody answered.</summary>
    public bool Redials { get; init; }

    /// <summary>
    /// What the route's human does when the phone rings: <c>answers</c> or <c>away</c>; nothing where the route has none.
    /// </summary>
    public string Human { get; init; } = "";

    /// <summary>How many humans the queue has from whom the agent wants one for its caller; 0 where it wants none.</summary>
    public int Queue { get; init; }

    /// <summary>Whether the caller is given away.</summary>
    public bool IsCold { get; init; }

    /// <summary>Whether the agent stays in the room without a voice when the human comes.</summary>
    public bool MutesAgent { get; init; }

    /// <summary>Whether a receiver hears of the call's events.</summary>
    public bool HasReceiver { get; init; }

    /// <summary>How long the room stays after the end.</summary>
    public TimeSpan RoomGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How the route's calls are recorded; <c>null</c> for not at all.</summary>
    public RouteRecording? Recording { get; init; }

    /// <summary>What somebody wants of the recording, and when, in seconds from the beginning.</summary>
    public IReadOnlyList<(string Want, double At)> Wants { get; init; } = [];

    /// <summary>The times of the call's route.</summary>
    public CallTimeouts Terms => new(
        TimeSpan.FromSeconds(25),
        TimeSpan.FromSeconds(120),
        RoomGrace,
        new SilenceTimeouts(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16), null)
        {
            HasReserve = HasReserve,
            CallsHuman = Human.Length > 0 && Queue == 0,
        })
    {
        EndsWithAgent = !ReplacesAgent,
        TakesNewCalls = TakesNewCalls,
        Helpers = Helpers,
        Recording = Recording,
        Destinations = HasReceiver ? [ModelReceiver.Name] : [],
        Admission = new AdmissionTerms { RouteCalls = MaxCalls },
        Outbound = new OutboundTerms
        {
            Redial = Redials
                ? new RedialTerms(new HashSet<string> { EndCause.Busy, EndCause.NoAnswer, EndCause.Failed }, 2, TimeSpan.FromSeconds(60))
                : null,
        },
    };

    /// <summary>How many deviations are explored unless more are asked for.</summary>
    public int Depth { get; init; } = 1;

    public override string ToString() => Name;
}
