using PolicyFlows.Core.Work;

namespace PolicyFlows.Web.Tests.Support;

public sealed partial class TestProgram
{
    private bool wiped;

    /// <summary>Committed turns so far.</summary>
    public int Turns { get; private set; }

    /// <summary>After this turn the engine is wiped; 0 for never.</summary>
    public int WipeAfterTurn { get; set; }

    /// <summary>The engine is wiped whenever nothing is left to do.</summary>
    public bool WipeWhenQuiet { get; set; }

    /// <summary>Lets everything happen that is due at this moment.</summary>
    public async Task RunAsync()
    {
        var loop = Get<IProgramLoop>();
        await loop.RunUntilIdleAsync();
        while (wiped)
        {
            wiped = false;
            await Get<Sweep>().RunAsync();
            await loop.RunUntilIdleAsync();
        }

        if (WipeWhenQuiet)
        {
            await loop.WipeAsync();
            await Get<Sweep>().RunAsync();
            await loop.RunUntilIdleAsync();
        }
    }

    /// <summary>Moves time to so many hours after the start, from due moment to due moment.</summary>
    public async Task AtAsync(double hours)
    {
        var target = Start + TimeSpan.FromSeconds(Math.Round(hours * 3600));
        await RunAsync();
        while (Get<IProgramLoop>().NextDue is var next && next <= target)
        {
            if (next > Time.Now) Time.Now = next;
            await RunAsync();
        }

        Time.Now = target;
        await RunAsync();
    }

    /// <summary>The server is off until then: time passes and nothing runs. At the start that follows the sweep comes first.</summary>
    public async Task OffUntilAsync(double hours)
    {
        Time.Now = Start + TimeSpan.FromHours(hours);
        await Get<Sweep>().RunAsync();
        await RunAsync();
    }

    private async Task CountTurnAsync(string instanceId)
    {
        Turns++;
        if (Turns != WipeAfterTurn) return;
        await Engine.WipeAsync();
        wiped = true;
    }
}
