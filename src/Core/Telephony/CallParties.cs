namespace VoiceFunctions.Core.Telephony;

/// <summary>Who calls and who was called, as every request of Twilio about the call names them.</summary>
public sealed record CallParties
{
    private CallParties(string? from, string? to)
    {
        (RawFrom, RawTo) = (from ?? "", to ?? "");
        From = CallerAddress.Parse(from);
        To = CallerAddress.Parse(to);
        IsCallerShown = From.Dialable is { } number && number.E164 == from!.Trim();
    }

    /// <summary>The caller's address.</summary>
    public CallerAddress From { get; }

    /// <summary>The called address.</summary>
    public CallerAddress To { get; }

    /// <summary>Whether Twilio can show the caller's own number to whom it dials: it came in E.164.</summary>
    public bool IsCallerShown { get; }

    internal string RawFrom { get; }

    internal string RawTo { get; }

    /// <summary>Reads Twilio's <c>From</c> and <c>To</c>.</summary>
    public static CallParties Of(string? from, string? to) => new(from, to);

    /// <summary>Whether a number is the caller's or the called one. To dial it would bring the call back, or ring the caller.</summary>
    public bool Include(PhoneNumber number) => From.Dialable == number || To.Dialable == number;

    /// <inheritdoc/>
    public override string ToString() => $"{From} to {To}";
}
