using System.Text.Json.Nodes;
using System.Xml.Linq;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Simulator.Tests.Scenarios;

/// <summary>
/// A script for the gateway that knows no faults: dials LiveKit, asks for an agent when the phone has joined, hangs up after the Dial.
/// </summary>
internal static class GoodDay
{
    public static void Script(Simulation simulation)
    {
        var setup = simulation.Network.Setup;
        var url = simulation.Gateway.Url;
        simulation.Gateway.Voice = request =>
        {
            var user = request.Form["CallSid"]!.ToLowerInvariant();
            var sip = new XElement(
                "Sip",
                new XAttribute("username", setup.SipUsername),
                new XAttribute("password", setup.SipPassword),
                new XAttribute("statusCallback", $"{url}twilio/status"),
                new XAttribute("statusCallbackEvent", "initiated ringing answered completed"),
                $"sip:{user}@{setup.Twilio.SipHost};transport=tcp");
            return $"""<Response><Dial answerOnBridge="true" timeout="30" action="{url}twilio/dial-result">{sip}</Dial></Response>""";
        };
        simulation.Gateway.Api = request => request.Path == "/auth/token"
            ? """{"access_token":"x"}"""
            : $$"""{"call_id":"y","status":"ready","session_token":"{{TokenOf(simulation)}}"}""";
        simulation.Gateway.OnWebhook = async (_, webhook) =>
        {
            var body = JsonNode.Parse(webhook.Text)!;
            if ((string)body["event"]! == "participant_joined"
                && body["participant"]!["attributes"] is { } attributes
                && (attributes["sip.ruleID"] ?? attributes[LiveKitAttributes.Role]) is not null)
            {
                var room = (string)body["room"]!["name"]!;
                await simulation.ApiAsync("AgentDispatchService/CreateDispatch", new() { ["room"] = room, ["agent_name"] = "a" }, room);
            }
        };
    }

    private static string TokenOf(Simulation simulation) => LiveKitToken.MintFor(
        simulation.Network.LiveKit.Key,
        "driver_1",
        LiveKitGrants.JoinAsSpeaker("call_y"),
        simulation.Time.Clock.GetUtcNow(),
        TimeSpan.FromHours(1),
        new Dictionary<string, string> { [LiveKitAttributes.Role] = LiveKitAttributes.CallerRole });
}
