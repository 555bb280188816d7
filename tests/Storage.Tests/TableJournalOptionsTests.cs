using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

public sealed class TableJournalOptionsTests
{
    [Fact]
    public void A_journal_needs_exactly_one_place()
    {
        var uri = new Uri("https://account.table.core.windows.net");

        Assert.Throws<ArgumentException>(() => TableCallJournal.Create(new TableJournalOptions(), new ManualClock()));
        Assert.Throws<ArgumentException>(() => TableCallJournal.Create(new TableJournalOptions { ConnectionString = "UseDevelopmentStorage=true", ServiceUri = uri }, new ManualClock()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("11111111-2222-3333-4444-555555555555")]
    public void An_identity_opens_the_table_of_the_account_that_the_uri_names(string? clientId)
    {
        var options = new TableJournalOptions { ServiceUri = new Uri("https://account.table.core.windows.net"), ManagedIdentityClientId = clientId, TableName = "mine" };

        var table = JournalTable.Open(options, JournalTable.ClientOptions());

        Assert.Equal(("account", "mine"), (table.AccountName, table.Name));
    }
}
