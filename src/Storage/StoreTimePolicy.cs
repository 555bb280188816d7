using Azure.Core;
using Azure.Core.Pipeline;

namespace VoiceFunctions.Storage;

/// <summary>Passes on what time the store says it is: every answer has a <c>Date</c>, in whole seconds.</summary>
internal sealed class StoreTimePolicy(Action<DateTimeOffset> told) : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Response.Headers.Date is { } date)
        {
            told(date);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The journal never blocks a thread.");
}
