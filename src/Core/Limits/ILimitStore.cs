using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Limits;

/// <summary>
/// Small texts under keys, each of which is written only by whoever read its last version: what limits count stands in them. Every member
/// throws <see cref="JournalUnavailableException"/> where the store cannot be reached.
/// </summary>
public interface ILimitStore
{
    /// <summary>The longest text in characters.</summary>
    public const int MaxTextLength = 32_000;

    /// <summary>Reads a text: one storage operation.</summary>
    /// <param name="key">Any text; the store keeps no more of it than a hash.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<LimitText> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a text if nobody wrote it since it was read: one storage operation. Where the store's answer is lost, it may have been
    /// written although <c>null</c> is answered; reading again tells.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="text">The new text.</param>
    /// <param name="expires">From when on nobody needs it, UTC.</param>
    /// <param name="cancellationToken">Stops waiting; it may then be written or not.</param>
    /// <returns>What stands there now; <c>null</c> where somebody else was faster.</returns>
    ValueTask<LimitText?> WriteAsync(
        string key, string version, string text, DateTimeOffset expires, CancellationToken cancellationToken);

    /// <summary>Deletes the texts that nobody needs since <paramref name="now"/> or before. Returns how many.</summary>
    ValueTask<int> PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
