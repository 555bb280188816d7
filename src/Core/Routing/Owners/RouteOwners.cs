namespace VoiceFunctions.Core.Routing.Owners;

/// <summary>Checks whose routes and queues are.</summary>
/// <param name="tenants">The tenants; <c>null</c> where what names them was wrong, so that nobody is checked.</param>
/// <param name="sources">What names them, for people.</param>
public sealed class RouteOwners(IReadOnlySet<string>? tenants, string sources)
{
    private readonly Dictionary<string, (string? Tenant, string Where)> names = new(StringComparer.Ordinal);

    /// <summary>Checks that a tenant is one.</summary>
    /// <param name="tenant">The tenant; <c>null</c> for nobody.</param>
    /// <param name="where">The place.</param>
    /// <param name="errors">Receives the error.</param>
    public void Check(string? tenant, string where, ICollection<string> errors)
    {
        if (tenant is not null && tenants?.Contains(tenant) == false)
        {
            errors.Add($"{where}.tenant: is not a tenant that one of {sources} names");
        }
    }

    /// <summary>
    /// Checks that routes of one name are one tenant's: they share their places and what is counted of their callers.
    /// </summary>
    internal void CheckName(string name, string? tenant, string where, ICollection<string> errors)
    {
        if (!names.TryAdd(name, (tenant, where)) && names[name] is var first && first.Tenant != tenant)
        {
            errors.Add($"{where}: has the name of {first.Where}, which is another's; give it a \"name\" of its own");
        }
    }
}
