using System.Runtime.CompilerServices;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core;

/// <summary>
/// Stryker tries many mutants in one process, and says over a file which one is on. What is static is computed here while none is: computed
/// under a mutant, it would stay so for those that follow, and tests would fail for a change that is long gone.
/// </summary>
internal static class WarmUp
{
    private const int None = -1;

    [ModuleInitializer]
    internal static void ComputeWhatIsStatic()
    {
        if (Environment.GetEnvironmentVariable("STRYKER_MUTANT_FILE") is not { Length: > 0 } path)
        {
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var mutant = new byte[sizeof(int)];
        file.ReadExactly(mutant);
        Write(file, BitConverter.GetBytes(None));
        try
        {
            var types = typeof(CallState).Assembly.GetTypes().Concat(typeof(WarmUp).Assembly.GetTypes());
            foreach (var type in types.Where(type => !type.ContainsGenericParameters))
            {
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            }
        }
        finally
        {
            Write(file, mutant);
        }
    }

    private static void Write(FileStream file, byte[] mutant)
    {
        file.Position = 0;
        file.Write(mutant);
        file.Flush();
    }
}
