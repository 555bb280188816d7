using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Functions.Http;

namespace VoiceFunctions.Functions.Tests.Http;

public sealed class HttpTriggerTests
{
    public static TheoryData<string> Routes => [.. GatewayRoutes.All.Select(route => route.Name)];

    [Fact]
    public void There_is_one_function_for_each_route_and_one_for_everything_else() => Assert.Equal(
        GatewayRoutes.All.Select(route => route.Name).Append(UnroutedFunction.FunctionName).Order(StringComparer.Ordinal),
        HttpTriggers.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Routes))]
    public void A_door_has_its_routes_path_and_methods(string name)
    {
        var route = GatewayRoutes.All.Single(route => route.Name == name);

        var trigger = HttpTriggers.All[name].Trigger;

        Assert.Equal(route.Template, trigger.Route);
        Assert.Equal(route.Methods.Select(method => method.ToLowerInvariant()), trigger.Methods!);
    }

    [Fact]
    public void No_door_asks_for_a_key_of_the_platform() =>
        Assert.All(HttpTriggers.All.Values, door => Assert.Equal(AuthorizationLevel.Anonymous, door.Trigger.AuthLevel));

    [Fact]
    public void The_door_for_everything_else_is_the_last_that_the_host_tries_and_takes_every_method()
    {
        Assert.Equal(UnroutedFunction.FunctionName, HttpTriggers.All.Keys.Order(StringComparer.OrdinalIgnoreCase).Last());
        Assert.Null(HttpTriggers.All[UnroutedFunction.FunctionName].Trigger.Methods);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void A_door_that_may_start_a_call_brings_the_durable_client(string name)
    {
        var brings = HttpTriggers.All[name].Method.GetParameters().Any(parameter =>
            parameter.ParameterType == typeof(DurableTaskClient) && parameter.GetCustomAttribute<DurableClientAttribute>() is not null);

        Assert.Equal(GatewayRoutes.All.Single(route => route.Name == name).MayRecordEvents, brings);
    }

    [Fact]
    public void Every_function_of_the_app_has_a_name_of_its_own()
    {
        var names = typeof(FunctionsHttpAdapter).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name)
            .OfType<string>()
            .ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
