namespace PolicyFlows.Core.Cases;

/// <summary>Who writes, in what process, when and why. Every write takes one (architecture rule 9).</summary>
/// <param name="Process">The act, in words of the field: "decide", "answer check".</param>
/// <param name="PersonKey">Person of the directory, "reporter", "harmed" or "program".</param>
/// <param name="At">Business time, one instant for the whole act.</param>
/// <param name="OnBehalfOf">The absent person for whom a substitute acts.</param>
/// <param name="Why">Reason given by the person.</param>
public sealed record ProcessContext(string Process, string PersonKey, DateTimeOffset At, string? OnBehalfOf = null, string? Why = null)
{
    /// <summary>The program itself: a timer, a round, a retry.</summary>
    public const string Program = "program";

    /// <summary>A context for what the program does by itself.</summary>
    public static ProcessContext OfProgram(string process, DateTimeOffset at) => new(process, Program, at);
}
