using System.Text.RegularExpressions;

namespace VoiceFunctions.Core.Access.Keys;

/// <summary>
/// What a tenant may be called: 1 to 64 letters, digits, <c>_</c> and <c>-</c>, so that it can stand in a path and in a key.
/// </summary>
public static partial class TenantName
{
    /// <summary>Whether a text is a tenant's name.</summary>
    public static bool IsOne(string text) => Pattern.IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Pattern { get; }
}
