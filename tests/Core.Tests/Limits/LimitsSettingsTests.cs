using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Limits;

/// <summary>How limits are set, and what is wrong is named.</summary>
public sealed class LimitsSettingsTests
{
    private static readonly Route Settings = new(new AgentConfig("acme"), Timeouts, new RouteFallback(null, "Sorry."));

    [Theory]
    [InlineData(""" "maxConcurrentCalls":0 """, "maxConcurrentCalls: must be from 1 to 500")]
    [InlineData(""" "maxConcurrentCalls":501 """, "maxConcurrentCalls: must be from 1 to 500")]
    [InlineData(""" "admission":[{"then":"reject"}] """, "admission[0]: must have a condition")]
    [InlineData(""" "admission":[{"from":"+1","then":"perhaps"}] """, "admission[0].then: must be one of accept, agent, human")]
    [InlineData(""" "admission":[{"from":"+1","then":"agent"}] """, "admission[0].agent: belongs to")]
    [InlineData(""" "admission":[{"from":"+1","then":"accept","agent":{"name":"x"}}] """, "admission[0].agent: belongs to")]
    [InlineData(""" "admission":[{"from":"1555","then":"accept"}] """, "admission[0].from: must be what numbers")]
    [InlineData(""" "admission":[{"verdict":"passed","then":"accept"}] """, "admission[0].verdict: must be of passed-a")]
    [InlineData(""" "admission":[{"moreThan":{"calls":3},"then":"reject"}] """, "admission[0].moreThan: needs")]
    [InlineData(""" "admission":[{"moreThan":{"calls":101,"minutes":5},"then":"reject"}] """, "admission[0].moreThan: needs")]
    [InlineData(""" "admission":[null] """, "admission[0].then: must be one of")]
    public void What_is_wrong_with_a_route_is_named(string route, string error)
    {
        var errors = new List<string>();

        Assert.Null(RouteFile.Parse($$"""{"default":{ {{route}} } }""", Settings, errors));
        Assert.Contains(errors, told => told.StartsWith($"default.{error}", StringComparison.Ordinal));
    }

    [Fact]
    public void An_entry_takes_what_it_leaves_out_from_the_default_and_counts_its_own_calls()
    {
        const string Json = """
            {"default":{"maxConcurrentCalls":3,"admission":[{"verdict":"failed","then":"reject"}]},
             "routes":[{"number":"+15550100123"},{"number":"+15550100124","maxConcurrentCalls":1,"admission":[]}]}
            """;
        var table = RouteFile.Parse(Json, Settings, [])!;
        var (first, second) = (table.Find(new RouteQuery("+15550100123")), table.Find(new RouteQuery("+15550100124")));

        Assert.Equal((3, 1, "+15550100123"), (first.Timeouts.Admission.RouteCalls, first.Timeouts.Admission.Rules.Count, first.Name));
        Assert.Equal((1, 0), (second.Timeouts.Admission.RouteCalls, second.Timeouts.Admission.Rules.Count));
        Assert.True(table.Screens);
    }

    [Fact]
    public void A_tenant_takes_what_it_leaves_out_from_the_star()
    {
        var limits = Read("""{"*":{"concurrentCalls":2,"requests":10,"seconds":5},"acme":{"concurrentCalls":7},"golf":{"requests":1}}""");

        Assert.Equal(new TenantLimit { ConcurrentCalls = 7, Requests = new RequestLimit(10, TimeSpan.FromSeconds(5)) }, limits.Of("acme"));
        Assert.Equal(new TenantLimit { ConcurrentCalls = 2, Requests = new RequestLimit(1, TimeSpan.FromSeconds(5)) }, limits.Of("golf"));
        Assert.Equal(limits.Of("nobody"), limits.Of("*"));
        Assert.Equal(TimeSpan.FromMinutes(1), Read("""{"*":{"requests":10}}""").Of("acme").Requests!.Window);
    }

    [Theory]
    [InlineData("""{"acme":{"concurrentCalls":501}}""", "TENANT_LIMITS.acme.concurrentCalls must be from 1 to 500")]
    [InlineData("""{"*":{"requests":0}}""", "TENANT_LIMITS.*.requests must be from 1 to 1000000")]
    [InlineData("""{"*":{"requests":1,"seconds":3601}}""", "TENANT_LIMITS.*.seconds must be from 1 to 3600")]
    [InlineData("""{"acme":{"calls":1}}""", "TENANT_LIMITS is not readable at $.acme")]
    [InlineData("nothing", "TENANT_LIMITS is not readable at $")]
    public void What_is_wrong_with_the_setting_is_named(string json, string error)
    {
        var errors = new List<string>();

        TenantLimitsJson.Read(json, errors);

        Assert.Contains(errors, told => told.StartsWith(error, StringComparison.Ordinal));
    }

    private static TenantLimits Read(string json)
    {
        var errors = new List<string>();
        var limits = TenantLimitsJson.Read(json, errors);
        Assert.Empty(errors);
        return limits;
    }
}
