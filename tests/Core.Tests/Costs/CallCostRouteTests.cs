using System.Text.Json;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Costs;

public sealed class CallCostRouteTests
{
    [Fact]
    public async Task A_calls_cost_is_computed_from_what_is_stored_and_names_nobody()
    {
        var bench = new GatewayBench();
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();
        await bench.TwilioAsync(
            "/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", "completed"), ("CallDuration", "61"));

        var response = await bench.GetAsync($"/calls/{GatewayBench.Call}/cost");

        Assert.Equal((200, "application/json"), (response.Status, response.ContentType));
        var text = GatewayBench.Text(response);
        var sheet = JsonSerializer.Deserialize(text, CostJson.Default.CostSheet)!;
        Assert.Equal(GatewayBench.Call.Value, sheet.CallId);
        Assert.Equal(new WitnessTime("twilio", 61, null), sheet.Durations[0]);
        Assert.Equal(17_000, sheet.Lines.Single(line => line.Price == "twilio.inbound_minute").MicroDollars);
        Assert.DoesNotContain(GatewayBench.From[1..], text, StringComparison.Ordinal);
        Assert.DoesNotContain(GatewayBench.To[1..], text, StringComparison.Ordinal);
        Assert.Contains("\"microDollars\":null", text, StringComparison.Ordinal); // What has no price says so.
    }

    [Fact]
    public async Task The_operators_prices_are_those_of_the_bill()
    {
        var bench = new GatewayBench(changes: (
            SettingNames.PricesJson, """{"date":"2026-12-01","prices":{"twilio.inbound_minute":{"microDollars":7000} } }"""));
        await bench.VoiceAsync();
        await bench.TwilioAsync(
            "/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", "completed"), ("CallDuration", "60"));

        var response = await bench.GetAsync($"/calls/{GatewayBench.Call}/cost");

        var sheet = JsonSerializer.Deserialize(GatewayBench.Text(response), CostJson.Default.CostSheet)!;
        Assert.Equal(new DateOnly(2026, 12, 1), sheet.PricesOf);
        Assert.Equal(7000, sheet.Lines.Single(line => line.Price == "twilio.inbound_minute").MicroDollars);
        Assert.Equal("the operator's own", sheet.Prices.Single(price => price.Name == "twilio.inbound_minute").Source);
    }
}
