namespace VoiceFunctions.Core.Journal;

public sealed class StoryChainTests
{
    private static readonly StoredRow Row = new("x:end", new Dictionary<string, string> { ["data"] = "{}", ["v"] = "1" });

    [Fact]
    public void The_hash_of_a_row_covers_its_key_and_every_column_by_name_and_value()
    {
        StoredRow[] others =
        [
            Row with { Key = "x:en" }, With("data", "{ }"), With("new", ""), Row with { Columns = new Dictionary<string, string> { ["data"] = "{}" } },
            Row with { Columns = new Dictionary<string, string> { ["data"] = "1", ["v"] = "{}" } }, Row with { Columns = new Dictionary<string, string> { ["dat"] = "a2:{}", ["v"] = "1" } },
        ];

        Assert.DoesNotContain(Row.Hash(), others.Select(other => other.Hash()));
        Assert.Equal(Row.Hash(), (Row with { Columns = Row.Columns.Reverse().ToDictionary() }).Hash());
        Assert.Equal("686d410e5f4382625a72eb8bd7f25ae74894c8055e06b2c055c6230ed269bd40", Row.Hash());
    }

    [Fact]
    public void A_hash_does_not_cover_itself_and_the_headers_not_the_end_of_the_chain()
    {
        var header = Row with { Key = JournalRowKeys.Header };

        Assert.Equal(Row.Hash(), With(JournalRowKeys.HashColumn, "x").Hash());
        Assert.NotEqual(Row.Hash(), With("head", "x").Hash());
        Assert.Equal(header.Hash(), (header with { Columns = With("head", "x").Columns }).Hash());
    }

    [Fact]
    public void A_chain_comes_back_from_its_columns_however_many_events_it_has_sealed()
    {
        var seals = Enumerable.Range(0, 3000).Select(i => new SealedRow($"e:{i}", JournalRowKeys.Sha256($"{i}"))).ToList();

        var chain = HashChain.Empty.After(seals, Row);
        var columns = chain.Columns.ToDictionary();

        Assert.Equal(chain, HashChain.Of(new StoredRow(JournalRowKeys.Header, columns)));
        Assert.All(columns, column => Assert.True(HashChain.IsColumn(column.Key) && column.Value.Length <= 32_000));
        Assert.All(seals, seal => Assert.True(chain.Seals(seal.Hash)));
        Assert.False(chain.Seals(JournalRowKeys.Sha256("3000")));
        Assert.Equal(HashChain.Empty, HashChain.Of(Row));
    }

    private static StoredRow With(string column, string value) => Row with { Columns = new Dictionary<string, string>(Row.Columns) { [column] = value } };
}
