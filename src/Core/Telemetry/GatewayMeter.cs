using System.Diagnostics.Metrics;

namespace VoiceFunctions.Core.Telemetry;

/// <summary>The instruments behind <see cref="GatewayMetrics"/>.</summary>
internal static class GatewayMeter
{
    private static readonly double[] Moments = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
    private static readonly double[] Waits = [0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 60];
    private static readonly double[] Shares = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
    private static readonly double[] Lengths = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400];

    private static readonly Meter Meter = new(GatewayMetrics.SourceName);

    public static Counter<long> WebhookReceived { get; } = Counter(GatewayMetrics.WebhookReceived);

    public static Histogram<double> WebhookDuration { get; } = Histogram(GatewayMetrics.WebhookDuration, Moments);

    public static Counter<long> WebhookRefused { get; } = Counter(GatewayMetrics.WebhookRefused);

    public static Counter<long> WebhooksForeign { get; } = Counter(GatewayMetrics.WebhooksForeign);

    public static Counter<long> EventsOmitted { get; } = Counter(GatewayMetrics.EventsOmitted);

    public static Counter<long> TokenRefused { get; } = Counter(GatewayMetrics.TokenRefused);

    public static Counter<long> AgentLeaseRefused { get; } = Counter(GatewayMetrics.AgentLeaseRefused);

    public static Counter<long> DiagnosticsRefused { get; } = Counter(GatewayMetrics.DiagnosticsRefused);

    /// <summary>Requests of the API that were refused.</summary>
    public static Counter<long> ApiRefused { get; } = Counter(GatewayMetrics.ApiRefused);

    public static Counter<long> CallStarted { get; } = Counter(GatewayMetrics.CallStarted);

    public static Counter<long> CallScreened { get; } = Counter(GatewayMetrics.CallScreened);

    public static Counter<long> CallEnded { get; } = Counter(GatewayMetrics.CallEnded);

    public static Histogram<double> CallDuration { get; } = Histogram(GatewayMetrics.CallDuration, Lengths);

    public static Histogram<double> AgentDispatchLatency { get; } = Histogram(GatewayMetrics.AgentDispatchLatency, Waits);

    public static Histogram<double> AgentSilence { get; } = Histogram(GatewayMetrics.AgentSilence, Waits);

    public static Histogram<double> CallSilence { get; } = Histogram(GatewayMetrics.CallSilence, Waits);

    public static Histogram<double> CallWaste { get; } = Histogram(GatewayMetrics.CallWaste, Lengths);

    public static Histogram<double> EffectDuration { get; } = Histogram(GatewayMetrics.EffectDuration, Moments);

    public static Histogram<double> ToolDuration { get; } = Histogram(GatewayMetrics.ToolDuration, Moments);

    public static Counter<long> ToolRefused { get; } = Counter(GatewayMetrics.ToolRefused);

    public static Counter<long> ClockStrayed { get; } = Counter(GatewayMetrics.ClockStrayed);

    public static Counter<long> QualityWarnings { get; } = Counter(GatewayMetrics.QualityWarnings);

    public static Histogram<double> QualityTime { get; } = Histogram(GatewayMetrics.QualityTime, Moments);

    public static Histogram<double> QualityLoss { get; } = Histogram(GatewayMetrics.QualityLoss, Shares);

    public static Counter<long> Requests { get; } = Counter(GatewayMetrics.Requests);

    public static Histogram<double> RequestDuration { get; } = Histogram(GatewayMetrics.RequestDuration, Moments);

    public static Counter<long> Connections { get; } = Counter(GatewayMetrics.Connections);

    public static Counter<long> CallEvents { get; } = Counter(GatewayMetrics.CallEvents);

    public static Gauge<int> CallsOpen { get; } =
        Meter.CreateGauge<int>(GatewayMetrics.CallsOpen.Name, GatewayMetrics.CallsOpen.Unit, GatewayMetrics.CallsOpen.Meaning);

    public static Gauge<int> CallsOverdue { get; } =
        Meter.CreateGauge<int>(GatewayMetrics.CallsOverdue.Name, GatewayMetrics.CallsOverdue.Unit, GatewayMetrics.CallsOverdue.Meaning);

    public static Histogram<double> KnowledgeQueryDuration { get; } = Histogram(GatewayMetrics.KnowledgeQueryDuration, Moments);

    public static Histogram<double> KnowledgeHits { get; } = Histogram(GatewayMetrics.KnowledgeHits, [0, 1, 2, 3, 5, 10, 20]);

    private static Counter<long> Counter(Metric metric) => Meter.CreateCounter<long>(metric.Name, metric.Unit, metric.Meaning);

    private static Histogram<double> Histogram(Metric metric, double[] boundaries) =>
        Meter.CreateHistogram(
            metric.Name, metric.Unit, metric.Meaning, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });
}
