using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Journal;

/// <summary>How the journal's rows and the call's record are written as JSON: camelCase, nulls left out, enums as names.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallEvent))]
[JsonSerializable(typeof(EffectClaim))]
[JsonSerializable(typeof(CallDetailRecord))]
[JsonSerializable(typeof(CallStatus))]
[JsonSerializable(typeof(HandoffRecord))]
[JsonSerializable(typeof(JournalCommit))]
public sealed partial class JournalJson : JsonSerializerContext;
