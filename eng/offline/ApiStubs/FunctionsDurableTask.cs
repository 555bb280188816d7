// Members of Microsoft.Azure.Functions.Worker.Extensions.DurableTask.
namespace Microsoft.Azure.Functions.Worker;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : Attribute
{
    public string? Orchestration { get; set; }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : Attribute
{
    public string? Activity { get; set; }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : Attribute
{
    public string? TaskHub { get; set; }

    public string? ConnectionName { get; set; }
}
