using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>
/// Who could be heard by the caller, and when: the voice agent while it or its avatar publishes audio, a dialled human from their answer
/// on, any other human while they publish audio.
/// </summary>
internal static class CallHearing
{
    /// <summary>
    /// From so many audio tracks on a leg counts as heard while it is there: <see cref="Bounds.EventBudget.MaxTracksOfLeg"/> events are
    /// stored of them, two for each.
    /// </summary>
    public const int ToggledTracks = 10;

    public static IReadOnlyList<HeardSpan> Of(CallState state)
    {
        var heard = new List<HeardSpan>();
        foreach (var leg in state.Legs.All)
        {
            if (leg.WasThere && state.Cast.PartOf(leg.Leg) is (LegPart.VoiceAgent or LegPart.Human) and var part)
            {
                var end = EndOf(state, leg);
                foreach (var (from, to) in SpansOf(state, leg, part))
                {
                    if (end is null || from <= end)
                    {
                        heard.Add(new HeardSpan(leg, part, from, Earlier(to, end)));
                    }
                }
            }
        }

        return heard;
    }

    /// <summary>The avatars that publish for an agent.</summary>
    public static IReadOnlyList<LegState> AvatarsOf(CallState state, LegState agent)
    {
        var avatars = new List<LegState>();
        foreach (var leg in state.Legs.All)
        {
            if (leg.WasThere && leg.Leg!.OnBehalfOf is { Length: > 0 } master && master == agent.Leg!.Identity)
            {
                avatars.Add(leg);
            }
        }

        return avatars;
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> SpansOf(CallState state, LegState leg, LegPart part) =>
        part switch
        {
            LegPart.VoiceAgent => AvatarsOf(state, leg) is [_, ..] avatars
                ? TracksOf(leg).Concat(Through(state, avatars, leg))
                : TracksOf(leg),
            LegPart.Human when leg.Leg!.IsDialled => leg.Answered is { } answered ? [(answered.Happened, null)] : [],
            LegPart.Human => TracksOf(leg),
            _ => [],
        };

    /// <summary>When an agent is heard through its avatars: from its own coming on.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> Through(
        CallState state, IEnumerable<LegState> avatars, LegState agent) =>
        from avatar in avatars
        from track in TracksOf(avatar)
        let came = agent.Joined?.Happened
        select (track.From < came ? came.Value : track.From, Earlier(track.To, EndOf(state, avatar)));

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> TracksOf(LegState leg) =>
        leg is { Tracks.Count: >= ToggledTracks, Audio: { } audio }
            ? [(audio.Happened, null)]
            : leg.Tracks.Values.Where(track => track.Published is not null)
                .Select(track => (track.Published!.Happened, track.Unpublished?.Happened));

    /// <summary>When a leg was gone, or had stopped to speak without a word; <c>null</c> while it is there.</summary>
    private static DateTimeOffset? EndOf(CallState state, LegState leg) =>
        Earlier(Earlier(state.GoneAt(leg), state.FellSilentAt(leg)), SilencedAt(state, leg));

    /// <summary>When a handoff's human took an agent's place; <c>null</c> where none did.</summary>
    private static DateTimeOffset? SilencedAt(CallState state, LegState leg) =>
        leg.Role == LegRole.Agent ? state.ConnectedHandoff?.ConnectedAt : null;

    /// <summary>The earlier of two times, where they are known.</summary>
    internal static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one < other ? one : other;
}
