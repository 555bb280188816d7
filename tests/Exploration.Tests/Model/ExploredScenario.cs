using VoiceFunctions.Core.Routing;

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

    /// <summary>The route has a reserve agent, which behaves well.</summary>
    public bool HasReserve { get; init; }

    /// <summary>
    /// What the route's human does when the phone rings: <c>answers</c> or <c>away</c>; nothing where the route has none.
    /// </summary>
    public string Human { get; init; } = "";

    /// <summary>How long the room stays after the end.</summary>
    public TimeSpan RoomGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The times of the call's route.</summary>
    public CallTimeouts Terms => new(
        TimeSpan.FromSeconds(25),
        TimeSpan.FromSeconds(120),
        RoomGrace,
        new SilenceTimeouts(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16), null)
        {
            HasReserve = HasReserve,
            CallsHuman = Human.Length > 0,
        })
    {
        EndsWithAgent = !ReplacesAgent,
        Helpers = Helpers,
    };

    /// <summary>How many deviations are explored unless more are asked for.</summary>
    public int Depth { get; init; } = 1;

    public override string ToString() => Name;
}
