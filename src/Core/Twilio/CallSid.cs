using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace VoiceFunctions.Core.Twilio;

/// <summary>Twilio's id of one leg: <c>CA</c> and 32 hexadecimal digits, in the case that Twilio sent.</summary>
public sealed record CallSid
{
    private const int Length = 34;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private CallSid(string value) => Value = value;

    /// <summary>The 34 characters.</summary>
    public string Value { get; }

    /// <summary>Accepts only <c>CA</c> and 32 hexadecimal digits of either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CallSid? callSid)
    {
        var isCallSid = text is { Length: Length }
            && text.StartsWith("CA", StringComparison.Ordinal)
            && !text.AsSpan(2).ContainsAnyExcept(HexDigits);
        callSid = isCallSid ? new CallSid(text!) : null;
        return isCallSid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
