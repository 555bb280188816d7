using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Functions.Http;

namespace VoiceFunctions.Functions.Tests.Http;

public sealed class DoorTests
{
    private static readonly IReadOnlyDictionary<string, (MethodInfo Method, HttpTriggerAttribute Trigger)> Doors = typeof(HttpFront).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Select(method => (Method: method, Trigger: method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null)!))
        .Where(door => door.Trigger is not null)
        .ToDictionary(door => door.Method.GetCustomAttribute<FunctionAttribute>()!.Name);

    public static TheoryData<string> Routes => [.. GatewayRoutes.All.Select(route => route.Name)];

    [Fact]
    public void There_is_one_function_for_each_route_and_no_other() =>
        Assert.Equal(GatewayRoutes.All.Select(route => route.Name).Order(StringComparer.Ordinal), Doors.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Routes))]
    public void A_door_has_its_routes_path_method_and_level(string name)
    {
        var route = GatewayRoutes.All.Single(route => route.Name == name);

        var trigger = Doors[name].Trigger;

        Assert.Equal(route.Template, trigger.Route);
        Assert.Equal([route.Method.ToLowerInvariant()], trigger.Methods!);
        Assert.Equal(route.Access == RouteAccess.Keyed ? AuthorizationLevel.Function : AuthorizationLevel.Anonymous, trigger.AuthLevel);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void A_door_that_may_start_a_call_brings_the_durable_client(string name)
    {
        var brings = Doors[name].Method.GetParameters().Any(parameter =>
            parameter.ParameterType == typeof(DurableTaskClient) && parameter.GetCustomAttribute<DurableClientAttribute>() is not null);

        Assert.Equal(GatewayRoutes.All.Single(route => route.Name == name).Access == RouteAccess.Signed, brings);
    }

    [Fact]
    public void Every_function_of_the_app_has_a_name_of_its_own()
    {
        var names = typeof(HttpFront).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>().ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
