namespace PolicyFlows.Core.Mail;

/// <summary>
/// For a host of several processes: a process writes on the outbox row that it has the mail before it hands it over, so that two that see one mail send it once.
/// Where none is registered, one process sends and nothing is written.
/// </summary>
public sealed record MailClaims
{
    /// <summary>As long as it takes to hand over one mail, several times over.</summary>
    public static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(3);

    /// <param name="process">Name of this process that no other has, nor the same one after a restart.</param>
    /// <param name="life">
    /// How long a claim holds, system time; <see cref="DefaultLife"/> when null. Longer than the transport's time-out: a claim that runs out under way lets a second
    /// process send the same mail.
    /// </param>
    /// <exception cref="ArgumentException">No name, or no time.</exception>
    public MailClaims(string process, TimeSpan? life = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(process);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(life ?? DefaultLife, TimeSpan.Zero, nameof(life));
        (Process, Life) = (process, life ?? DefaultLife);
    }

    /// <summary>Who claims.</summary>
    public string Process { get; }

    /// <summary>How long.</summary>
    public TimeSpan Life { get; }

    /// <summary>Claims under a name made up now.</summary>
    public static MailClaims OfThisProcess(TimeSpan? life = null) => new(Guid.NewGuid().ToString("N"), life);
}
