namespace VoiceFunctions.Core.Calls.Bounds;

/// <summary>Why events of a call were counted and not stored: the stable words of EVENTS_OMITTED and of the metric.</summary>
public static class OmissionReason
{
    /// <summary>More than <see cref="EventBudget.MaxFacts"/> events that decisions need.</summary>
    public const string TooManyFacts = "too_many_facts";

    /// <summary>More than <see cref="EventBudget.MaxNotes"/> events that no decision needs.</summary>
    public const string TooManyNotes = "too_many_notes";

    /// <summary>
    /// More than <see cref="EventBudget.MaxTracks"/> published tracks, or <see cref="EventBudget.MaxTracksOfLeg"/> of one leg.
    /// </summary>
    public const string TooManyTracks = "too_many_tracks";

    /// <summary>An event that is larger than a row of the store.</summary>
    public const string TooLarge = "too_large";
}
