namespace VoiceFunctions.Core.Http;

/// <summary>A credential that is a tenant's: its requests are counted.</summary>
public interface IOfTenant
{
    /// <summary>The tenant.</summary>
    string Tenant { get; }
}
