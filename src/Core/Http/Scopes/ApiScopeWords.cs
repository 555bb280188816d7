namespace VoiceFunctions.Core.Http.Scopes;

/// <summary>Scopes as tokens and settings name them: lower-case words with a space between two.</summary>
public static class ApiScopeWords
{
    /// <summary>What a tenant may do of whom no setting says anything: all but <see cref="ApiScopes.Admin"/>.</summary>
    public const ApiScopes Default = ApiScopes.Calls | ApiScopes.Handoff | ApiScopes.Ingest;

    private static readonly (ApiScopes Scope, string Word)[] Words =
    [
        (ApiScopes.Calls, "calls"), (ApiScopes.Handoff, "handoff"), (ApiScopes.Ingest, "ingest"), (ApiScopes.Admin, "admin"),
    ];

    /// <summary>Every word, with commas.</summary>
    public static string All { get; } = string.Join(", ", Words.Select(one => one.Word));

    /// <summary>The words of some scopes.</summary>
    public static string TextOf(ApiScopes scopes) => string.Join(' ', WordsOf(scopes));

    /// <summary>The words of some scopes, one by one.</summary>
    public static IEnumerable<string> WordsOf(ApiScopes scopes) =>
        Words.Where(one => scopes.HasFlag(one.Scope)).Select(one => one.Word);

    /// <summary>The scope of a word; <see cref="ApiScopes.None"/> where it is none.</summary>
    public static ApiScopes Of(string word) => Array.Find(Words, one => one.Word == word).Scope;

    /// <summary>The scopes of a text; <c>null</c> where it has a word that is none, and where it is empty.</summary>
    public static ApiScopes? Parse(string text)
    {
        var scopes = ApiScopes.None;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Of(word) is var scope and not ApiScopes.None)
            {
                scopes |= scope;
            }
            else
            {
                return null;
            }
        }

        return scopes == ApiScopes.None ? null : scopes;
    }
}
