using System.Buffers;
using System.Globalization;
using System.Text;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// The fields of an <c>application/x-www-form-urlencoded</c> body, in the order received, with duplicates and empty values.
/// Reading never fails: an invalid escape is kept as it is, and invalid UTF-8 is read as U+FFFD.
/// </summary>
public sealed class TwilioForm
{
    private readonly byte[] text;
    private readonly List<Field> fields;

    private TwilioForm(byte[] text, List<Field> fields) => (this.text, this.fields) = (text, fields);

    /// <summary>A form without fields.</summary>
    public static TwilioForm Empty { get; } = new([], []);

    /// <summary>The number of fields, including duplicates.</summary>
    public int Count => fields.Count;

    /// <summary>All fields, in the order received.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields =>
        fields.Select(entry => KeyValuePair.Create(Encoding.UTF8.GetString(NameOf(entry)), Encoding.UTF8.GetString(ValueOf(entry))));

    /// <summary>The most bytes that <see cref="WriteSigned"/> writes.</summary>
    internal int MaxSignedLength => text.Length;

    /// <summary>The first value of the field with exactly this name; <c>null</c> if the form has no such field.</summary>
    public string? this[string name] => TryFind(name, out var value) ? Encoding.UTF8.GetString(value) : null;

    /// <summary>Reads a body. <c>+</c> is a space, <c>%XX</c> is a byte, and a field without <c>=</c> has an empty value.</summary>
    public static TwilioForm Parse(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return Empty;
        }

        var text = new byte[body.Length];
        var fields = new List<Field>(40);
        var end = 0;
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf((byte)'=');
            var nameLength = Decode(equals < 0 ? pair : pair[..equals], text.AsSpan(end));
            var valueLength = equals < 0 ? 0 : Decode(pair[(equals + 1)..], text.AsSpan(end + nameLength));
            fields.Add(new Field(end, nameLength, valueLength));
            end += nameLength + valueLength;
        }

        return new TwilioForm(text, fields);
    }

    /// <summary>The first value of the field with exactly this name, as UTF-8. False if the form has no such field.</summary>
    internal bool TryFind(string name, out ReadOnlySpan<byte> value)
    {
        Span<byte> key = name.Length <= 64 ? stackalloc byte[64 * 3] : new byte[name.Length * 3];
        key = key[..Encoding.UTF8.GetBytes(name, key)];
        foreach (var entry in fields)
        {
            if (NameOf(entry).SequenceEqual(key))
            {
                value = ValueOf(entry);
                return true;
            }
        }

        value = [];
        return false;
    }

    /// <summary>Writes the body that <see cref="Parse"/> reads back as these fields, for the simulator and for tests.</summary>
    public static byte[] Encode(IEnumerable<KeyValuePair<string, string>> fields) =>
        Encoding.UTF8.GetBytes(
            string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")));

    /// <summary>
    /// Writes the text that a signature covers and returns its length: the names in ordinal order, each followed by its value, without
    /// separators. A repeated name is written once for each different value, in ordinal order.
    /// </summary>
    internal int WriteSigned(Span<byte> destination)
    {
        var rented = ArrayPool<Field>.Shared.Rent(fields.Count);
        var order = rented.AsSpan(0, fields.Count);
        fields.CopyTo(order);
        order.Sort(Compare);

        var written = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (i > 0 && Compare(order[i - 1], order[i]) == 0)
            {
                continue;
            }

            var nameAndValue = text.AsSpan(order[i].Start, order[i].NameLength + order[i].ValueLength);
            nameAndValue.CopyTo(destination[written..]);
            written += nameAndValue.Length;
        }

        ArrayPool<Field>.Shared.Return(rented);
        return written;
    }

    private static int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var written = 0;
        while (source.IndexOfAny((byte)'+', (byte)'%') is var stop and >= 0)
        {
            source[..stop].CopyTo(destination[written..]);
            written += stop;

            var isEscape = TryUnescape(source[stop..], out var value);
            destination[written++] = isEscape ? value : source[stop] == '+' ? (byte)' ' : (byte)'%';
            source = source[(stop + (isEscape ? 3 : 1))..];
        }

        source.CopyTo(destination[written..]);
        return written + source.Length;
    }

    private static bool TryUnescape(ReadOnlySpan<byte> source, out byte value)
    {
        value = 0;
        return source is [(byte)'%', _, _, ..]
            && byte.TryParse(source[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private int Compare(Field left, Field right) =>
        CompareText(NameOf(left), NameOf(right)) is var byName and not 0 ? byName : CompareText(ValueOf(left), ValueOf(right));

    private static int CompareText(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length.CompareTo(right.Length)
            : Weight(left[same]).CompareTo(Weight(right[same]));
    }

    // Twilio sorts by UTF-16 code units, in which characters above U+FFFF (lead bytes F0 and up) sort before U+E000 to U+FFFF (EE and EF).
    private static int Weight(byte lead) => lead is 0xEE or 0xEF ? lead + 0x10 : lead;

    private ReadOnlySpan<byte> NameOf(Field field) => text.AsSpan(field.Start, field.NameLength);

    private ReadOnlySpan<byte> ValueOf(Field field) => text.AsSpan(field.Start + field.NameLength, field.ValueLength);

    /// <summary>The position of a decoded name in <see cref="text"/>. The decoded value follows it directly.</summary>
    private readonly record struct Field(int Start, int NameLength, int ValueLength);
}
