using VoiceFunctions.LocalHost.Call;
using VoiceFunctions.LocalHost.Replay;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};

return args switch
{
    ["call", .. var options] => await CallCommand.RunAsync(options, Console.Out, Console.Error, stopping.Token),
    ["replay", .. var paths] => await ReplayCommand.RunAsync(paths, Console.Out, Console.Error),
    _ => 2,
};
