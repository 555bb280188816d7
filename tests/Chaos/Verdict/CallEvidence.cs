using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Receivers;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>All that is known of one call when it is judged.</summary>
/// <param name="Name">How it can be found again.</param>
/// <param name="Sample">What the journal says.</param>
/// <param name="JudgedAt">When it is judged.</param>
internal sealed record CallEvidence(string Name, JournalSample Sample, DateTimeOffset JudgedAt)
{
    /// <summary>Its id.</summary>
    public string CallId { get; init; } = "";

    /// <summary>The sessions of its room.</summary>
    public IReadOnlyList<RoomFacts> Rooms { get; init; } = [];

    /// <summary>Whether a gateway took a word of LiveKit's that a phone was in its room.</summary>
    public bool WasTold { get; init; }

    /// <summary>The ends that were told.</summary>
    public IReadOnlyList<ToldEnd> ToldEnds { get; init; } = [];

    /// <summary>What its caller lived through; <c>null</c> where nobody is known.</summary>
    public CallerExperience? Experience { get; init; }

    /// <summary>What the receiver of events took of it, in order.</summary>
    public IReadOnlyList<ReceivedEvent> Received { get; init; } = [];

    /// <summary>What its agents were told that used tools.</summary>
    public IReadOnlyList<ToolTruth> ToldOfTools { get; init; } = [];

    /// <summary>The keys under which the tools' backend was asked for it, once for each request.</summary>
    public IReadOnlyList<string> ToolKeys { get; init; } = [];

    /// <summary>The promises that its stored history shows to be broken, in words.</summary>
    public IReadOnlyList<string> Unproven { get; init; } = [];

    /// <summary>Whether a phone was ever in its room.</summary>
    public bool HadCaller => Rooms.Any(room => room.CallerJoinedAt is not null);

    /// <summary>Whether there was a call: the journal knows it, or its caller was there.</summary>
    public bool IsCall => Sample.IsCall || HadCaller;
}
