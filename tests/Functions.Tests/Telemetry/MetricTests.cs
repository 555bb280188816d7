using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Clock;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telemetry;
using VoiceFunctions.Functions.Http;
using VoiceFunctions.Functions.Tests.Http;
using VoiceFunctions.Functions.Tests.World;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Functions.Tests.Telemetry;

public sealed class MetricTests
{
    [Fact]
    public void The_metrics_are_the_approved_ones()
    {
        var lines = GatewayMetrics.All.Select(metric =>
            string.Join(" | ", metric.Name, metric.Unit, string.Join(", ", metric.Tags), metric.Meaning));

        Assert.Equal(File.ReadAllLines(Repository.PathOf("tests", "Approved", "metrics.txt")), lines);
    }

    [Fact]
    public async Task A_webhook_that_is_too_large_is_counted_with_that_reason()
    {
        var reasons = new List<object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "voicefunctions.webhook.refused")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                reasons.Add(tag.Value);
            }
        });
        listener.Start();
        var app = new FunctionApp();

        await app.DeliverAsync(new string('x', GatewayRoutes.LiveKitMaxBodyBytes + 1), "nobody", TestContext.Current.CancellationToken);

        Assert.Contains("too_large", reasons);
    }

    [Fact]
    public async Task Every_metric_is_recorded_with_its_unit_and_just_its_tags()
    {
        var seen = new Dictionary<string, string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == GatewayMetrics.SourceName)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (seen)
            {
                seen[instrument.Name] = $"{instrument.Unit} {string.Join(',', tags.ToArray().Select(tag => tag.Key))}";
            }
        }

        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();
        var app = new FunctionApp(
            changes: (SettingNames.ToolsJson, """{"backends":[{"url":"https://golf.example","tools":[{"name":"book"}]}]}"""));

        await new PhoneCall(app).TakePlaceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var talk = new PhoneCall(app, "call_trunk-of-tools");
        talk.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)(await app.UseToolAsync(talk, "book", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(404, (int)(await app.UseToolAsync(talk, "sell", TestContext.Current.CancellationToken)).StatusCode);
        var measured = new PhoneCall(app, "call_trunk-measured");
        measured.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await app.ReportQualityAsync(measured, TestContext.Current.CancellationToken);
        await app.PassAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        await app.SweepAsync(TestContext.Current.CancellationToken);
        await app.DeliverAsync("not signed for this", "nobody", TestContext.Current.CancellationToken);
        app.LiveKit.Join("weekly-planning", PhoneCall.Caller);
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await new FunctionApp(new NarrowJournal()).DeliverAsync("too large to store", TestContext.Current.CancellationToken);
        await app.AskForNoLeaseAsync(TestContext.Current.CancellationToken);
        await new DiagnosticsFunctions(app.Front).CallAsync(
            new TestRequest("GET", "https://voice.example.com/calls/x", []), TestContext.Current.CancellationToken);
        await app.Front.AnswerAsync(
            GatewayRoutes.CreateCall,
            new TestRequest("POST", "https://voice.example.com/calls", []),
            TestContext.Current.CancellationToken);
        const string Secret = "a-secret-that-signs-hunter2-hunter2";
        var open = new FunctionApp(
            null, (SettingNames.ApiKeys, """{"golf":"golf-key-hunter2"}"""), (SettingNames.ApiTokenSecret, Secret));
        Assert.Equal(200, await open.AskKnowledgeAsync(Secret, TestContext.Current.CancellationToken));
        var limited = new FunctionApp(null, (SettingNames.RoutesJson, """{"default":{"maxConcurrentCalls":1}}"""));
        new PhoneCall(limited, "call_trunk-limited").CallerJoins();
        await limited.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var wall = new JumpingClock(app.Clock);
        var clock = new SteadyClock(wall, NullLogger<SteadyClock>.Instance);
        wall.Ahead = TimeSpan.FromHours(1);
        clock.GetUtcNow();

        lock (seen)
        {
            Assert.Equal(
                GatewayMetrics.All
                    .ToDictionary(metric => metric.Name, metric => $"{metric.Unit} {string.Join(',', metric.Tags)}")
                    .OrderBy(metric => metric.Key, StringComparer.Ordinal),
                seen.OrderBy(metric => metric.Key, StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Webhooks_and_effects_have_a_span_with_the_calls_id()
    {
        var spans = new List<(string Name, string? CallId, ActivityTraceId Trace)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GatewayMetrics.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add((span.OperationName, span.GetTagItem(GatewaySpans.CallIdAttribute) as string, span.TraceId));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var call = new PhoneCall(new FunctionApp(), room: "call_trunk-of-spans");

        await call.TakePlaceAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        lock (spans)
        {
            var names = spans.Where(span => span.CallId == call.Id.Value).Select(span => span.Name).ToHashSet();
            Assert.Equal([GatewaySpans.TraceOf(call.Id)], spans
                .Where(span => span.CallId == call.Id.Value && !span.Name.StartsWith("webhook", StringComparison.Ordinal))
                .Select(span => span.Trace)
                .Distinct());
            Assert.Superset(
                new HashSet<string>
                {
                    "webhook LiveKitWebhook",
                    "event",
                    "effect dispatch",
                    "effect reconcile",
                    "effect publish",
                    "effect delete-room",
                },
                names);
        }
    }

    /// <summary>A store whose rows hold nothing that a stranger wrote.</summary>
    private sealed class NarrowJournal() : DelegatingJournal(new InMemoryCallJournal(TimeProvider.System))
    {
        public override ValueTask<AppendOutcome> AppendAsync(
            CallId callId, CallEvent callEvent, Tracking watch, CancellationToken cancellationToken) => callEvent.Fact is CallFact.Unhandled
                ? new(AppendOutcome.Refused)
                : base.AppendAsync(callId, callEvent, watch, cancellationToken);
    }
}
