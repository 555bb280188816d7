using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Functions.Http;

namespace VoiceFunctions.Functions.Tests.Http;

/// <summary>Every function of the app that a request triggers, by its name.</summary>
internal static class HttpTriggers
{
    public static readonly IReadOnlyDictionary<string, (MethodInfo Method, HttpTriggerAttribute Trigger)> All =
        (from type in typeof(FunctionsHttpAdapter).Assembly.GetTypes()
         from method in type.GetMethods()
         from parameter in method.GetParameters()
         let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
         where trigger is not null
         select (Method: method, Trigger: trigger)).ToDictionary(door => door.Method.GetCustomAttribute<FunctionAttribute>()!.Name);
}
