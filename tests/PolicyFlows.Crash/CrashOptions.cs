using System.Globalization;

namespace PolicyFlows.Crash;

/// <summary>What the command line says.</summary>
/// <param name="Kills">How often the server is killed.</param>
/// <param name="Seed">Of every choice that is the harness's own; what the machine makes of it in time is not repeated.</param>
/// <param name="Keep">Leave the data folder and the server's log behind; they stay anyway when something does not hold.</param>
internal sealed record CrashOptions(int Kills, int Seed, bool Keep)
{
    public static CrashOptions? Parse(string[] args)
    {
        var options = new CrashOptions(50, Environment.TickCount & 0xFFFFFF, Keep: false);
        for (var i = 0; i < args.Length; i++)
        {
            var number = i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null;
            switch (args[i])
            {
                case "--kills" when number is not null:
                    options = options with { Kills = number.Value };
                    i++;
                    break;
                case "--seed" when number is not null:
                    options = options with { Seed = number.Value };
                    i++;
                    break;
                case "--keep":
                    options = options with { Keep = true };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
