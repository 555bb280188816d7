namespace VoiceFunctions.Engine.Tests.Cost;

/// <summary>One request to a storage service.</summary>
/// <param name="Account">The storage account.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">What was asked for, below the account.</param>
internal sealed record StorageRequest(string Account, string Method, string Path)
{
    /// <summary>
    /// Whether a host does it all the time, whether or not somebody calls: it looks for messages, and renews its hold on partitions and the
    /// app.
    /// </summary>
    public bool IsBackground =>
        (Method == "GET" && Path.EndsWith("/messages", StringComparison.Ordinal))
        || Path.Contains("Partitions", StringComparison.Ordinal)
        || Path.Contains("lease", StringComparison.Ordinal);
}
