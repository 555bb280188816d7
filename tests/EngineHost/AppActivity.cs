using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using VoiceFunctions.Functions.Calls;

namespace VoiceFunctions.EngineHost;

/// <summary>One activity of the function app, found by its attributes and called as the worker calls it.</summary>
/// <param name="activities">The app's activities.</param>
/// <param name="method">Which of them.</param>
/// <param name="passed">Is told where the process stands: <c>before:Name</c> and <c>after:Name</c>.</param>
internal sealed class AppActivity(CallActivities activities, MethodInfo method, Func<string, Task> passed) : ITaskActivity
{
    public Type InputType => method.GetParameters()[0].ParameterType;

    public Type OutputType => typeof(object);

    private string Name => method.GetCustomAttribute<FunctionAttribute>()!.Name;

    /// <summary>Registers every activity of the app.</summary>
    public static void RegisterAll(DurableTaskRegistry tasks, CallActivities activities, Func<string, Task> passed)
    {
        var methods = typeof(CallActivities).GetMethods().Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null);
        foreach (var method in methods)
        {
            var activity = new AppActivity(activities, method, passed);
            tasks.AddActivity(activity.Name, activity);
        }
    }

    public async Task<object?> RunAsync(TaskActivityContext context, object? input)
    {
        await passed($"before:{Name}");
        var task = (Task)method.Invoke(activities, [input, CancellationToken.None])!;
        await task;
        await passed($"after:{Name}");
        return task.GetType().GetProperty("Result")?.GetValue(task);
    }
}
