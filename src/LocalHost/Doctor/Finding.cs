namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>What a check came to.</summary>
internal enum FindingKind
{
    /// <summary>It is as it should be.</summary>
    Ok,

    /// <summary>Calls work, but something is worth a change; or it cannot be seen from here.</summary>
    Warn,

    /// <summary>Calls fail, or go wrong.</summary>
    Fail,

    /// <summary>It was not looked at: an earlier check failed, or the settings do without it.</summary>
    Skipped,
}

/// <summary>What doctor can mend by itself.</summary>
/// <param name="Offer">What it would do, as the end of "shall doctor …?".</param>
/// <param name="MendAsync">Does it; <c>null</c> where it is done, otherwise what went wrong.</param>
internal sealed record Repair(string Offer, Func<CancellationToken, Task<string?>> MendAsync);

/// <summary>What a check found. No text of it holds a secret.</summary>
/// <param name="Kind">What it came to.</param>
/// <param name="Found">What was found, in a sentence.</param>
/// <param name="Change">What to change; <c>null</c> where nothing is to be changed.</param>
internal sealed record Finding(FindingKind Kind, string Found, string? Change = null)
{
    /// <summary>What doctor can mend by itself; <c>null</c> for nothing.</summary>
    public Repair? Repair { get; init; }

    public static Finding Ok(string found) => new(FindingKind.Ok, found);

    public static Finding Warn(string found, string change) => new(FindingKind.Warn, found, change);

    public static Finding Fail(string found, string change) => new(FindingKind.Fail, found, change);

    public static Finding Skipped(string found) => new(FindingKind.Skipped, found);
}
