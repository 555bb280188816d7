namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>
/// The API keys that this gateway trusts. There is more than one while a key is being replaced: all of them verify, only the first one
/// signs.
/// </summary>
public sealed class LiveKitKeyring
{
    private readonly LiveKitKey[] keys;

    /// <summary>
    /// Requires at least one key, the signing key first. An empty id, an empty secret or an id that occurs twice throws
    /// <see cref="ArgumentException"/>.
    /// </summary>
    public LiveKitKeyring(params IEnumerable<LiveKitKey> keys)
    {
        this.keys = [.. keys];
        if (this.keys.Length == 0)
        {
            throw new ArgumentException("A LiveKit keyring needs at least one key.", nameof(keys));
        }

        if (Array.Exists(this.keys, key => key.Id.Length == 0 || key.Secret.Length == 0))
        {
            throw new ArgumentException("A LiveKit key has an empty id or an empty secret.", nameof(keys));
        }

        if (this.keys.DistinctBy(key => key.Id, StringComparer.Ordinal).Count() != this.keys.Length)
        {
            throw new ArgumentException("Two LiveKit keys have the same id.", nameof(keys));
        }
    }

    /// <summary>All keys, the signing one first.</summary>
    public IReadOnlyList<LiveKitKey> Keys => keys;

    /// <summary>The key that signs what this gateway sends.</summary>
    public LiveKitKey Signing => keys[0];

    /// <summary>The key with exactly this id; <c>null</c> if it is not on the keyring.</summary>
    public LiveKitKey? Find(string? id) => Array.Find(keys, key => string.Equals(key.Id, id, StringComparison.Ordinal));
}
