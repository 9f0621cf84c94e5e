using PolicyFlows.Crash;

if (CrashOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync("Usage: PolicyFlows.Crash [--kills N] [--seed S] [--keep]   (50 kills and a seed of its own unless told)");
    return 2;
}

return await new CrashRun(options).RunAsync();
