namespace VoiceFunctions.Core.Access.Keys;

/// <summary>A tenant's API key as it is stored: nothing in it opens anything.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Its public part, by which it is found; 12 characters out of a-z and 2-7.</param>
/// <param name="Hash">What its secret is checked against, as <see cref="ApiKeyHash"/> writes it.</param>
/// <param name="MadeAt">When it was made.</param>
public sealed record StoredApiKey(string Tenant, string Id, string Hash, DateTimeOffset MadeAt)
{
    /// <summary>Without the hash, so that no log holds it.</summary>
    public override string ToString() => $"key {Id} of {Tenant}";
}
