using System.Globalization;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Functions.Tests.Hosting;

public sealed class HostFilesTests
{
    private static readonly JsonNode Host = Read("src", "Functions", "host.json");
    private static readonly JsonNode DurableTask = Host["extensions"]!["durableTask"]!;
    private static readonly JsonObject Sample = Read("local.settings.sample.json")["Values"]!.AsObject();

    [Fact]
    public void Paths_are_the_same_here_and_in_the_cloud() => Assert.Equal("", (string?)Host["extensions"]!["http"]!["routePrefix"]);

    [Fact]
    public void The_host_and_the_worker_speak_open_telemetry() => Assert.Equal("OpenTelemetry", (string?)Host["telemetryMode"]);

    [Fact]
    public void The_task_hub_is_named_by_a_setting_that_the_sample_has()
    {
        var name = (string?)DurableTask["hubName"];

        Assert.Equal("%TASKHUB_NAME%", name);
        Assert.Matches("^[A-Za-z][A-Za-z0-9]{2,44}$", (string?)Sample["TASKHUB_NAME"]);
    }

    [Fact]
    public void The_queues_are_asked_every_second_where_the_provider_reads_it()
    {
        Assert.Equal("00:00:01", (string?)DurableTask["storageProvider"]!["maxQueuePollingInterval"]);
        Assert.Null(DurableTask["maxQueuePollingInterval"]);
    }

    [Fact]
    public void Orchestrations_have_a_version_and_wait_for_a_host_that_knows_it()
    {
        Assert.Equal("1.0", (string?)DurableTask["defaultVersion"]);
        Assert.Equal("CurrentOrOlder", (string?)DurableTask["versionMatchStrategy"]);
        Assert.Equal("Reject", (string?)DurableTask["versionFailureStrategy"]);
    }

    [Fact]
    public void Events_to_nobody_are_told() => Assert.True((bool?)DurableTask["throwStatusExceptionsOnRaiseEvent"]);

    [Fact]
    public void Spans_of_orchestrations_are_of_the_second_version()
    {
        Assert.True((bool?)DurableTask["tracing"]!["distributedTracingEnabled"]);
        Assert.Equal("V2", (string?)DurableTask["tracing"]!["version"]);
    }

    [Fact]
    public void The_sample_has_every_setting_that_is_read()
    {
        var missing = SettingNames.All.Select(setting => setting.Name).Except(Sample.Select(value => value.Key));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_sample_has_nothing_that_nobody_reads()
    {
        string[] hosts =
        [
            "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "AzureWebJobsStorage", "AzureWebJobsDisableHomepage",
            "TASKHUB_NAME", "APPLICATIONINSIGHTS_CONNECTION_STRING", "OTEL_EXPORTER_OTLP_ENDPOINT",
        ];

        var unknown = Sample.Select(value => value.Key).Except(SettingNames.All.Select(setting => setting.Name)).Except(hosts);

        Assert.Empty(unknown);
    }

    [Fact]
    public void With_the_sample_as_it_is_only_what_must_be_filled_in_is_missing()
    {
        var refused = Assert.Throws<SettingsException>(() => Functions.Hosting.HostSettings.Read(name => (string?)Sample[name], _ => "{}"));

        Assert.All(refused.Errors, error => Assert.EndsWith("is missing", error, StringComparison.Ordinal));
        Assert.Equal(
            SettingNames.All.Where(setting => setting.Need != SettingNeed.Optional && string.IsNullOrEmpty((string?)Sample[setting.Name]))
                .Select(setting => $"{setting.Name} is missing")
                .Order(StringComparer.Ordinal),
            refused.Errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_platform_has_no_page_of_its_own() => Assert.Equal("true", (string?)Sample["AzureWebJobsDisableHomepage"]);

    [Fact]
    public void The_host_reads_little_more_of_a_body_than_the_routes_do()
    {
        var limit = int.Parse((string)Sample["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"]!, CultureInfo.InvariantCulture);

        Assert.InRange(limit, GatewayRoutes.All.Max(route => route.MaxBodyBytes) + 1, 2 * GatewayRoutes.LiveKitMaxBodyBytes);
    }

    [Fact]
    public void The_sample_holds_no_secret()
    {
        var secrets = SettingNames.All.Where(setting => setting.IsSecret && setting.Name != SettingNames.StorageConnection);

        Assert.All(secrets, setting => Assert.Equal("", (string?)Sample[setting.Name]));
    }

    [Fact]
    public void A_history_begins_anew_long_before_it_hurts() => Assert.InRange(CallOrchestration.TurnsPerGeneration, 10, 200);

    [Theory]
    [InlineData("workItemQueueVisibilityTimeout", "00:00:15")] // What an activity's loss costs; docs/reliability.md says so.
    [InlineData("controlQueueVisibilityTimeout", "00:01:00")] // The least that the provider takes.
    public void What_a_lost_host_was_at_is_handed_out_again_before_long(string name, string time) =>
        Assert.Equal(time, (string?)Read("src", "Functions", "host.json")["extensions"]!["durableTask"]!["storageProvider"]![name]);

    private static JsonNode Read(params string[] path) => JsonNode.Parse(File.ReadAllText(Repository.PathOf(path)))!;
}
