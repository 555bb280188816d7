using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Agents.Lease;

/// <summary>What an agent's job says when it asks to be the one: what its dispatch's metadata said, and who it is.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Fence">The fence of the dispatch.</param>
/// <param name="Epoch">The epoch of the dispatch.</param>
/// <param name="Job">LiveKit's id of the job (<c>AJ_…</c>), or the identity under which it joins.</param>
public sealed partial record LeaseRequest(CallId CallId, string Fence, int Epoch, string Job)
{
    /// <summary>
    /// Whether the job will ask again every <see cref="AgentLease.RenewalEvery"/> as long as it lives, so that its silence means its death.
    /// </summary>
    public bool Renews { get; init; }

    /// <summary>Reads <c>{"callId","fence","epoch","job","renews"}</c>; other fields are passed over.</summary>
    /// <param name="body">The body.</param>
    /// <param name="error">What is wrong, in a sentence that names the field and repeats nothing of the body.</param>
    internal static LeaseRequest? Parse(ReadOnlyMemory<byte> body, out string error)
    {
        error = "The body is no JSON object.";
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement, out error) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // No JSON, or a string that is no text.
            return null;
        }
    }

    private static LeaseRequest? Read(JsonElement json, out string error)
    {
        var isCall = CallId.TryParse(Text(json, "callId"), out var callId);
        var fence = Text(json, "fence");
        var job = Text(json, "job");
        var epoch = json.TryGetProperty("epoch", out var number)
            && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt32(out var whole)
                ? whole
                : 0;
        error = !isCall ? "callId is missing or no call's id."
            : fence is null ? "fence is missing or no text."
            : epoch < 1 ? "epoch is missing or no whole number from 1 on."
            : job is null || !JobPattern.IsMatch(job) ? "job is missing or no job's id."
            : "";
        var renews = json.TryGetProperty("renews", out var flag) && flag.ValueKind == JsonValueKind.True;
        return error.Length == 0 ? new LeaseRequest(callId!, fence!, epoch, job!) { Renews = renews } : null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex JobPattern { get; }
}
