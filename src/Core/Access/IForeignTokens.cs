namespace VoiceFunctions.Core.Access;

/// <summary>Reads access tokens that somebody else issued, such as a directory.</summary>
public interface IForeignTokens
{
    /// <summary>
    /// Whose a token is; <c>null</c> where it is none of that issuer's, or no longer good, or nobody's whom the settings name.
    /// </summary>
    /// <exception cref="IOException">The issuer's keys cannot be had, so that nobody knows.</exception>
    ValueTask<ApiCaller?> ReadAsync(string token, CancellationToken cancellationToken);
}
