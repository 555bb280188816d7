using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Functions.Calls;

namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>Finds the app's activities by the names in their attributes and calls them as the worker does.</summary>
internal static class HubActivities
{
    private static readonly Dictionary<string, MethodInfo> ByName = typeof(CallActivities).GetMethods()
        .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    public static async Task<string?> RunAsync(CallActivities activities, string name, string? input)
    {
        var method = ByName[name];
        var task = (Task)method.Invoke(activities, [Wire.Read(input, method.GetParameters()[0].ParameterType), CancellationToken.None])!;
        await task;
        return task is Task<AdvanceResult> looked ? Wire.Write(await looked) : null;
    }
}
