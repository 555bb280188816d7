namespace VoiceFunctions.Core.Http.Scopes;

/// <summary>What an access token of the API may be used for. A route names the one that it needs.</summary>
[Flags]
public enum ApiScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To begin, show, end and record calls, and to give out tokens for them.</summary>
    Calls = 1,

    /// <summary>To ask for a human.</summary>
    Handoff = 2,

    /// <summary>To send in what is kept: documents and measurements.</summary>
    Ingest = 4,

    /// <summary>To make, list and revoke the tenant's own API keys.</summary>
    Admin = 8,
}
