using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Routing.Outbound;
using VoiceFunctions.Core.Telephony;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Routing;

/// <summary>What the routes file says about the calls that we make, and when somebody may be called by their own clocks.</summary>
public sealed class CallingHoursTests
{
    private const string Berlin = "+493012345678";
    private const string NewYork = "+12125550123";

    /// <summary>A freephone number may be anywhere in North America.</summary>
    private const string Anywhere = "+18005550123";

    private static readonly OutboundTerms NineToEight =
        Parse("""{"callingHours": {"open": [{"days": ["mon-fri"], "from": "09:00", "to": "20:00"}]}}""");

    [Fact]
    public void A_number_is_where_its_prefix_says()
    {
        Assert.Equal(["Europe/Berlin"], NumberZones.Of(Berlin).Select(zone => zone.Id));
        Assert.Equal(["America/New_York"], NumberZones.Of(NewYork).Select(zone => zone.Id));
        Assert.InRange(NumberZones.Of(Anywhere).Count, 10, 100);
        Assert.Empty(NumberZones.Of("+999"));
    }

    [Theory]
    [InlineData(Berlin, "2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z")]
    [InlineData(Berlin, "2026-11-23T07:59:59Z", "2026-11-23T08:00:00Z")]
    [InlineData(Berlin, "2026-11-20T19:00:00Z", "2026-11-23T08:00:00Z")]
    [InlineData(NewYork, "2026-11-23T08:00:00Z", "2026-11-23T14:00:00Z")]
    [InlineData(NewYork, "2026-07-20T08:00:00Z", "2026-07-20T13:00:00Z")]
    public void The_hours_are_by_the_clocks_of_whoever_is_called(string number, string from, string opens) =>
        Assert.Equal(Time(opens), NineToEight.NextOpen(Time(from), number));

    [Fact]
    public void Where_a_number_may_be_in_several_zones_it_is_open_in_all_of_them()
    {
        var opens = NineToEight.NextOpen(Time("2026-11-23T14:00:00Z"), Anywhere)!.Value;

        Assert.All(NumberZones.Of(Anywhere), zone =>
        {
            var local = TimeZoneInfo.ConvertTime(opens, zone);
            Assert.InRange(local.TimeOfDay, TimeSpan.FromHours(9), TimeSpan.FromHours(20));
        });
        Assert.Null(Parse("""{"callingHours": {"open": [{"days": ["mon-fri"], "from": "09:00", "to": "10:00"}]}}""")
            .NextOpen(Time("2026-11-23T14:00:00Z"), Anywhere));
    }

    [Fact]
    public void A_number_of_which_no_zone_is_known_has_that_of_the_route()
    {
        var tokyo = Parse(
            """{"callingHours": {"timeZone": "Asia/Tokyo", "open": [{"days": ["mon-fri"], "from": "09:00", "to": "20:00"}]}}""");

        Assert.Equal(Time("2026-11-23T00:00:00Z"), tokyo.NextOpen(Time("2026-11-22T12:00:00Z"), "+999"));
    }

    [Fact]
    public void A_window_that_begins_in_an_hour_that_summer_time_skips_begins_an_hour_later()
    {
        var early = Parse("""{"callingHours": {"open": [{"days": ["mon-sun"], "from": "02:30", "to": "20:00"}]}}""");

        Assert.Equal(Time("2026-03-29T01:30:00Z"), early.NextOpen(Time("2026-03-28T23:00:00Z"), Berlin));
    }

    [Fact]
    public void What_a_route_leaves_out_comes_from_the_default()
    {
        var table = RouteFile.Parse(
            """
            {"default": {"redial": {"on": ["busy"], "attempts": 3, "afterSeconds": 60}, "whenMachine": "hang-up"},
             "routes": [{"number": "+15550100199", "whenMachine": "leave-message"}, {"number": "+15550100188", "redial": {}}]}
            """,
            CallsBench.Route,
            [])!;

        var first = table.Find(new RouteQuery("+15550100199")).Timeouts.Outbound;
        Assert.Equal((MachineAction.LeaveMessage, 3), (first.WhenMachine, first.Redial!.Attempts));
        Assert.Equal(["busy"], first.Redial.On);
        var second = table.Find(new RouteQuery("+15550100188")).Timeouts.Outbound;
        Assert.Equal(
            (MachineAction.HangUp, 2, TimeSpan.FromSeconds(300)), (second.WhenMachine, second.Redial!.Attempts, second.Redial.After));
        Assert.Equal(["busy", "no_answer"], second.Redial.On.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"redial": {"on": ["answered"]}}""", "default.redial.on")]
    [InlineData("""{"redial": {"on": []}}""", "default.redial.on")]
    [InlineData("""{"redial": {"attempts": 1}}""", "default.redial.attempts")]
    [InlineData("""{"redial": {"attempts": 6}}""", "default.redial.attempts")]
    [InlineData("""{"redial": {"afterSeconds": 29}}""", "default.redial.afterSeconds")]
    [InlineData("""{"whenMachine": "beep"}""", "default.whenMachine")]
    [InlineData("""{"callingHours": {"open": []}}""", "default.callingHours.open")]
    [InlineData("""{"callingHours": {"timeZone": "Mars", "open": [{"days": ["mon"], "from": "09:00", "to": "10:00"}]}}""", "timeZone")]
    [InlineData("""{"redail": {}}""", "routes: not readable")]
    public void What_is_wrong_is_named_with_its_place(string basis, string place)
    {
        var errors = new List<string>();

        Assert.Null(RouteFile.Parse($$"""{"default": {{basis}}}""", CallsBench.Route, errors));
        Assert.Contains(place, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_we_make_is_outside_of_no_opening_hours_and_its_route_does_not_change_when_it_is_answered()
    {
        var table = RouteFile.Parse(
            """
            {"routes": [{"trunk": "ST_1", "name": "inbound"},
                        {"number": "+15550100199", "name": "sales", "hours": {"timeZone": "UTC", "open": []}}]}
            """,
            CallsBench.Route,
            [])!;
        var requested = new Scene(Calls.Dialling.Outbound.Requested(0));
        var answered = requested.And(Joined(1, Calls.Dialling.Outbound.Callee("active") with { TrunkId = "ST_1" }));

        foreach (var state in new[] { requested.State, answered.State })
        {
            var route = table.Find(RouteQuery.Of(state));
            Assert.Equal(("sales", false), (route.Name, route.IsClosed));
        }
    }

    private static OutboundTerms Parse(string basis) =>
        RouteFile.Parse($$"""{"default": {{basis}}}""", CallsBench.Route, [])!.Default.Timeouts.Outbound;

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
