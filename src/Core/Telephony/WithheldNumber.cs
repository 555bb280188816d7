using System.Collections.Frozen;
using System.Text;

namespace VoiceFunctions.Core.Telephony;

/// <summary>
/// The spellings by which carriers, SIP trunks, phone systems and Twilio mark a missing caller number. Capitals, accents, blanks and other
/// characters between the letters do not matter.
/// </summary>
internal static class WithheldNumber
{
    /// <summary>What RFC 3323 has for the host of a caller who is nobody.</summary>
    private const string AnonymousHost = "anonymous.invalid";

    /// <summary>So many zeros are no extension: some phone systems send them for nobody.</summary>
    private const int LeastZeros = 7;

    private const int MostCharacters = 40;

    private const string Accented = "\u00E0\u00E1\u00E2\u00E3\u00E4\u00E5\u00E8\u00E9\u00EA\u00EB\u00EC\u00ED\u00EE\u00EF\u00F2\u00F3"
        + "\u00F4\u00F5\u00F6\u00F9\u00FA\u00FB\u00FC\u00E7\u00F1\u0119\u017C\u0131";

    private const string Plain = "aaaaaaeeeeiiiiooooouuuucnezi";

    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        [
            "anonymous", "blocked", "calleridblocked", "hidden", "nocallerid", "nonumber", "notavailable", "numberunavailable",
            "numberwithheld", "outofarea", "private", "privatecaller", "privatenumber", "restricted", "unavailable", "unknown",
            "unknowncaller", "unknownnumber", "withheld",
            "anonym", "unbekannt", "unterdruckt", "unterdrueckt", "nummerunterdruckt", "privat",
            "anonyme", "inconnu", "masque", "nonidentifie", "numeroinconnu", "numeromasque", "numeroprive", "prive",
            "anonimo", "desconocido", "numerodesconocido", "numerooculto", "numeroprivado", "oculto", "privado",
            "numeroanonimo", "numeroprivato", "numerosconosciuto", "privato", "sconosciuto",
            "desconhecido", "naoidentificado", "afgeschermd", "anoniem", "onbekend", "privenummer",
            "anonymt", "okand", "hemligtnummer", "skjultnummer", "ukendt", "ukjent", "numerzastrzezony", "nieznany", "gizlinumara",
            "\u975E\u901A\u77E5", // 非通知, "not notified"
        ],
        StringComparer.Ordinal);

    /// <summary>Words on a keypad; some carriers put the country code of the United States before them.</summary>
    private static readonly FrozenSet<string> Digits = FrozenSet.ToFrozenSet(
        [
            "266696687", // ANONYMOUS
            "2562533", // BLOCKED
            "7378742833", // RESTRICTED
            "86282452253", // UNAVAILABLE
            "8656696", // UNKNOWN
        ],
        StringComparer.Ordinal);

    /// <summary>Whether the text is such a spelling: a word, or its digits with or without a plus, alone or before a host.</summary>
    public static bool IsSpelledIn(string text) => Is(AddressText.Of(text));

    /// <summary>Whether an address is nobody's.</summary>
    public static bool Is(AddressText address) => address switch
    {
        { Host: AnonymousHost } or { User: "", Scheme: "", Host: "" } => true,
        { User: "", Scheme: "sip" or "sips" } => IsWord(address.Host),
        { User.Length: 0 or > MostCharacters } => false,
        _ => NumberReader.AreDigits(address.User.TrimStart('+')) ? AreDigitsOfNobody(address.User.TrimStart('+')) : IsWord(address.User),
    };

    private static bool AreDigitsOfNobody(string digits) =>
        Digits.Contains(digits)
        || (digits[0] == '1' && Digits.Contains(digits[1..]))
        || (digits.Length >= LeastZeros && !digits.AsSpan(digits[0] == '1' ? 1 : 0).ContainsAnyExcept('0'));

    private static bool IsWord(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var character in text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant))
        {
            letters.Append(Accented.IndexOf(character, StringComparison.Ordinal) is >= 0 and var place ? Plain[place] : character);
        }

        return Words.Contains(letters.ToString());
    }
}
