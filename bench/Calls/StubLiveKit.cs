using System.Net;
using System.Text;

namespace VoiceFunctions.Bench.Calls;

/// <summary>A LiveKit without a network: it dispatches and deletes, and its lists are empty.</summary>
internal sealed class StubLiveKit : HttpMessageHandler
{
    private static readonly byte[] Nothing = "{}"u8.ToArray();

    /// <summary>How many requests it answered.</summary>
    public int Requests { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        var isDispatch = request.RequestUri!.AbsolutePath.EndsWith("/CreateDispatch", StringComparison.Ordinal);
        var answer = isDispatch ? Encoding.UTF8.GetBytes($$"""{"id":"AD_{{Requests}}","agentName":"acme"}""") : Nothing;
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(answer) });
    }
}
