using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Routing.Hours;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Routing;

public sealed class WeeklyHoursTests
{
    private const string Office = """
        "timeZone":"Europe/Berlin","open":[{"days":["mon-thu"],"from":"09:00","to":"17:30"},{"days":"fri","from":"09:00","to":"12:00"}]
        """;

    private static readonly Route Settings =
        new(new AgentConfig("day") { Prompt = "Be kind." }, HumanTimeouts, new RouteFallback(HumanNumber, "Sorry."));

    [Theory]
    [InlineData("2026-11-23T08:59:59+01:00", false)] // Monday
    [InlineData("2026-11-23T09:00:00+01:00", true)]
    [InlineData("2026-11-23T17:29:59+01:00", true)]
    [InlineData("2026-11-23T17:30:00+01:00", false)]
    [InlineData("2026-11-27T11:59:59+01:00", true)] // Friday
    [InlineData("2026-11-27T12:00:00+01:00", false)]
    [InlineData("2026-11-28T10:00:00+01:00", false)] // Saturday
    [InlineData("2026-11-23T08:00:00+00:00", true)]
    [InlineData("2026-11-24T03:30:00-05:00", true)]
    [InlineData("2026-07-06T07:00:00+00:00", true)] // In summer nine o'clock comes an hour earlier.
    [InlineData("2026-07-06T06:59:59+00:00", false)]
    [InlineData("2026-07-06T15:30:00+00:00", false)]
    public void An_office_is_open_by_its_own_clocks(string at, bool open) => Assert.Equal(open, Hours(Office).IsOpen(Time(at)));

    [Theory]
    [InlineData("2026-11-27T21:59:00Z", false)] // Friday
    [InlineData("2026-11-27T22:00:00Z", true)]
    [InlineData("2026-11-28T00:00:00Z", true)]
    [InlineData("2026-11-28T05:59:00Z", true)]
    [InlineData("2026-11-28T06:00:00Z", false)]
    [InlineData("2026-11-28T22:00:00Z", false)] // Saturday's is none.
    [InlineData("2026-11-27T05:00:00Z", false)] // Nor is Thursday's.
    public void A_window_over_midnight_belongs_to_the_day_on_which_it_begins(string at, bool open) => Assert.Equal(
        open, Hours(""" "timeZone":"UTC","open":[{"days":"fri","from":"22:00","to":"06:00"}] """).IsOpen(Time(at)));

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", false)] // 01:59:59; a second later it is three o'clock.
    [InlineData("2026-03-29T01:00:00Z", true)]
    [InlineData("2026-10-25T00:29:59Z", false)] // 02:29:59 in summer
    [InlineData("2026-10-25T00:30:00Z", true)]
    [InlineData("2026-10-25T00:59:59Z", true)]
    [InlineData("2026-10-25T01:00:00Z", false)] // two o'clock once more
    [InlineData("2026-10-25T01:30:00Z", true)]
    [InlineData("2026-10-25T02:59:59Z", true)]
    [InlineData("2026-10-25T03:00:00Z", false)]
    public void The_hour_that_summer_time_skips_never_comes_and_the_one_that_it_repeats_comes_twice(string at, bool open) => Assert.Equal(
        open, Hours(""" "timeZone":"Europe/Berlin","open":[{"days":"sun","from":"02:30","to":"04:00"}] """).IsOpen(Time(at)));

    [Theory]
    [InlineData("2026-12-24T10:00:00Z", false)]
    [InlineData("2026-12-23T22:30:00Z", true)]
    [InlineData("2026-12-24T00:30:00Z", false)] // The closed date ends the night before it at midnight,
    [InlineData("2026-12-25T00:30:00Z", false)] // and its own night does not begin.
    [InlineData("2026-12-25T22:30:00Z", true)]
    public void On_a_closed_date_nobody_is_there_and_no_window_begins(string at, bool open) => Assert.Equal(
        open,
        Hours(""" "timeZone":"UTC","open":[{"days":"mon-sun","from":"22:00","to":"12:00"}],"except":["2026-12-24"] """).IsOpen(Time(at)));

    [Theory]
    [InlineData("sat-mon", "2026-11-28,2026-11-29,2026-11-30")]
    [InlineData("wed", "2026-12-02")]
    [InlineData("Mon-Tue", "2026-11-30,2026-12-01")]
    [InlineData("sun-sat", "2026-11-28,2026-11-29,2026-11-30,2026-12-01,2026-12-02,2026-12-03,2026-12-04")]
    public void Days_are_named_alone_or_as_a_range_that_may_go_over_the_weekend(string days, string open)
    {
        var hours = Hours($$""" "timeZone":"UTC","open":[{"days":"{{days}}","from":"00:00","to":"24:00"}] """);
        var week = Enumerable.Range(0, 7).Select(day => new DateTimeOffset(2026, 11, 28, 23, 59, 59, TimeSpan.Zero).AddDays(day));

        Assert.Equal(open, string.Join(',', week.Where(hours.IsOpen).Select(day => $"{day:yyyy-MM-dd}")));
    }

    [Fact]
    public void No_window_is_never() => Assert.False(Hours(""" "timeZone":"UTC","open":[] """).IsOpen(Noon));

