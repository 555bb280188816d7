using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

// The contract, once for each journal.
public sealed class InMemoryCallJournalTests() : CallJournalContract(new InMemoryJournals());

public sealed class InMemoryCallListingTests() : CallListingContract(new InMemoryJournals());

public sealed class InMemoryCallRoundTripTests() : CallRoundTripContract(new InMemoryJournals());

public sealed class InMemoryAgentLeaseTests() : AgentLeaseContract(new InMemoryJournals());

public sealed class TableCallJournalTests(AzuriteServer azurite) : CallJournalContract(new AzuriteJournals(azurite));

public sealed class TableCallListingTests(AzuriteServer azurite) : CallListingContract(new AzuriteJournals(azurite));

public sealed class TableCallRoundTripTests(AzuriteServer azurite) : CallRoundTripContract(new AzuriteJournals(azurite));

public sealed class TableAgentLeaseTests(AzuriteServer azurite) : AgentLeaseContract(new AzuriteJournals(azurite));

public sealed class InMemoryCallListTests() : CallListContract(new InMemoryJournals());

public sealed class TableCallListTests(AzuriteServer azurite) : CallListContract(new AzuriteJournals(azurite));

public sealed class InMemoryCallStepTests() : CallStepContract(new InMemoryJournals());

public sealed class TableCallStepTests(AzuriteServer azurite) : CallStepContract(new AzuriteJournals(azurite));
