using System.Text;
using VoiceFunctions.KillEverywhere.Wire;

namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>Names what a request asks of LiveKit, by its method.</summary>
internal static class LiveKitSteps
{
    /// <summary>The name; none for the sweeper's look at all rooms, which belongs to no call.</summary>
    public static IReadOnlyList<string> Of(Passing request) =>
        Encoding.UTF8.GetString(request.Body).Contains("\"names\":[]", StringComparison.Ordinal) ? [] : [request.Target.Split('/')[^1]];
}
