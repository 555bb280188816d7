using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Telemetry;
using VoiceFunctions.LocalHost.Call;

namespace VoiceFunctions.LocalHost;

/// <summary>The spans of whole calls: one trace for each call, linked with the requests that brought its events.</summary>
public sealed class TraceTests
{
    private static readonly string[] Causes = ["start_call", "event", "handoff"];

    [Fact]
    public async Task Whatever_concerns_a_call_is_in_one_trace_and_linked_with_its_webhooks()
    {
        var (callId, spans) = await PlayAsync("answered");

        var own = spans.Where(span => !IsRequest(span)).ToList();
        var requests = spans.Where(IsRequest).ToList();
        Assert.All(own, span => Assert.Equal(GatewaySpans.TraceOf(callId), span.TraceId));
        Assert.Superset(
            new HashSet<string> { "start_call", "event", "effect dispatch", "effect publish", "effect delete-room" },
            own.Select(span => span.DisplayName).ToHashSet());
        Assert.Contains(requests, span => span.DisplayName == "webhook TwilioVoice");
        Assert.Contains(requests, span => span.DisplayName == "webhook LiveKitWebhook");
        Assert.All(requests, span =>
        {
            Assert.NotEqual(GatewaySpans.TraceOf(callId), span.TraceId);
            Assert.Contains(own, other => span.Links.Any(link => link.Context == other.Context));
        });
    }

    [Fact]
    public async Task A_span_of_a_call_hangs_under_what_caused_it_or_at_the_top()
    {
        var (_, spans) = await PlayAsync("answered");

        var own = spans.Where(span => !IsRequest(span)).ToDictionary(span => span.SpanId);
        var requests = spans.Where(IsRequest).Select(span => span.Context).ToHashSet();
        Assert.All(own.Values, span =>
        {
            if (span.ParentSpanId == default)
            {
                Assert.All(span.Links, link => Assert.Contains(link.Context, requests));
            }
            else
            {
                Assert.Contains(own[span.ParentSpanId].DisplayName, Causes);
            }
        });
        var dispatch = Assert.Single(own.Values, span => span.DisplayName == "effect dispatch");
        Assert.Equal("event", own[dispatch.ParentSpanId].DisplayName);
        Assert.Equal("LegJoined", own[dispatch.ParentSpanId].GetTagItem("voicefunctions.event"));
        var start = Assert.Single(own.Values, span => span.DisplayName == "start_call");
        Assert.Equal(default, start.ParentSpanId);
    }

    [Fact]
    public async Task A_handoff_has_its_span_in_the_calls_trace()
    {
        var (callId, spans) = await PlayAsync("warm-handoff");

        var handoff = Assert.Single(spans, span => span.DisplayName == "handoff");
        Assert.Equal(GatewaySpans.TraceOf(callId), handoff.TraceId);
        Assert.Contains(spans, span => span.DisplayName == "effect handoff" && span.TraceId == handoff.TraceId);
    }

    /// <summary>Calls of one seed have one id, and other tests play theirs in this process meanwhile.</summary>
    private const int SeedOfItsOwn = 90_001;

    private static bool IsRequest(Activity span) => span.DisplayName.StartsWith("webhook ", StringComparison.Ordinal);

    /// <summary>Plays a scenario of one call, and gives every span that has its id.</summary>
    private static async Task<(CallId Call, IReadOnlyList<Activity> Spans)> PlayAsync(string scenario)
    {
        var exported = new List<Activity>();
        using (Sdk.CreateTracerProviderBuilder().AddSource(GatewayMetrics.SourceName).AddInMemoryExporter(exported).Build())
        {
            var options = CallOptions.Of(scenario);
            var verdict = await SimulatedCall.PlayAsync(options, SeedOfItsOwn, null, null, TestContext.Current.CancellationToken);
            Assert.True(verdict.IsKept);
            Assert.True(CallId.TryParse(
                Assert.Single(verdict.Events, told => told.Name == LifecycleEventName.CallStarted).CallId, out var callId));
            List<Activity> all;
            lock (exported)
            {
                all = [.. exported];
            }

            return (callId, all.FindAll(span => span.GetTagItem(GatewaySpans.CallIdAttribute) as string == callId.Value));
        }
    }
}
