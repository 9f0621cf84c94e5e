namespace PolicyFlows.Crash.People;

/// <summary>Somebody who uses the program for as long as the run lasts, a step at a time, and goes on after a kill from what the pages then say.</summary>
internal abstract class Actor(string name, Ledger ledger)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(15);

    /// <summary>Nothing is begun any more; what was begun is finished.</summary>
    public bool Finishing { get; set; }

    /// <summary>Nothing is begun and not finished.</summary>
    public abstract bool IsIdle { get; }

    /// <summary>Acts until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!await StepAsync()) await Task.Delay(Rest, CancellationToken.None);
            }
            catch (CutOffException)
            {
                WasCutOff();
            }
            catch (BrokenPromiseException broken)
            {
                ledger.Break($"{name}: {broken.Message}");
                GiveUp();
            }
            catch (Exception fault)
            {
                // A fault of the harness: without this person the run would show less than it says.
                ledger.Break($"{name}: {fault}");
                return;
            }
        }
    }

    /// <summary>Does the next thing; false when there is nothing to do now.</summary>
    protected abstract Task<bool> StepAsync();

    /// <summary>The answer to the last step was lost in a kill.</summary>
    protected abstract void WasCutOff();

    /// <summary>Leaves what was begun: something about it is broken and noted.</summary>
    protected abstract void GiveUp();
}
