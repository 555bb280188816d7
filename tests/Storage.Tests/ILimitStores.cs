using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Storage;

/// <summary>Makes fresh stores of limits of one kind, so that every kind runs the same contract.</summary>
public interface ILimitStores
{
    /// <summary>An empty store that nobody else uses.</summary>
    Task<ILimitStore> NewAsync(TimeProvider clock, CancellationToken cancellationToken);
}
