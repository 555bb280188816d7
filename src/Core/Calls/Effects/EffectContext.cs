using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>What an effect's handler knows besides the effect itself.</summary>
/// <param name="State">The call, as it stood when the effect was decided.</param>
/// <param name="Route">The route of the called number.</param>
/// <param name="Attempt">How often the effect was begun, from 1: a later attempt must find what an earlier one may have done.</param>
/// <param name="Now">When the attempt began, UTC.</param>
public sealed record EffectContext(CallState State, Route Route, int Attempt, DateTimeOffset Now);
