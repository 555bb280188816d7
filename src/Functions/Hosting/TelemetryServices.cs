using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Functions.Hosting;

/// <summary>Where telemetry goes: the same settings that the Functions host reads.</summary>
internal static class TelemetryServices
{
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string AzureMonitorAuthentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// What .NET itself calls its meter of outgoing requests. Their spans are left out: a call makes dozens, each named
    /// after the rows that it touches.
    /// </summary>
    private const string OutgoingHttp = "System.Net.Http";

    extension(IServiceCollection services)
    {
        /// <summary>
        /// Exports spans, metrics and logs where an exporter is set; without one the worker's logs go through the host as ever.
        /// </summary>
        /// <param name="read">Gives a setting by its name.</param>
        public void AddGatewayTelemetry(Func<string, string?> read)
        {
            if (IsSet(read, AzureMonitor) || IsSet(read, Otlp))
            {
                Export(services.AddOpenTelemetry().UseFunctionsWorkerDefaults(), read);
            }
        }
    }

    /// <summary>Exports to wherever an exporter is set.</summary>
    internal static void Export(IOpenTelemetryBuilder telemetry, Func<string, string?> read)
    {
        telemetry
            .WithTracing(traces => traces.AddSource(GatewayMetrics.SourceName))
            .WithMetrics(metrics => metrics.AddMeter(GatewayMetrics.SourceName, OutgoingHttp));
        if (IsSet(read, AzureMonitor))
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = read(AzureMonitor);
                options.Credential = Credential(read);
            });
        }

        if (IsSet(read, Otlp))
        {
            telemetry.UseOtlpExporter();
        }
    }

    private static bool IsSet(Func<string, string?> read, string name) => !string.IsNullOrEmpty(read(name));

    /// <summary>
    /// An Application Insights resource that takes no keys takes the app's identity; <c>null</c> where the
    /// connection string's key is enough.
    /// </summary>
    private static TokenCredential? Credential(Func<string, string?> read) =>
        read(AzureMonitorAuthentication)?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) != true ? null
        : PastedValue.TextOf(read(SettingNames.AzureClientId)) is { } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();
}
