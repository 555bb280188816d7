using System.Diagnostics;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Telemetry;

/// <summary>The gateway's spans: one per webhook and one per effect. Each carries the call's id, by which what belongs together is found across queues and hosts.</summary>
public static class GatewaySpans
{
    /// <summary>The attribute that holds the call's id.</summary>
    public const string CallIdAttribute = "voicefunctions.call_id";

    private static readonly ActivitySource Source = new(GatewayMetrics.SourceName);

    /// <summary>Marks the span that is under way as being about a call.</summary>
    public static void About(CallId callId) => Activity.Current?.SetTag(CallIdAttribute, callId.Value);

    internal static Activity? Webhook(string source) => Source.StartActivity($"webhook {source}");

    internal static Activity? Effect(string effect, CallId callId) => Source.StartActivity($"effect {effect}")?.SetTag(CallIdAttribute, callId.Value);
}
