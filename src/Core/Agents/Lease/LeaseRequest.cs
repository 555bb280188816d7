using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;

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
    internal static LeaseRequest? Parse(ReadOnlyMemory<byte> body, out string error) =>
        JsonRequest.ReadFields<LeaseRequest>(body, Read, out error);

    /// <summary>Reads the same fields of a body that has others too.</summary>
    internal static LeaseRequest? Read(JsonElement json, out string error)
    {
        var isCall = CallId.TryParse(JsonRequest.TextOf(json, "callId"), out var callId);
        var fence = JsonRequest.TextOf(json, "fence");
        var job = JsonRequest.TextOf(json, "job");
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

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex JobPattern { get; }
}
