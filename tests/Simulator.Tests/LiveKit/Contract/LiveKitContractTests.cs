using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Simulator.Tests.LiveKit.Contract;

// The contract, once for each LiveKit. The explorer's own runs it in Exploration.Tests.
public sealed class SimulatedLiveKitContractTests() : LiveKitContract(SimulatedWorld.BeginAsync);

public sealed class InMemoryLiveKitContractTests() : LiveKitContract(InMemoryWorld.BeginAsync);
