namespace VoiceFunctions.Tools;

/// <summary>A network that does what a test says.</summary>
internal sealed class ScriptedHandler(Func<int, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private int asked;

    /// <summary>How often it was asked.</summary>
    public int Asked => asked;

    /// <summary>The idempotency keys that it was asked under, in order.</summary>
    public List<string> Keys { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Keys)
        {
            Keys.Add(string.Join(',', request.Headers.GetValues("Idempotency-Key")));
        }

        return answer(Interlocked.Increment(ref asked), cancellationToken);
    }
}
