namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>An API key of a LiveKit project: its public id and its secret. Printing it shows only the id.</summary>
/// <param name="Id">The key's id, and the <c>iss</c> of every token that it signs.</param>
/// <param name="Secret">The shared secret; its UTF-8 bytes are the HMAC key.</param>
public sealed record LiveKitKey(string Id, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}
