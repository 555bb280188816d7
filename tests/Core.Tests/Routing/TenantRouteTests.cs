using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing.Owners;
using VoiceFunctions.Core.Settings;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Routing;

/// <summary>Routes that are a tenant's.</summary>
public sealed class TenantRouteTests
{
    private const string Named = "{0}.tenant: is not a tenant that one of API_KEYS, ENTRA_CLIENTS, API_SCOPES, TENANT_LIMITS names";

    private static readonly Route Settings = new(new AgentConfig("voice-agent"), Timeouts, new RouteFallback(null, "Sorry."));

    [Fact]
    public void Tenants_that_nothing_names_keep_the_gateway_from_starting_and_are_named_with_all_else_that_is_wrong()
    {
        var wrong = Assert.Throws<SettingsException>(() => Bench("""
            {"default":{"tenant":"golf"},
             "routes":[{"number":"+15550100123","tenant":"gulf"},{"number":"+15550100124","tenant":"golf","dialTimeoutSeconds":1}],
             "queues":{"q":{"tenant":"gulf","members":["+15550100181"]} } }
            """));

        Assert.All(
            [
                Format("routes[0]"),
                Format("queues.q"),
                "default.tenant: applies to every tenant's calls and is nobody's",
                "routes[1].dialTimeoutSeconds: must be from 5 to 600",
            ],
            error => Assert.Contains(error, wrong.Errors));

        static string Format(string where) => Named.Replace("{0}", where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SettingNames.TenantLimits, """{"stored":{}}""")]
    [InlineData(AccessSettingNames.ApiScopes, """{"stored":"calls"}""")]
    public void A_tenant_whose_keys_are_all_stored_is_named_by_a_limit_or_its_scopes(string setting, string value)
    {
        var bench = new GatewayBench(
            GatewayBench.DiagnosticsKey,
            (SettingNames.RoutesJson, """{"routes":[{"number":"+15550100123","tenant":"stored"}]}"""),
            (setting, value));

        Assert.Equal("stored", bench.Settings.Routes.Find(new RouteQuery("+15550100123")).Tenant);
    }

    [Fact]
    public void Calls_that_are_nobodys_are_the_only_tenants_unless_a_route_is_another_ones()
    {
        const string Other = """{"routes":[{"number":"+15550100124","tenant":"stored"}]}""";

        Assert.Equal("golf", Bench("{}").Settings.OnlyTenant);
        Assert.Equal("golf", Bench("""{"routes":[{"number":"+15550100124","tenant":"golf"}]}""").Settings.OnlyTenant);
        Assert.Null(Bench(Other, (SettingNames.TenantLimits, """{"stored":{}}""")).Settings.OnlyTenant);
    }

    [Fact]
    public void Two_tenants_routes_have_names_of_their_own()
    {
        var errors = new List<string>();

        RouteFile.Parse(
            """
            {"routes":[{"number":"+15550100123","name":"line","tenant":"golf"},{"number":"+15550100124","name":"line","tenant":"phone"},
                       {"number":"+15550100125","name":"line","tenant":"golf"}]}
            """,
            Settings,
            errors,
            owners: new RouteOwners(new HashSet<string> { "golf", "phone" }, "the settings"));

        Assert.Equal(["routes[1]: has the name of routes[0], which is another's; give it a \"name\" of its own"], errors);
    }

    [Fact]
    public void A_call_of_one_tenant_never_gets_the_route_of_another_not_even_where_its_number_is_now_theirs()
    {
        var now = Table("""
            {"default":{"agent":{"name":"everybodys"} },
             "routes":[{"number":"+15550100123","tenant":"phone","agent":{"name":"phones"} },
                       {"prefix":"+1","tenant":"golf","agent":{"name":"golfs"} }]}
            """);
        var old = new CallState(Call).Apply(Arrived(0) with { Tenant = "golf" });
        var older = new CallState(Call).Apply(Arrived(0) with { Tenant = "tennis" });

        Assert.Equal("phones", now.Find(new RouteQuery("+15550100123")).Agent.Name);
        Assert.Equal("golfs", now.Find(RouteQuery.Of(old)).Agent.Name);
        Assert.Equal("everybodys", now.Find(RouteQuery.Of(older)).Agent.Name);
        Assert.Equal("golf", now.Owned(Call, Arrived(0) with { Tenant = "golf" }).Tenant);
    }

    [Fact]
    public void Only_an_event_by_which_somebody_called_us_is_a_routes()
    {
        var table = Table("""{"routes":[{"number":"+15550100123","tenant":"golf"}]}""");
        var callee = Caller(identity: $"callee_{Call}") with { CalledNumber = "+15550100123" };

        Assert.Equal("golf", table.Owned(Call, Arrived(0)).Tenant);
        Assert.Equal("golf", table.Owned(Call, Joined(0, Caller() with { CalledNumber = "+15550100123" })).Tenant);
        Assert.Null(table.Owned(Call, Joined(0, callee)).Tenant);
        var requested = new CallFact.CallRequested { Tenant = "phone", From = "+15550100123", To = "+15550100199" };
        Assert.Null(table.Owned(Call, Event(0, requested)).Tenant);
    }

    [Fact]
    public void Whose_a_call_is_does_not_depend_on_the_order_in_which_its_events_are_read()
    {
        var (first, second) = (Arrived(0) with { Tenant = "golf" }, Joined(1) with { Tenant = "phone" });

        Assert.Equal("golf", new CallState(Call).Apply(first).Apply(second).Apply(first).Tenant);
        Assert.Equal("golf", new CallState(Call).Apply(second).Apply(first).Tenant);
    }

    private static RouteTable Table(string json)
    {
        var errors = new List<string>();
        var table = RouteFile.Parse(
            json, Settings, errors, owners: new RouteOwners(new HashSet<string> { "golf", "phone" }, "the settings"));
        Assert.Empty(errors);
        return table!;
    }

    private static GatewayBench Bench(string routes, params (string Name, string? Value)[] changes) => new(
        GatewayBench.DiagnosticsKey,
        [
            (SettingNames.RoutesJson, routes),
            (SettingNames.ApiKeys, """{"golf":"golf-key-hunter2-hunter2"}"""),
            (SettingNames.ApiTokenSecret, "a-secret-that-signs-hunter2-hunter2"),
            .. changes,
        ]);
}
