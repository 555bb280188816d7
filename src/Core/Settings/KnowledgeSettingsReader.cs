using System.Text.RegularExpressions;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Core.Settings;

/// <summary>Reads where the tenants' documents are kept. The errors name the settings, never their values.</summary>
/// <param name="read">Returns a setting's value; <c>null</c> where it is not set, or was named as wrong already.</param>
/// <param name="errors">Receives the errors.</param>
internal sealed partial class KnowledgeSettingsReader(Func<string, string?> read, List<string> errors)
{
    private static readonly string[] OfSearch =
    [
        KnowledgeSettingNames.SearchIndex,
        KnowledgeSettingNames.SearchKey,
        KnowledgeSettingNames.SearchSemantic,
        KnowledgeSettingNames.EmbeddingsUrl,
        KnowledgeSettingNames.EmbeddingsKey,
        KnowledgeSettingNames.EmbeddingsModel,
    ];

    /// <summary>The place; <c>null</c> where there is none.</summary>
    public KnowledgeSettings? Read()
    {
        var (path, endpoint) = (read(KnowledgeSettingNames.KnowledgePath), read(KnowledgeSettingNames.SearchEndpoint));
        if (path is not null && endpoint is not null)
        {
            errors.Add(
                $"{KnowledgeSettingNames.KnowledgePath} and {KnowledgeSettingNames.SearchEndpoint} cannot both be set");
        }

        if (endpoint is null)
        {
            errors.AddRange(OfSearch.Where(name => read(name) is not null).Select(name =>
                $"{name} needs {KnowledgeSettingNames.SearchEndpoint}"));
            Check(KnowledgeSettingNames.KnowledgePath, text => text.AsSpan().IndexOfAny(Path.GetInvalidPathChars()) < 0, "must be a path");
            return path is null ? null : new KnowledgeSettings.Folder(path);
        }

        Check(KnowledgeSettingNames.SearchEndpoint, IsService, "must be an https URL without path, query or fragment");
        Check(KnowledgeSettingNames.SearchIndex, IndexPattern.IsMatch, "must be 2 to 128 lower-case letters, digits and single dashes");
        if (read(KnowledgeSettingNames.SearchIndex) is not { } index)
        {
            errors.Add($"{KnowledgeSettingNames.SearchIndex} is missing: it goes with {KnowledgeSettingNames.SearchEndpoint}");
            return null;
        }

        var embeddings = Embeddings();
        return !IsService(endpoint) ? null : new KnowledgeSettings.AzureSearch(new Uri(endpoint), index)
        {
            Key = read(KnowledgeSettingNames.SearchKey),
            ClientId = read(SettingNames.AzureClientId),
            SemanticConfiguration = read(KnowledgeSettingNames.SearchSemantic),
            Embeddings = embeddings,
        };
    }

    /// <summary>What makes vectors; <c>null</c> where nothing does, or something is wrong.</summary>
    private EmbeddingSettings? Embeddings()
    {
        var (url, key) = (read(KnowledgeSettingNames.EmbeddingsUrl), read(KnowledgeSettingNames.EmbeddingsKey));
        if (url is null || key is null)
        {
            if (url is not null || key is not null || read(KnowledgeSettingNames.EmbeddingsModel) is not null)
            {
                errors.Add($"{KnowledgeSettingNames.EmbeddingsUrl} and {KnowledgeSettingNames.EmbeddingsKey} must be set together");
            }

            return null;
        }

        Check(KnowledgeSettingNames.EmbeddingsUrl, IsEmbeddings, "must be an https URL with a path, and without a fragment");
        return IsEmbeddings(url) ? new EmbeddingSettings(new Uri(url), key, read(KnowledgeSettingNames.EmbeddingsModel)) : null;
    }

    private void Check(string name, Func<string, bool> isValid, string rule)
    {
        if (read(name) is { } text && !isValid(text))
        {
            errors.Add($"{name} {rule}");
        }
    }

    private static bool IsService(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "https", UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" };

    private static bool IsEmbeddings(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { UserInfo: "", Fragment: "", AbsolutePath.Length: > 1 }
        && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback));

    [GeneratedRegex(@"^(?=.{2,128}\z)[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex IndexPattern { get; }
}
