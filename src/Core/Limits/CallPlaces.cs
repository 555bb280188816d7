using System.Globalization;

namespace VoiceFunctions.Core.Limits;

/// <summary>
/// The places for calls that go on at one time, such as those of a tenant. A place is a lease that a call holds under its id: taking it
/// again changes nothing, and when a place is wanted and none is free, those of calls that are over are taken from them. Exact: a place is
/// written only over the list that was read, so there are never more holders than places.
/// </summary>
/// <param name="store">Holds the lists.</param>
/// <param name="timeProvider">Tells since when a place is held.</param>
public sealed class CallPlaces(ILimitStore store, TimeProvider timeProvider)
{
    /// <summary>The most places that there can be: their holders are one text.</summary>
    public const int Most = 500;

    /// <summary>How often a list is read and written for one request; whoever was always slower than others asks again.</summary>
    public const int MaxAttempts = 8;

    /// <summary>How many holders are looked at, to see whether they are over, where no place is free.</summary>
    public const int MaxLooks = 4;

    /// <summary>How long a list is kept that nobody changes.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Takes a place, or keeps the one that the call has.</summary>
    /// <param name="scope">Whose places they are.</param>
    /// <param name="limit">How many there are.</param>
    /// <param name="holder">The call's id.</param>
    /// <param name="isOver">Whether a call that holds a place since then is over.</param>
    /// <param name="cancellationToken">Ends the asking; the place may then be taken.</param>
    public async Task<PlaceAnswer> TakeAsync(
        string scope,
        int limit,
        string holder,
        Func<string, DateTimeOffset, CancellationToken, Task<bool>> isOver,
        CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var over = new HashSet<string>(StringComparer.Ordinal);
        var looks = 0;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var read = await store.ReadAsync(KeyOf(scope), cancellationToken);
            var holders = Parse(read.Text);
            if (holders.Exists(held => held.Holder == holder))
            {
                return PlaceAnswer.Taken;
            }

            // Other holders at each second, so that a forgotten one is found wherever it stands.
            var first = holders.Count == 0 ? 0 : (int)(now.ToUnixTimeSeconds() % holders.Count);
            for (var i = 0; holders.Count >= limit && i < holders.Count && looks < MaxLooks; i++)
            {
                var (who, since) = holders[(first + i) % holders.Count];
                if (over.Contains(who) || (++looks > 0 && await isOver(who, since, cancellationToken)))
                {
                    over.Add(who);
                    holders.RemoveAll(held => held.Holder == who);
                    break;
                }
            }

            holders.RemoveAll(held => over.Contains(held.Holder));
            if (holders.Count >= limit)
            {
                return PlaceAnswer.Full;
            }

            holders.Add((holder, now));
            if (await store.WriteAsync(KeyOf(scope), read.Version, Format(holders), now + Kept, cancellationToken) is not null)
            {
                return PlaceAnswer.Taken;
            }
        }

        return PlaceAnswer.Busy;
    }

    /// <summary>Gives a call's place back, if it has one.</summary>
    /// <param name="scope">Whose places they are.</param>
    /// <param name="holder">The call's id.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>Whether the call has no place now; otherwise others were always faster, and it is asked again.</returns>
    public async Task<bool> LeaveAsync(string scope, string holder, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var read = await store.ReadAsync(KeyOf(scope), cancellationToken);
            var holders = Parse(read.Text);
            if (holders.RemoveAll(held => held.Holder == holder) == 0)
            {
                return true;
            }

            var expires = timeProvider.GetUtcNow() + (holders.Count == 0 ? TimeSpan.Zero : Kept);
            if (await store.WriteAsync(KeyOf(scope), read.Version, Format(holders), expires, cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The calls that hold a place.</summary>
    public async Task<IReadOnlyList<string>> HoldersAsync(string scope, CancellationToken cancellationToken) =>
        [.. Parse((await store.ReadAsync(KeyOf(scope), cancellationToken)).Text).Select(held => held.Holder)];

    private static string KeyOf(string scope) => $"places:{scope}";

    private static List<(string Holder, DateTimeOffset Since)> Parse(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(held => held.Split('@'))
            .Select(parts => (parts[0], DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture)))),
    ];

    private static string Format(IEnumerable<(string Holder, DateTimeOffset Since)> holders) => string.Join(
        ' ', holders.Select(held => string.Create(CultureInfo.InvariantCulture, $"{held.Holder}@{held.Since.ToUnixTimeSeconds()}")));
}
