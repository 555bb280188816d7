namespace VoiceFunctions.Core.LiveKit.Api.Sip;

/// <summary>How a dispatch rule finds the room of a call.</summary>
public enum LiveKitRuleKind
{
    /// <summary>A kind that is newer than this code.</summary>
    Other,

    /// <summary>One room for all calls.</summary>
    Direct,

    /// <summary>A new room for each call, named after its caller.</summary>
    Individual,

    /// <summary>A room for each called user, named after it.</summary>
    Callee,
}

/// <summary>A SIP dispatch rule as LiveKit lists it.</summary>
public sealed record LiveKitDispatchRule
{
    /// <summary>The rule's id (<c>SDR_…</c>).</summary>
    public string Id { get; init; } = "";

    /// <summary>How it finds the room.</summary>
    public LiveKitRuleKind Kind { get; init; }

    /// <summary>What the names of its rooms begin with, before an underscore; of a direct rule the room's name.</summary>
    public string Room { get; init; } = "";

    /// <summary>Whether callers must key in a PIN first.</summary>
    public bool HasPin { get; init; }

    /// <summary>Whether a callee rule adds a random part to the room's name.</summary>
    public bool Randomizes { get; init; }

    /// <summary>The trunks whose calls it takes; none means every trunk.</summary>
    public IReadOnlyList<string> TrunkIds { get; init; } = [];

    /// <summary>The called numbers that it takes; none means every one.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>The names of the agents that come with each room that it opens.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>Whether calls of a trunk can come to it.</summary>
    public bool Takes(string trunkId) => TrunkIds.Count == 0 || TrunkIds.Contains(trunkId);
}
