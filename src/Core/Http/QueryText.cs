namespace VoiceFunctions.Core.Http;

/// <summary>The parameters of a query. Of one that comes twice the first counts.</summary>
public sealed class QueryText
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private QueryText()
    {
    }

    /// <summary>A parameter's value, its escapes decoded; <c>null</c> where it is not there.</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>Reads a query without its question mark. A plus is a plus.</summary>
    public static QueryText Of(ReadOnlySpan<char> rawQuery)
    {
        var query = new QueryText();
        foreach (var range in rawQuery.Split('&'))
        {
            var part = rawQuery[range];
            var equals = part.IndexOf('=');
            if (equals > 0)
            {
                query.values.TryAdd(part[..equals].ToString(), Uri.UnescapeDataString(part[(equals + 1)..]));
            }
        }

        return query;
    }
}
