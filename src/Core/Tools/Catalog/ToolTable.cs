namespace VoiceFunctions.Core.Tools.Catalog;

/// <summary>All tools, found by whose call it is and by name.</summary>
public sealed class ToolTable
{
    private readonly Dictionary<(string? Tenant, string Name), Tool> tools;

    /// <param name="tools">The tools; no two of one tenant with one name.</param>
    public ToolTable(IReadOnlyList<Tool> tools)
    {
        All = tools;
        this.tools = tools.ToDictionary(tool => (tool.Tenant, tool.Name));
    }

    /// <summary>No tools.</summary>
    public static ToolTable Empty { get; } = new([]);

    /// <summary>All tools.</summary>
    public IReadOnlyList<Tool> All { get; }

    /// <summary>The tool that a tenant's call means by a name: the tenant's own, or else the one that is for every call.</summary>
    /// <param name="tenant">The tenant; <c>null</c> for a call that is nobody's.</param>
    /// <param name="name">The name, in its own letters.</param>
    public Tool? Find(string? tenant, string name) =>
        (tenant is null ? null : tools.GetValueOrDefault((tenant, name))) ?? tools.GetValueOrDefault((null, name));
}