    [Theory]
    [InlineData(""" "open":[] """, "routes[0].hours.timeZone")]
    [InlineData(""" "timeZone":"Europe/Atlantis","open":[] """, "routes[0].hours.timeZone")]
    [InlineData(""" "timeZone":"Romance Standard Time","open":[] """, "routes[0].hours.timeZone")]
    [InlineData(""" "timeZone":"+01:00","open":[] """, "routes[0].hours.timeZone")]
    [InlineData(""" "timeZone":"../../etc/passwd","open":[] """, "routes[0].hours.timeZone")]
    [InlineData(""" "timeZone":"UTC" """, "routes[0].hours.open")]
    [InlineData(""" "timeZone":"UTC","open":[{"from":"09:00","to":"17:00"}] """, "routes[0].hours.open[0].days")]
    [InlineData(""" "timeZone":"UTC","open":[{"days":"monday","from":"09:00","to":"17:00"}] """, "routes[0].hours.open[0].days")]
    [InlineData(""" "timeZone":"UTC","open":[{"days":"mon-wed-fri","from":"09:00","to":"17:00"}] """, "routes[0].hours.open[0].days")]
    [InlineData(""" "timeZone":"UTC","open":[{"days":["mon",""],"from":"09:00","to":"17:00"}] """, "routes[0].hours.open[0].days")]
    [InlineData(""" "timeZone":"UTC","open":[{"days":"mon","from":"9","to":"17:00"}] """, "routes[0].hours.open[0].from")]
    [InlineData(""" "timeZone":"UTC","open":[{"days":"mon","from":"24:00","to":"17:00"}] """, "routes[0].hours.open[0].from")]
    [InlineData(""" "timeZone":"UTC","open":[{"days":"mon","from":"09:00"}] """, "routes[0].hours.open[0].to")]
    [InlineData(""" "timeZone":"UTC","open":[{"days":"mon","from":"09:00","to":"5 pm"}] """, "routes[0].hours.open[0].to")]
    [InlineData(""" "timeZone":"UTC","open":[{"days":"mon","from":"09:00","to":"09:00"}] """, "routes[0].hours.open[0]:")]
    [InlineData(""" "timeZone":"UTC","open":[],"except":["24.12.2026"] """, "routes[0].hours.except[0]")]
    [InlineData(""" "timeZone":"UTC","open":[],"except":["2026-02-29"] """, "routes[0].hours.except[0]")]
    [InlineData(""" "timeZone":"UTC","open":[],"closed":{"agent":{"name":""}} """, "routes[0].hours.closed.agent.name")]
    [InlineData(""" "timeZone":"UTC","open":[],"closed":{"fallback":{"number":"x"}} """, "routes[0].hours.closed.fallback.number")]
    [InlineData(
        """ "timeZone":"UTC","open":[],"closed":{"agent":{"name":"a"},"fallback":{"message":"m"}} """, "routes[0].hours.closed:")]
    public void What_is_wrong_is_named_by_its_place(string hours, string place)
    {
        var errors = new List<string>();

        RouteFile.Parse($$"""{"routes":[{"prefix":"+1","hours":{{{hours}}} }]}""", Settings, errors);

        Assert.StartsWith(place, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_of_its_hours_a_route_has_its_fallback_at_once_or_another_one_or_another_agent()
    {
        var table = Read("""
            {
              "default": { "hours": { "timeZone": "UTC", "open": [], "closed": { "fallback": { "message": "Closed." } } } },
              "routes": [
                { "prefix": "+1", "agent": { "name": "american" } },
                { "prefix": "+33", "hours": { "timeZone": "UTC", "open": [] } },
                { "prefix": "+49", "name": "german", "reserve": { "name": "west" },
                  "hours": { "timeZone": "UTC", "open": [{ "days": "mon-sun", "from": "00:00", "to": "12:00" }],
                             "closed": { "agent": { "name": "night", "greeting": "Good evening!" } } } }
              ]
            }
            """);

        var (american, french, night) = (At("+15550100123"), At("+33123456789"), At("+4930123456"));

        Assert.Equal((true, "american", null, "Closed."), Told(american));
        Assert.Equal((true, "day", HumanNumber.E164, "Sorry."), Told(french));
        Assert.Equal((false, "night", HumanNumber.E164, "Sorry."), Told(night));
        Assert.Equal((false, true, true), (
            american.Timeouts.Silence.CallsHuman, french.Timeouts.Silence.CallsHuman, night.Timeouts.Silence.CallsHuman));
        Assert.Equal(("Be kind.", "Good evening!", "west", "Good evening!", "german"), (
            night.Agent.Prompt, night.Agent.Greeting, night.Reserve!.Name, night.Reserve.Greeting, night.Name));
        Assert.Equal("day", At("+4930123456", -1).Agent.Name);
        Assert.True(At(null).IsClosed);
        Assert.True(table.HasHours);
        Assert.False(table.Find(new RouteQuery("+15550100123")).IsClosed);

        Route At(string? called, double seconds = 0) => table.Find(new RouteQuery(called) { At = Noon.AddSeconds(seconds) });

        static (bool Closed, string Agent, string? Human, string Message) Told(Route route) =>
            (route.IsClosed, route.Agent.Name, route.Fallback.Human?.E164, route.Fallback.Message);
    }

    private static WeeklyHours Hours(string json) =>
        Read($$"""{"routes":[{"prefix":"+1","hours":{{{json}}} }]}""").Find(new RouteQuery("+15550100123")).Hours!;

    private static RouteTable Read(string json)
    {
        var errors = new List<string>();
        var table = RouteFile.Parse(json, Settings, errors);
        Assert.Equal([], errors);
        return table!;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
