namespace VoiceFunctions.Chaos.Faults;

/// <summary>The names of the faults.</summary>
internal static class FaultName
{
    /// <summary>A fifth of all webhooks comes twice, when LiveKit would repeat it.</summary>
    public const string Redeliver = "redeliver";

    /// <summary>One webhook in twenty is overtaken by later ones.</summary>
    public const string Reorder = "reorder";

    /// <summary>One webhook in a hundred never comes.</summary>
    public const string Lose = "lose";

    /// <summary>One connection in two hundred breaks off while somebody joins.</summary>
    public const string Abort = "abort";

    /// <summary>LiveKit's API fails, is slow, or does not answer.</summary>
    public const string Api = "api";

    /// <summary>LiveKit's API does what it was asked and says that it failed, or nothing at all.</summary>
    public const string Ambiguous = "ambiguous";

    /// <summary>The storage stands still, for five seconds where nothing else was asked for.</summary>
    public const string Pause = "pause";

    /// <summary>Gateway processes are killed.</summary>
    public const string Kill = "kill";

    /// <summary>Somebody sends forged requests.</summary>
    public const string Forge = "forge";

    /// <summary>The system that hears of events is down at times.</summary>
    public const string Receiver = "receiver";

    /// <summary>The backend of the agents' tools is down at times.</summary>
    public const string Backend = "backend";

    /// <summary>Every fault.</summary>
    public static IReadOnlySet<string> All { get; } =
        new SortedSet<string>(
            [Redeliver, Reorder, Lose, Abort, Api, Ambiguous, Pause, Kill, Forge, Receiver, Backend], StringComparer.Ordinal);

    /// <summary>Reads <c>all</c>, <c>none</c> or names with commas between them; <c>null</c> where a name is none.</summary>
    public static IReadOnlySet<string>? Parse(string text)
    {
        var names = text switch
        {
            "all" => All,
            "none" => new SortedSet<string>(StringComparer.Ordinal),
            _ => new SortedSet<string>(text.Split(','), StringComparer.Ordinal),
        };
        return names.IsSubsetOf(All) ? names : null;
    }

    /// <summary>What <see cref="Parse"/> reads.</summary>
    public static string Spell(IReadOnlySet<string> faults) =>
        faults.Count == 0 ? "none" : faults.SetEquals(All) ? "all" : string.Join(',', faults);
}
