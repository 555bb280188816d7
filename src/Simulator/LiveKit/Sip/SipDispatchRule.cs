namespace VoiceFunctions.Simulator.LiveKit.Sip;

/// <summary>How LiveKit finds the room of an inbound call.</summary>
/// <param name="Id">The rule's id, <c>SDR_…</c>.</param>
/// <param name="RoomPrefix">What room names begin with, before an underscore; may be empty.</param>
public abstract record SipDispatchRule(string Id, string RoomPrefix)
{
    /// <summary>The metadata of the caller's participant.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>Attributes for the caller's participant.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The names of agents that come with every room that the rule opens.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>The room of a call. <paramref name="random"/> makes a random part.</summary>
    internal abstract string RoomOf(InboundSipCall call, Func<string> random);

    private protected string Prefixed(string name) => RoomPrefix.Length == 0 ? name : $"{RoomPrefix}_{name}";

    /// <summary>One room per called user, without a random part: <c>prefix_user</c>.</summary>
    public sealed record Callee(string Id, string RoomPrefix) : SipDispatchRule(Id, RoomPrefix)
    {
        /// <summary>Whether a random part follows after all.</summary>
        public bool Randomizes { get; init; }

        internal override string RoomOf(InboundSipCall call, Func<string> random) =>
            Randomizes ? $"{Prefixed(call.To)}_{random()}" : Prefixed(call.To);
    }

    /// <summary>No rule: the trunk's calls ring for ever.</summary>
    public sealed record None : SipDispatchRule
    {
        private None()
            : base("", "")
        {
        }

        /// <summary>The one that is none.</summary>
        public static None Rule { get; } = new();

        internal override string RoomOf(InboundSipCall call, Func<string> random) => "";
    }

    /// <summary>One room for all calls, such as a meeting or a front desk.</summary>
    public sealed record Direct(string Id, string RoomName) : SipDispatchRule(Id, "")
    {
        internal override string RoomOf(InboundSipCall call, Func<string> random) => RoomName;
    }

    /// <summary>A room for every call: <c>prefix_caller_random</c>.</summary>
    public sealed record Individual(string Id, string RoomPrefix) : SipDispatchRule(Id, RoomPrefix)
    {
        internal override string RoomOf(InboundSipCall call, Func<string> random) => $"{Prefixed(call.From)}_{random()}";
    }
}
