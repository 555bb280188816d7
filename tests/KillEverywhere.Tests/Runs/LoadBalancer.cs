using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.KillEverywhere.Wire;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>
/// Where LiveKit and Twilio find the gateway. Lets everything through, and knows when LiveKit's last word of a call has been taken.
/// </summary>
internal sealed class LoadBalancer(Action taken) : IGuard
{
    private readonly ConcurrentDictionary<string, bool> finished = new(StringComparer.Ordinal);
    private int inside;

    /// <summary>Whether somebody waits for an answer.</summary>
    public bool IsBusy => Volatile.Read(ref inside) > 0;

    /// <summary>Whether the gateway was told that a session of a room is over.</summary>
    public bool IsFinishedTold(string roomSid) => finished.ContainsKey(roomSid);

    public async Task<HttpResponseMessage?> PassAsync(Passing request, Func<Task<HttpResponseMessage?>> ask)
    {
        Interlocked.Increment(ref inside);
        try
        {
            var answer = await ask();
            if (answer is { IsSuccessStatusCode: true }
                && Encoding.UTF8.GetString(request.Body).Contains("\"event\":\"room_finished\"", StringComparison.Ordinal))
            {
                finished[(string)JsonNode.Parse(request.Body)!["room"]!["sid"]!] = true;
            }

            return answer;
        }
        finally
        {
            Interlocked.Decrement(ref inside);
            taken();
        }
    }
}
