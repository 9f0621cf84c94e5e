namespace PolicyFlows.Core.SignIn;

/// <summary>Where people reach the program: the front part of every link in a mail, without a slash at its end.</summary>
public sealed record ProgramAddress(string Base)
{
    /// <summary>A whole address of a path that begins with a slash.</summary>
    public string Of(string path) => Base.TrimEnd('/') + path;
}
