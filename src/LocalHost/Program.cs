using System.Runtime.InteropServices;
using VoiceFunctions.LocalHost;
using VoiceFunctions.LocalHost.Call;
using VoiceFunctions.LocalHost.DeadLetters;
using VoiceFunctions.LocalHost.Doctor;
using VoiceFunctions.LocalHost.Serve;
using VoiceFunctions.LocalHost.StoredCalls;
using VoiceFunctions.LocalHost.Tenants;

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return args switch
{
    [] or ["serve"] => await ServeCommand.RunAsync(Environment.GetEnvironmentVariable, Console.Out, Console.Error, stopping.Token),
    ["health"] => await HealthCommand.RunAsync(Environment.GetEnvironmentVariable, Console.Out, Console.Error, stopping.Token),
    ["call", .. var options] => await CallCommand.RunAsync(options, Console.Out, Console.Error, stopping.Token),
    ["replay", .. var sources] =>
        await ReplayCommand.RunAsync(sources, Environment.GetEnvironmentVariable, Console.Out, Console.Error, stopping.Token),
    ["proof", .. var options] =>
        await ProofCommand.RunAsync(options, Environment.GetEnvironmentVariable, Console.Out, Console.Error, stopping.Token),
    ["diff", .. var options] =>
        await DiffCommand.RunAsync(options, Environment.GetEnvironmentVariable, Console.Out, Console.Error, stopping.Token),
    ["tenants", .. var options] =>
        await TenantsCommand.RunAsync(options, Environment.GetEnvironmentVariable, Console.Out, Console.Error, stopping.Token),
    ["events", .. var options] =>
        await EventsCommand.RunAsync(options, Environment.GetEnvironmentVariable, Console.Out, Console.Error, stopping.Token),
    ["doctor", .. var options] => await DoctorAsync(options),
    _ => await Usage.ShowAsync(args, Console.Out, Console.Error),
};

async Task<int> DoctorAsync(string[] options)
{
    await using var input = Console.OpenStandardInput();
    return await DoctorCommand.RunAsync(
        options, Environment.GetEnvironmentVariable, new DoctorConsole(input, Console.Out, Console.Error), stopping.Token);
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
