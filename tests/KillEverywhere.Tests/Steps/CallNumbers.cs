using System.Globalization;

namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>Numbers the calls of a run, from 1, as they come up: their ids are others in every run.</summary>
internal sealed class CallNumbers
{
    private readonly Lock gate = new();
    private readonly List<string> ids = [];

    /// <summary>The ids so far.</summary>
    public IReadOnlyList<string> InOrder
    {
        get
        {
            lock (gate)
            {
                return [.. ids];
            }
        }
    }

    /// <summary>The number of a call.</summary>
    public int Of(string callId)
    {
        lock (gate)
        {
            if (!ids.Contains(callId))
            {
                ids.Add(callId);
            }

            return ids.IndexOf(callId) + 1;
        }
    }

    /// <summary>What belongs to a call, by its name and number; the first call's has just its name.</summary>
    public static string Name(string what, int number) =>
        number == 1 ? what : string.Create(CultureInfo.InvariantCulture, $"{what} of call {number}");
}
