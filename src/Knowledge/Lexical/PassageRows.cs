using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using VoiceFunctions.Core.Knowledge;

namespace VoiceFunctions.Knowledge.Lexical;

/// <summary>How a document is laid down in the index: a row for each passage, the first of which stands for the document.</summary>
internal static class PassageRows
{
    /// <summary>The field that is searched for a passage's own words.</summary>
    public const string Text = "text";

    /// <summary>The field that is searched for what people call the document.</summary>
    public const string Source = "source";

    private const string Id = "id";
    private const string Head = "head";
    private const string Label = "label";
    private const string Metadata = "metadata";
    private const string Passages = "passages";

    /// <summary>One row for each document.</summary>
    public static Term EveryHead { get; } = new(Head, "1");

    public static Term TermOf(DocumentId id) => new(Id, id.Value);

    public static Term TermOf(string label) => new(Label, label);

    public static IEnumerable<Document> Of(KnowledgeDocument document) => document.Passages.Select((passage, number) =>
    {
        var row = new Document
        {
            new StringField(Id, document.Id.Value, Field.Store.YES),
            new TextField(Text, passage, Field.Store.YES),
            new TextField(Source, document.Source, Field.Store.YES),
        };
        foreach (var label in document.Labels)
        {
            row.Add(new StringField(Label, label, Field.Store.NO));
        }

        if (document.Metadata is { } metadata)
        {
            row.Add(new StoredField(Metadata, metadata));
        }

        if (number == 0)
        {
            row.Add(new StringField(Head, "1", Field.Store.NO));
            row.Add(new StoredField(Passages, document.Passages.Count.ToString(CultureInfo.InvariantCulture)));
        }

        return row;
    });

    public static DocumentState StateOf(DocumentId id, Document head) =>
        new(id, head.Get(Source), int.Parse(head.Get(Passages), CultureInfo.InvariantCulture));

    public static KnowledgeHit HitOf(Document row, float score) =>
        new(row.Get(Text), row.Get(Source), KnowledgeHit.Bounded(score), row.Get(Id), row.Get(Metadata));
}
