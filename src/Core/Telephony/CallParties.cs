using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Telephony;

/// <summary>Who calls and who was called, as every request of Twilio about the call names them.</summary>
public sealed record CallParties
{
    private CallParties(string? from, string? to, CallDirection direction)
    {
        (RawFrom, RawTo, Direction) = (from ?? "", to ?? "", direction);
        From = CallerAddress.Parse(from);
        To = CallerAddress.ParseCalled(to);
        IsCallerShown = From.Dialable is { } number && number.E164 == from!.Trim();
    }

    /// <summary>The caller's address.</summary>
    public CallerAddress From { get; }

    /// <summary>The called address.</summary>
    public CallerAddress To { get; }

    /// <summary>Which way the call goes.</summary>
    public CallDirection Direction { get; }

    /// <summary>Our own side: the called address, or the one from which we called.</summary>
    public CallerAddress Own => Direction == CallDirection.Outbound ? From : To;

    /// <summary>The far side.</summary>
    public CallerAddress Far => Direction == CallDirection.Outbound ? To : From;

    /// <summary>Whether Twilio can show the caller's own number to whom it dials: it came in E.164.</summary>
    public bool IsCallerShown { get; }

    internal string RawFrom { get; }

    internal string RawTo { get; }

    /// <summary>Reads Twilio's <c>From</c> and <c>To</c>.</summary>
    public static CallParties Of(string? from, string? to, CallDirection direction = CallDirection.Inbound) => new(from, to, direction);

    /// <summary>Whether a number is the caller's or the called one. To dial it would bring the call back, or ring the caller.</summary>
    public bool Include(PhoneNumber number) => CallerAddress.MayBe(RawFrom, number) || CallerAddress.MayBe(RawTo, number);

    /// <inheritdoc/>
    public override string ToString() => $"{From} to {To}";
}
