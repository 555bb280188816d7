namespace VoiceFunctions.Simulator.Faults;

/// <summary>How unreliable the way from the network to the gateway is. All probabilities are from 0 to 1.</summary>
public sealed record DeliveryFaults
{
    /// <summary>Everything arrives once, at once and in order.</summary>
    public static DeliveryFaults None { get; } = new();

    /// <summary>Some of everything.</summary>
    public static DeliveryFaults Rough { get; } =
        new() { Duplicate = 0.2, Reorder = 0.2, Lose = 0.05, Delay = TimeSpan.FromMilliseconds(400) };

    /// <summary>When LiveKit repeats a webhook whose answer it did not get: it waits 1, 2, 4 and 8 s.</summary>
    public static IReadOnlyList<TimeSpan> LiveKitSchedule { get; } =
        [.. new[] { 1, 3, 7, 15 }.Select(after => TimeSpan.FromSeconds(after))];

    /// <summary>The probability of a message arriving a second time, at one of <see cref="CopiesAfter"/>.</summary>
    public double Duplicate { get; init; }

    /// <summary>The probability of a message being held back, up to <see cref="Late"/>, while its successors go ahead.</summary>
    public double Reorder { get; init; }

    /// <summary>The probability of a message never arriving.</summary>
    public double Lose { get; init; }

    /// <summary>How long after the first a second delivery may come, each as likely; empty for any time up to <see cref="Late"/>.</summary>
    public IReadOnlyList<TimeSpan> CopiesAfter { get; init; } = [];

    /// <summary>The longest time that any message takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How late copies and messages that were held back can be. Default 15 s.</summary>
    public TimeSpan Late { get; init; } = TimeSpan.FromSeconds(15);
}
