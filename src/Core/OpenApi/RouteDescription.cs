using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>What a route is for, what it takes and what it answers. What its access and the router answer is added to that.</summary>
/// <param name="Route">The route.</param>
/// <param name="Tag">Whom it is for.</param>
/// <param name="Summary">What it does, in a sentence.</param>
public sealed record RouteDescription(GatewayRoute Route, string Tag, string Summary)
{
    /// <summary>The parameters of its query.</summary>
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>What is sent; <c>null</c> where nothing is, or it is not read.</summary>
    public Content? Request { get; init; }

    /// <summary>The answers by their status, other than problems.</summary>
    public IReadOnlyDictionary<int, Answer> Answers { get; init; } = new Dictionary<int, Answer>();

    /// <summary>The problems that its handler answers.</summary>
    public IReadOnlyList<GatewayResponse> Problems { get; init; } = [];

    /// <summary>Whether it needs the journal.</summary>
    public bool NeedsJournal { get; init; }
}

/// <summary>An answer that is no problem.</summary>
/// <param name="Meaning">What it means, in a few words.</param>
/// <param name="Content">Its body; <c>null</c> for none.</param>
public sealed record Answer(string Meaning, Content? Content = null)
{
    /// <summary>Other kinds of body that it may have instead.</summary>
    public IReadOnlyList<Content> Also { get; init; } = [];
}

/// <summary>A parameter of a query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is for.</param>
/// <param name="Schema">Its schema in JSON.</param>
public sealed record QueryParameter(string Name, string Meaning, string Schema);
