namespace VoiceFunctions.Core.Http.Scopes;

/// <summary>
/// A credential that is good for some scopes alone. Every other credential is good for all that its route's access lets it do.
/// </summary>
public interface IScopedCredential
{
    /// <summary>What it is good for.</summary>
    ApiScopes Scopes { get; }
}
