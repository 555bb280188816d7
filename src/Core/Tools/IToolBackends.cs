using System.Text.Json;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Tools;

/// <summary>Asks the tenants' backends, and holds what goes there and comes back against the tools' schemas.</summary>
public interface IToolBackends
{
    /// <summary>
    /// What is wrong with a tool's arguments: a sentence that names the places and repeats no value; <c>null</c> where they are right.
    /// </summary>
    string? FaultOf(Tool tool, JsonElement arguments);

    /// <summary>
    /// Asks a tool's backend, at its own address and no other, within its deadline. Tells what came of it; throws only where there is
    /// a bug.
    /// </summary>
    Task<ToolReply> AskAsync(ToolRequest request, CancellationToken cancellationToken);
}
