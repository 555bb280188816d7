using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Exploration;

/// <summary>The explorer's LiveKit keeps the contract that the simulated one keeps.</summary>
public sealed class LiveKitContractTests() : LiveKitContract(ExploredLiveKit.BeginAsync);
