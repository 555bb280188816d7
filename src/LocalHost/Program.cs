using VoiceFunctions.LocalHost.Replay;

return args switch
{
    ["replay", .. var paths] => await ReplayCommand.RunAsync(paths, Console.Out, Console.Error),
    _ => 2,
};
