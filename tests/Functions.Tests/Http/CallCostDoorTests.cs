using System.Text.Json;
using VoiceFunctions.Core.Costs;
using VoiceFunctions.Core.Costs.Prices;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Http;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Http;

public sealed class CallCostDoorTests
{
    [Fact]
    public async Task What_a_call_cost_is_shown_to_whoever_brings_the_diagnostics_key()
    {
        const string Key = "a-key-of-this-test";
        var keyed = new FunctionApp(null, (SettingNames.DiagnosticsKey, Key));
        var call = new PhoneCall(keyed);
        await call.TakePlaceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var doors = new DiagnosticsFunctions(keyed.Front);
        var url = $"https://voice.example.com/calls/{call.Id}/cost";

        var shown = (TestResponse)await doors.CallCostAsync(
            new TestRequest("GET", url, [], (DiagnosticsAccess.HeaderName, Key)), TestContext.Current.CancellationToken);
        var closed = await doors.CallCostAsync(new TestRequest("GET", url, []), TestContext.Current.CancellationToken);

        var sheet = JsonSerializer.Deserialize(shown.Text, CostJson.Default.CostSheet)!;
        Assert.Equal((call.Id.Value, true), (sheet.CallId, sheet.IsFinal));
        Assert.Empty(sheet.Disagreements);
        Assert.Equal(2, sheet.Lines.Single(line => line.Price == PriceName.LiveKitSip).Quantity);
        Assert.Equal(401, (int)closed.StatusCode);
    }
}
