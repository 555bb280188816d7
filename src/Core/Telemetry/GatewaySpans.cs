using System.Diagnostics;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Telemetry;

/// <summary>
/// The gateway's spans: one per webhook and one per effect. Each has the call's id, so that the spans of one call can be found across
/// queues and hosts.
/// </summary>
public static class GatewaySpans
{
    /// <summary>The attribute that holds the call's id.</summary>
    public const string CallIdAttribute = "voicefunctions.call_id";

    private static readonly ActivitySource Source = new(GatewayMetrics.SourceName);

    /// <summary>Sets the call's id on the current span.</summary>
    public static void About(CallId callId) => Activity.Current?.SetTag(CallIdAttribute, callId.Value);

    /// <summary>The attribute that holds how many passages a question found.</summary>
    public const string HitsAttribute = "voicefunctions.hits";

    /// <summary>A question to a tenant's documents.</summary>
    internal static Activity? RagQuery() => Source.StartActivity("rag_query");

    internal static Activity? Webhook(string source) => Source.StartActivity($"webhook {source}");

    internal static Activity? Effect(string effect, CallId callId) =>
        Source.StartActivity($"effect {effect}")?.SetTag(CallIdAttribute, callId.Value);
}
