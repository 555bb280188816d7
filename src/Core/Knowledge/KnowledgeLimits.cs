namespace VoiceFunctions.Core.Knowledge;

/// <summary>How much of knowledge there may be.</summary>
public static class KnowledgeLimits
{
    /// <summary>The longest text of a document in bytes of UTF-8.</summary>
    public const int DocumentBytes = 512 * 1024;

    /// <summary>The most documents of a tenant.</summary>
    public const int DocumentsPerTenant = 10_000;

    /// <summary>The longest question in characters.</summary>
    public const int QueryLength = 1_000;

    /// <summary>The most passages of an answer.</summary>
    public const int MostResults = 20;

    /// <summary>The passages of an answer where the question does not say how many.</summary>
    public const int DefaultResults = 3;

    /// <summary>The most filters of a question.</summary>
    public const int Filters = 10;

    /// <summary>The most labels of a document; what of its metadata goes beyond is kept and shown, and cannot be filtered by.</summary>
    public const int Labels = 64;
}
