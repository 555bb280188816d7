using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;
using CountryCodeSource = PhoneNumbers.PhoneNumber.Types.CountryCodeSource;

namespace VoiceFunctions.Core.Telephony;

/// <summary>
/// Reads the digits that a phone, a trunk or Twilio sent as a number, and refuses to guess: a text whose country is not said is no number.
/// What is a number where comes from libphonenumber.
/// </summary>
public sealed class NumberReader
{
    /// <summary>Fewer digits than these are an extension or a short code: those of a PBX have up to six.</summary>
    private const int LeastNational = 7;

    /// <summary>
    /// From so many digits on it is enough that a number could exist under the region's plan. A shorter one must belong to a block that is
    /// assigned.
    /// </summary>
    private const int LeastPossible = 9;

    private const int MostCharacters = 40;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();
    private static readonly ShortNumberInfo Short = ShortNumberInfo.GetInstance();
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> Written = SearchValues.Create("0123456789+-.()/ \u00A0");

    private readonly string? region;

    /// <param name="region">
    /// The region whose international prefix and national numbers are read, in ISO 3166 alpha-2 and one that <see cref="IsRegion"/> knows;
    /// <c>null</c> for none: then no national number is read, and <c>00</c> stands for the plus.
    /// </param>
    public NumberReader(string? region)
    {
        this.region = region;

        // The first number loads the plans (about 20 ms, once): better now than in the first call.
        Global("12025550123");
        Parse("2025550123", region);
    }

    /// <summary>Reads only what says its country.</summary>
    public static NumberReader International { get; } = new(null);

    /// <summary>Whether national numbers are read.</summary>
    public bool HasRegion => region is not null;

    /// <summary>
    /// Whether digits are too few for a subscriber's number, as emergency numbers and short codes everywhere, or would reach an emergency
    /// service where they are dialled in the region. A number of another country, with a plus, reaches none.
    /// </summary>
    public bool IsEmergency(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length is > 0 and < LeastNational
            || (digits.Length > 0
                && region is not null
                && !text.TrimStart().StartsWith('+')
                && Short.ConnectsToEmergencyNumber(digits, region));
    }

    /// <summary>Whether a text is a region of which the numbering plan is known, in capitals.</summary>
    public static bool IsRegion(string text) => Library.GetSupportedRegions().Contains(text);

    /// <summary>
    /// Reads a number as it was dialled or sent: digits, with the punctuation in which numbers are written. The result is in E.164, without
    /// a trunk zero or carrier code.
    /// </summary>
    /// <param name="text">The number, without a scheme and without parameters.</param>
    /// <param name="context">RFC 3966's <c>phone-context</c>, which says the country where it begins with a plus; else <c>null</c>.</param>
    /// <param name="number">The number.</param>
    public bool TryRead(string text, string? context, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = null;
        if (text.Length is 0 or > MostCharacters || text.AsSpan().ContainsAnyExcept(Written))
        {
            return false;
        }

        var hasPlus = text.TrimStart() is ['+', ..];
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        number = (hasPlus, context, region, digits) switch
        {
            (true, _, _, _) => Global(digits),
            (_, ['+', ..], _, _) => Global(string.Concat(context.Where(char.IsAsciiDigit)) + digits),
            (_, _, { } home, _) => Dialled(digits, home),
            (_, _, _, ['0', '0', '1', '0' or '1', ..]) => null, // 0011 and 001 are international prefixes themselves.
            (_, _, _, ['0', '0', >= '1', ..]) => Global(digits[2..], isGuess: true),
            _ => null,
        };
        return number is not null;
    }

    /// <summary>Whether a text holds digits and nothing else.</summary>
    internal static bool AreDigits(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Digits);

    /// <summary>
    /// A number whose country is said. Where the sender said it with a plus, the lengths that the library knows are not asked for: plans
    /// grow, and nothing is guessed.
    /// </summary>
    private static PhoneNumber? Global(string digits, bool isGuess = false) =>
        Parse($"+{digits}", null) is { } parsed && (!isGuess || IsPossible(parsed)) ? E164(parsed) : null;

    private static PhoneNumber? Dialled(string digits, string region) => Parse(digits, region) switch
    {
        null => null,
        { CountryCodeSource: CountryCodeSource.FROM_NUMBER_WITH_IDD } parsed => IsPossible(parsed) ? E164(parsed) : null,
        _ when digits.Length < LeastNational => null,
        { CountryCodeSource: CountryCodeSource.FROM_NUMBER_WITHOUT_PLUS_SIGN } parsed => IsNumber(parsed, digits) ? E164(parsed) : null,
        var parsed => IsNumber(parsed, digits) && !MayBeAbroad(parsed, digits) ? E164(parsed) : null,
    };

    private static bool IsNumber(PhoneNumbers.PhoneNumber parsed, string digits) =>
        Library.IsValidNumber(parsed) || (digits.Length >= LeastPossible && IsPossible(parsed));

    /// <summary>
    /// Whether the digits are not quite a number of the region as it is dialled there, and are one of another country without its plus:
    /// some trunks send those. As it is dialled is with the trunk zero, where there is one, and in a block that is assigned.
    /// </summary>
    private static bool MayBeAbroad(PhoneNumbers.PhoneNumber parsed, string digits)
    {
        var isAsDialled = string.Concat(Library.Format(parsed, PhoneNumberFormat.NATIONAL).Where(char.IsAsciiDigit)) == digits;
        return !(isAsDialled && Library.IsValidNumber(parsed))
            && Parse($"+{digits}", null) is { } abroad
            && (isAsDialled ? Library.IsValidNumber(abroad) : IsPossible(abroad));
    }

    private static bool IsPossible(PhoneNumbers.PhoneNumber parsed) =>
        Library.IsPossibleNumberWithReason(parsed) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;

    /// <summary>
    /// The number in E.164, if that is read as the same number again; <c>0000 49 30…</c> leaves a zero behind the country that is not
    /// part of any number.
    /// </summary>
    private static PhoneNumber? E164(PhoneNumbers.PhoneNumber parsed)
    {
        var text = Library.Format(parsed, PhoneNumberFormat.E164);
        return PhoneNumber.TryParse(text, out var number)
            && (text == parsed.RawInput || (Parse(text, null) is { } again && Library.Format(again, PhoneNumberFormat.E164) == text))
                ? number
                : null;
    }

    private static PhoneNumbers.PhoneNumber? Parse(string text, string? region)
    {
        try
        {
            return Library.ParseAndKeepRawInput(text, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
