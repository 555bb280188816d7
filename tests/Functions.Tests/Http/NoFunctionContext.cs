using Microsoft.Azure.Functions.Worker;

namespace VoiceFunctions.Functions.Tests.Http;

/// <summary>The context of a function that needs none.</summary>
internal sealed class NoFunctionContext : FunctionContext
{
    public override string InvocationId => throw new NotSupportedException();

    public override string FunctionId => throw new NotSupportedException();

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext => throw new NotSupportedException();

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();

    public override IDictionary<object, object> Items
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override IInvocationFeatures Features => throw new NotSupportedException();
}
