using System.Xml.Linq;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Http;

/// <summary>What Twilio's callers get outside of a route's hours.</summary>
public sealed class AfterHoursRouteTests
{
    [Fact]
    public async Task The_message_is_said_at_once_and_LiveKit_has_no_part_in_it()
    {
        var bench = Closed(""" "closed":{"fallback":{"message":"We open at nine."}} """);

        var answer = await bench.VoiceAsync();

        Assert.Equal("<Response><Say>We open at nine.</Say><Hangup/></Response>", GatewayBench.TwimlOf(answer));
        Assert.Equal(new CallDecision.Do(new CallEffect.EndCall(EndCause.Closed)), await NextAsync(bench));
        Assert.Empty(bench.LiveKit.Made);
    }

    [Fact]
    public async Task A_human_who_is_there_then_is_dialled_at_once_and_their_own_message_follows()
    {
        var bench = Closed(""" "closed":{"fallback":{"number":"+15550109999","message":"The night desk is busy."}} """);

        Assert.Equal("+15550109999", Xml(await bench.VoiceAsync()).Element("Dial")!.Element("Number")!.Value);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        var missed = await bench.TwilioAsync(
            "/twilio/dial-result?leg=human",
            ("CallSid", GatewayBench.CallSid), ("To", GatewayBench.To), ("From", GatewayBench.From), ("CallStatus", "in-progress"),
            ("DialCallStatus", "no-answer"));
        Assert.Equal("The night desk is busy.", Xml(missed).Element("Say")!.Value);
    }

    [Fact]
    public async Task Without_a_word_about_it_the_routes_own_fallback_is_what_there_is() =>
        Assert.Equal("Nobody is here.", Xml(await Closed(""" "closed":{} """).VoiceAsync()).Element("Say")!.Value);

    [Fact]
    public async Task Another_agent_takes_the_call_as_on_any_day()
    {
        var bench = Closed(""" "closed":{"agent":{"name":"night"}} """);

        Assert.NotNull(Xml(await bench.VoiceAsync()).Element("Dial")!.Element("Sip"));
        await bench.CallerJoinsAsync();

        var made = Assert.Single(bench.LiveKit.Made).Request;
        var told = DispatchMetadata.TryParse(made.Metadata)!;
        Assert.Equal(("night", "night", "line"), (made.AgentName, told.Agent!.Name, told.Route));
        Assert.Equal(
            (GatewayBench.From, GatewayBench.To, CallDirection.Inbound, 1), (told.Caller, told.Called, told.Direction, told.Attempt));
    }

    [Fact]
    public async Task A_repetition_after_the_closing_time_gets_the_answer_of_the_first_request()
    {
        var bench = Until("12:00");
        bench.Clock.Advance(OpensAt(bench, 12) - TimeSpan.FromSeconds(2));

        var first = await bench.VoiceAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.NotNull(Xml(first).Element("Dial"));
        Assert.Equal(first.Body.ToArray(), (await bench.VoiceAsync()).Body.ToArray());
        Assert.False(bench.Settings.Routes.Find(RouteQuery.Of(await bench.StateAsync())).IsClosed);
    }

    [Fact]
    public async Task A_call_that_began_before_the_closing_time_has_its_agent_and_its_fallback_after_it()
    {
        var bench = Until("12:00");
        bench.Clock.Advance(OpensAt(bench, 12) - TimeSpan.FromSeconds(2));
        await bench.VoiceAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(5));

        await bench.CallerJoinsAsync();
        var result = await bench.TwilioAsync(
            "/twilio/dial-result",
            ("CallSid", GatewayBench.CallSid), ("To", GatewayBench.To), ("CallStatus", "in-progress"), ("DialCallStatus", "no-answer"));

        Assert.Equal("day", Assert.Single(bench.LiveKit.Made).Request.AgentName);
        Assert.Equal("Nobody is here.", Xml(result).Element("Say")!.Value);
    }

    private static GatewayBench Closed(string closed) => Routed($$""" "timeZone":"UTC","open":[],{{closed}} """);

    private static GatewayBench Until(string time) => Routed(
        $$""" "timeZone":"UTC","open":[{"days":"mon-sun","from":"00:00","to":"{{time}}"}],"closed":{"fallback":{"message":"Closed."} } """);

    private static GatewayBench Routed(string hours) => new(null, (
        SettingNames.RoutesJson,
        $$"""{"routes":[{"number":"+15550100123","name":"line","agent":{"name":"day"},"hours":{{{hours}}} }]}"""));

    /// <summary>How long it is until an hour of the day, UTC.</summary>
    private static TimeSpan OpensAt(GatewayBench bench, int hour)
    {
        var now = bench.Clock.GetUtcNow().TimeOfDay;
        var wanted = TimeSpan.FromHours(hour);
        return now < wanted ? wanted - now : wanted - now + TimeSpan.FromDays(1);
    }

    private static async Task<CallDecision> NextAsync(GatewayBench bench)
    {
        var state = await bench.StateAsync();
        return CallPolicy.Next(state, bench.Settings.Routes.Find(RouteQuery.Of(state)).Timeouts, bench.Clock.GetUtcNow());
    }

    private static XElement Xml(GatewayResponse response) => XDocument.Parse(GatewayBench.Text(response)).Root!;
}
