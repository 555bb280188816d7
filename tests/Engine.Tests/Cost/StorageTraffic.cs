using System.Collections.Concurrent;
using System.Diagnostics;

namespace VoiceFunctions.Engine.Tests.Cost;

/// <summary>Every storage request of this process, as .NET's own HTTP client tells of it.</summary>
internal sealed class StorageTraffic : IDisposable
{
    private readonly ConcurrentQueue<StorageRequest> requests = new();
    private readonly ActivityListener listener;

    public StorageTraffic()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The requests so far of one account.</summary>
    public IReadOnlyList<StorageRequest> Of(string account) => [.. requests.Where(request => request.Account == account)];

    public void Dispose() => listener.Dispose();

    private void Note(Activity activity)
    {
        if (activity.GetTagItem("url.full") is string url
            && activity.GetTagItem("http.request.method") is string method
            && new Uri(url).AbsolutePath.Split('/', 3) is ["", var account, var path])
        {
            requests.Enqueue(new StorageRequest(account, method, path));
        }
    }
}
