using System.Text;
using VoiceFunctions.KillEverywhere.Wire;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>
/// Where LiveKit and Twilio find the gateway. Lets everything through, and knows when LiveKit's last word of a call has been taken.
/// </summary>
internal sealed class LoadBalancer(Action taken) : IGuard
{
    private int inside;

    /// <summary>Whether somebody waits for an answer.</summary>
    public bool IsBusy => Volatile.Read(ref inside) > 0;

    /// <summary>Whether the gateway was told that the room is closed.</summary>
    public bool IsRoomFinishedTold { get; private set; }

    public async Task<HttpResponseMessage?> PassAsync(Passing request, Func<Task<HttpResponseMessage?>> ask)
    {
        Interlocked.Increment(ref inside);
        try
        {
            var answer = await ask();
            IsRoomFinishedTold |= answer is { IsSuccessStatusCode: true }
                && Encoding.UTF8.GetString(request.Body).Contains("\"event\":\"room_finished\"", StringComparison.Ordinal);
            return answer;
        }
        finally
        {
            Interlocked.Decrement(ref inside);
            taken();
        }
    }
}
