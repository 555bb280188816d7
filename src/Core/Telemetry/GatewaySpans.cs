using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Telemetry;

/// <summary>
/// The gateway's spans. Whatever concerns a call is in one trace, whose id is computed from the call's: so every webhook, host and attempt
/// finds it, and nothing has to be stored or passed on. A webhook's own span stays in the trace of its request, because whose call it is
/// about is known only once its signature and its body were read; the two are linked with each other.
/// </summary>
public static class GatewaySpans
{
    /// <summary>The attribute that holds the call's id.</summary>
    public const string CallIdAttribute = "voicefunctions.call_id";

    /// <summary>The span in which a call begins that Twilio announces or somebody asks for.</summary>
    public const string StartCall = "start_call";

    /// <summary>The span in which a handoff is taken down.</summary>
    public const string Handoff = "handoff";

    /// <summary>The span in which anything else that happened to a call is taken in.</summary>
    public const string Event = "event";

    private static readonly ActivitySource Source = new(GatewayMetrics.SourceName);

    /// <summary>The id of a call's trace.</summary>
    public static ActivityTraceId TraceOf(CallId callId) => ActivityTraceId.CreateFromBytes(
        SHA256.HashData(Encoding.UTF8.GetBytes($"voicefunctions:trace:{callId}")).AsSpan(0, 16));

    /// <summary>
    /// Begins a span of a call: under the current one where that is in the call's trace, and otherwise at the top of it, linked with the
    /// current one. To be called in an asynchronous method, at whose end whatever was current before is so again.
    /// </summary>
    internal static Activity? OfCall(string name, CallId callId)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var (trace, current) = (TraceOf(callId), Activity.Current);
        if (current?.TraceId == trace)
        {
            return Source.StartActivity(name)?.SetTag(CallIdAttribute, callId.Value);
        }

        // Without a parent of its own it would be put under the current one, which is in another trace.
        Activity.Current = null;
        var span = Source.StartActivity(
            name,
            ActivityKind.Internal,
            new ActivityContext(trace, default, ActivityTraceFlags.Recorded),
            links: current is null ? null : [new ActivityLink(current.Context)]);
        if (span is null)
        {
            Activity.Current = current;
        }
        else if (current is not null)
        {
            current.SetTag(CallIdAttribute, callId.Value);
            current.AddLink(new ActivityLink(span.Context));
        }

        return span?.SetTag(CallIdAttribute, callId.Value);
    }

    /// <summary>The attribute that holds how many passages a question found.</summary>
    public const string HitsAttribute = "voicefunctions.hits";

    /// <summary>A question to a tenant's documents; in the trace of the call whose agent asks.</summary>
    internal static Activity? RagQuery(CallId? callId) =>
        callId is { } asking ? OfCall("rag_query", asking) : Source.StartActivity("rag_query");

    internal static Activity? Webhook(string source) => Source.HasListeners() ? Source.StartActivity($"webhook {source}") : null;

    internal static Activity? Effect(string effect, CallId callId) => OfCall($"effect {effect}", callId);
}
