using System.Text.Json;

namespace VoiceFunctions.Core.Tools.Catalog;

/// <summary>A tool that agents may use: an address of the tenant's backend, and what the gateway promises about asking it.</summary>
/// <param name="name">The name by which agents ask for it.</param>
/// <param name="url">Where the backend takes it; nothing else is ever asked.</param>
public sealed class Tool(string name, Uri url)
{
    /// <summary>The name by which agents ask for it.</summary>
    public string Name { get; } = name;

    /// <summary>Where the backend takes it.</summary>
    public Uri Url { get; } = url;

    /// <summary>The tenant whose calls may use it; <c>null</c> for every call.</summary>
    public string? Tenant { get; init; }

    /// <summary>What is sent to the backend besides, such as its key; secret.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What signs each request by the scheme of Standard Webhooks; <c>null</c> for no signature; secret.</summary>
    public ReadOnlyMemory<byte>? SigningKey { get; init; }

    /// <summary>How long the agent waits for the answer, retries included.</summary>
    public TimeSpan Deadline { get; init; } = ToolFile.DefaultDeadline;

    /// <summary>
    /// Whether the backend may be asked again under the same idempotency key. Otherwise one request is all that is ever made of a tool
    /// call.
    /// </summary>
    public bool MayRetry { get; init; }

    /// <summary>The JSON schema of its arguments; <c>null</c> where any object will do.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>The JSON schema of its answer; <c>null</c> where any JSON will do.</summary>
    public JsonElement? Answer { get; init; }

    /// <summary>What the agent may say where the tool does not serve.</summary>
    public string SpeakableError { get; init; } = ToolFile.DefaultSpeakableError;

    /// <summary>Whether arguments are kept with the call. They are personal data more often than not.</summary>
    public bool KeepsArguments { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
