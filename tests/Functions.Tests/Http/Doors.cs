using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Functions.Http;

namespace VoiceFunctions.Functions.Tests.Http;

/// <summary>Every function of the app that a request triggers, by its name.</summary>
internal static class Doors
{
    public static readonly IReadOnlyDictionary<string, (MethodInfo Method, HttpTriggerAttribute Trigger)> All = typeof(HttpFront).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Select(method => (Method: method, Trigger: TriggerOf(method)!))
        .Where(door => door.Trigger is not null)
        .ToDictionary(door => door.Method.GetCustomAttribute<FunctionAttribute>()!.Name);

    private static HttpTriggerAttribute? TriggerOf(MethodInfo method) =>
        method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null);
}
