using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>One of a run's calls.</summary>
/// <param name="State">What the journal has of it.</param>
/// <param name="Proof">What that proves.</param>
/// <param name="Rooms">The sessions of its room.</param>
internal sealed record KnownCall(CallState State, CallProof Proof, IReadOnlyList<RoomTruth> Rooms);
