using VoiceFunctions.Core.Http;
using VoiceFunctions.Functions.Http;

namespace VoiceFunctions.Functions.Tests.Http;

/// <summary>The Functions host finds routes by itself and the local host with Core's matcher; both find the same.</summary>
public sealed class RoutingTests : IDisposable
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];

    private readonly HostRouter host = new();

    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData("/twilio/voice", "TwilioVoice")]
    [InlineData("/Twilio/VOICE", "TwilioVoice")]
    [InlineData("/twilio/voice/", "TwilioVoice")]
    [InlineData("/twilio/dial-result", "TwilioDialResult")]
    [InlineData("/twilio/screen", "TwilioScreen")]
    [InlineData("/Twilio/Screen/", "TwilioScreen")]
    [InlineData("/twilio/status/", "TwilioStatus")]
    [InlineData("/livekit/webhook", "LiveKitWebhook")]
    [InlineData("/LiveKit/Webhook", "LiveKitWebhook")]
    [InlineData("/agents/lease", "AgentLease")]
    [InlineData("/calls", "Calls")]
    [InlineData("/Calls/", "Calls")]
    [InlineData("/calls/abc", "Call")]
    [InlineData("/calls/abc/", "Call")]
    [InlineData("/CALLS/aBc", "Call")]
    [InlineData("/calls/proof", "Call")]
    [InlineData("/calls/a%2Fb", "Call")]
    [InlineData("/calls/%20", "Call")]
    [InlineData("/calls/abc/proof", "CallProof")]
    [InlineData("/calls/abc/Proof/", "CallProof")]
    [InlineData("/healthz", "Health")]
    [InlineData("/HealthZ/", "Health")]
    [InlineData("/readyz", "Ready")]
    [InlineData("/", null)]
    [InlineData("/twilio", null)]
    [InlineData("/twilio/voice//", null)]
    [InlineData("/twilio//voice", null)]
    [InlineData("/twilio/voice/more", null)]
    [InlineData("/twilio/voice.xml", null)]
    [InlineData("/twilio/voice%20", null)]
    [InlineData("/twilio%2Fvoice", null)]
    [InlineData("/twilio/voice%2F", null)]
    [InlineData("/calls//", null)]
    [InlineData("/calls//proof", null)]
    [InlineData("/calls/abc//", null)]
    [InlineData("/calls/abc/def", null)]
    [InlineData("/calls/abc/proof/def", null)]
    [InlineData("/calls%2Fabc", null)]
    public async Task A_path_is_the_same_route_on_both_hosts(string path, string? name)
    {
        Assert.Contains(name, Methods.Select(method => GatewayRoutes.Find(path, method)?.Name));
        foreach (var method in Methods)
        {
            var route = GatewayRoutes.Find(path, method);
            Assert.Equal(
                route?.Answers(method) == true ? route.Name : UnroutedFunction.FunctionName, await host.FunctionOfAsync(method, path));
        }
    }

    [Fact]
    public async Task Every_path_of_up_to_four_pieces_is_the_same_route_on_both_hosts()
    {
        string[] pieces = ["", "calls", "CALLS", "proof", "twilio", "Voice", "healthz", "x"];
        List<string> paths = [];
        List<string> longest = [""];
        for (var depth = 1; depth <= 4; depth++)
        {
            longest = [.. from path in longest from piece in pieces select $"{path}/{piece}"];
            paths.AddRange(longest);
        }

        var found = new HashSet<string>();

        foreach (var path in paths)
        {
            var route = GatewayRoutes.Find(path, "GET");
            var other = path.StartsWith("//", StringComparison.Ordinal) ? null : UnroutedFunction.FunctionName;
            found.Add(route?.Name ?? "");
            Assert.Equal((path, route?.Name ?? other), (path, await host.FunctionOfAsync(route?.Method ?? "GET", path)));
        }

        Assert.Equal(["", "Call", "CallProof", "Calls", "Health", "TwilioVoice"], found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("//")]
    [InlineData("//twilio/voice")]
    public async Task A_path_that_begins_with_two_slashes_is_the_hosts_own_404_since_no_template_takes_it(string path)
    {
        Assert.Null(GatewayRoutes.Find(path, "POST"));
        Assert.Null(await host.FunctionOfAsync("POST", path));
    }

    [Fact]
    public async Task An_escaped_letter_is_a_route_on_the_Functions_host_alone_which_decodes_before_it_looks()
    {
        Assert.Equal("TwilioVoice", await host.FunctionOfAsync("POST", "/twilio/%76oice"));
        Assert.Null(GatewayRoutes.Find("/twilio/%76oice", "POST"));
    }
}
