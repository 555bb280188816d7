using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Timelines;

/// <summary>A call on one axis of time: who was there, who was heard, what was said and done. It holds no personal data.</summary>
/// <param name="CallId">The call.</param>
/// <param name="From">When the call began.</param>
/// <param name="To">When the last thing happened; of a call that goes on, when it was looked at.</param>
/// <param name="IsOver">Whether the call has ended.</param>
/// <param name="Lanes">The lanes, always the same ones in the same order.</param>
/// <param name="Silences">When the caller heard nobody, from their joining to the end.</param>
public sealed record CallTimeline(
    string CallId,
    DateTimeOffset From,
    DateTimeOffset To,
    bool IsOver,
    IReadOnlyList<TimelineLane> Lanes,
    IReadOnlyList<TimelineSpan> Silences);

/// <summary>What one side of a call did.</summary>
/// <param name="Name">The side.</param>
/// <param name="Spans">What lasted.</param>
/// <param name="Marks">What happened, in the order of time.</param>
public sealed record TimelineLane(LaneName Name, IReadOnlyList<TimelineSpan> Spans, IReadOnlyList<TimelineMark> Marks);

/// <summary>Something that lasted.</summary>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; <c>null</c> while it goes on.</param>
/// <param name="Text">What, in words.</param>
public sealed record TimelineSpan(DateTimeOffset From, DateTimeOffset? To, string Text);

/// <summary>Something that happened.</summary>
/// <param name="At">When the gateway received, inferred or wrote it.</param>
/// <param name="Id">The id under which it is stored: a fact's, or a step's number.</param>
/// <param name="Text">What, in words.</param>
/// <param name="Step">The step that saw the fact first, or the step itself; <c>null</c> where no step has seen it.</param>
public sealed record TimelineMark(DateTimeOffset At, string Id, string Text, int? Step);

/// <summary>The sides of a call.</summary>
public enum LaneName
{
    /// <summary>Twilio's legs and what it told of them.</summary>
    [JsonStringEnumMemberName("twilio")]
    Twilio,

    /// <summary>The room and its recordings.</summary>
    [JsonStringEnumMemberName("livekit")]
    LiveKit,

    /// <summary>Callers and humans.</summary>
    [JsonStringEnumMemberName("people")]
    People,

    /// <summary>Voice agents, their leases, tools and reports.</summary>
    [JsonStringEnumMemberName("agent")]
    Agent,

    /// <summary>What the gateway was asked over its API, decided and did.</summary>
    [JsonStringEnumMemberName("gateway")]
    Gateway,
}
