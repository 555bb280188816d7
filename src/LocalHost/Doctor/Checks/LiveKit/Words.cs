using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>What LiveKit answered, in words, without its message: that may hold numbers.</summary>
internal static class Words
{
    public static string Of<T>(LiveKitOutcome<T> outcome)
        where T : class => outcome switch
        {
            LiveKitOutcome<T>.Ok => "yes",
            LiveKitOutcome<T>.NotFound => "that it does not exist",
            LiveKitOutcome<T>.Refused(var error) => $"no: {error.Code} ({error.HttpStatus})",
            LiveKitOutcome<T>.Unavailable({ } error) => $"with {error.Code} ({error.HttpStatus})",
            LiveKitOutcome<T>.Unknown({ } error) => $"with {error.Code} ({error.HttpStatus})",
            _ => "nothing",
        };
}
