using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Worker.Hosting;
using VoiceFunctions.Worker.Protocol;

namespace VoiceFunctions.Worker;

public sealed class WorkerTests(RunningWorker worker) : IClassFixture<RunningWorker>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_worker_gets_ready_and_tells_its_functions()
    {
        Assert.Equal(StatusResult.Types.Status.Success, worker.Init.Result.Status);
        Assert.Equal(StatusResult.Types.Status.Success, worker.Reported.Result.Status);
        Assert.False(worker.Reported.UseDefaultMetadataIndexing);
    }

    [Fact]
    public void Each_route_each_effect_the_orchestration_and_the_timers_are_functions_and_nothing_else_is() =>
        Assert.Equal(
            ExpectedFunctions.All,
            worker.Reported.FunctionMetadataResults
                .Select(function => ExpectedFunctions.Line(function.Name, function.RawBindings.Select(binding => JsonNode.Parse(binding))))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_function_is_loaded() =>
        Assert.DoesNotContain(worker.Loaded, loaded => loaded.Value.Status != StatusResult.Types.Status.Success);

    [Fact]
    public async Task A_request_goes_through_the_worker_to_the_gateway_and_its_answer_back()
    {
        var answer = await worker.GetAsync(GatewayRoutes.Health.Name, "https://voice.example.com/healthz", Stop);

        Assert.Equal("200", answer.ReturnValue.Http.StatusCode);
        Assert.Equal("""{"status":"ok"}""", answer.ReturnValue.Http.Body.Bytes.ToStringUtf8());
        Assert.Equal(
            ("no-store", "nosniff"),
            (answer.ReturnValue.Http.Headers["Cache-Control"], answer.ReturnValue.Http.Headers["X-Content-Type-Options"]));
    }

    [Theory]
    [InlineData(nameof(GatewayRoutes.Call), "https://voice.example.com/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(nameof(GatewayRoutes.CallProof), "https://voice.example.com/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa/proof")]
    [InlineData(nameof(GatewayRoutes.Calls), "https://voice.example.com/calls?room=a&code=anything")]
    public async Task Without_a_key_in_its_settings_the_worker_shows_no_call_to_anybody(string function, string url)
    {
        var answer = await worker.GetAsync(function, url, Stop);

        Assert.Equal("403", answer.ReturnValue.Http.StatusCode);
        Assert.Contains(SettingNames.DiagnosticsKey, answer.ReturnValue.Http.Body.Bytes.ToStringUtf8(), StringComparison.Ordinal);
    }
}
